// @ts-check
// On a projector views and presets stand in one line. Where it goes on beyond an edge that edge
// fades, and what was chosen comes into sight.

import { sayMore } from "../shared/more.js";
import { BLOCK } from "./fit.js";

const LINE = ".st-key-slim";
const CHOSEN = "button[aria-checked=true]";

export class Slim {
  constructor() {
    this.changed = new MutationObserver(() => this.look());
    this.resized = new ResizeObserver(() => this.look(true));
    this.scrolled = () => sayMore(this.line);
  }

  destroy() {
    this.changed.disconnect();
    this.resized.disconnect();
    this.line?.removeEventListener("scroll", this.scrolled);
  }

  /** @param {boolean} big */
  show(big) {
    this.destroy();
    this.line = this.chosen = undefined;
    const block = document.querySelector(BLOCK);
    if (!big || !block) return;
    this.changed.observe(block, { childList: true, subtree: true, attributeFilter: ["aria-checked"] });
    this.look();
  }

  // A line that came, or another choice in it: what the reader scrolled by hand stays else.
  look(anew = false) {
    /** @type {HTMLElement | null} */
    const line = document.querySelector(LINE);
    if (!line) return;
    if (line !== this.line) {
      this.resized.disconnect();
      this.line = line;
      line.addEventListener("scroll", this.scrolled);
      this.resized.observe(line);
    }
    const chosen = [...line.querySelectorAll(CHOSEN)].at(-1)?.textContent;
    if (anew || chosen !== this.chosen) this.bring();
    this.chosen = chosen;
    sayMore(this.line);
  }

  bring() {
    const button = [...this.line.querySelectorAll(CHOSEN)].at(-1);
    if (!button) return;
    const one = button.getBoundingClientRect(), frame = this.line.getBoundingClientRect();
    this.line.scrollLeft += (one.left + one.right) / 2 - (frame.left + frame.right) / 2;
  }
}
