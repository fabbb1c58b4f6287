// @ts-check
// On a projector views and presets stand in one line, of which the views stay where they are. Where
// it goes on beyond an edge that edge fades, and what was chosen comes into sight. A button at the
// line's end says how many are out of sight; whoever presses it or reaches for the line has all of
// it, over the picture, until a choice is made.

import { sayMore } from "../shared/more.js";
import { BLOCK } from "./fit.js";

const LINE = ".st-key-slim";
const VIEWS = "[class*='_view']";
const CHOSEN = "button[aria-checked=true]";
const OPEN = "data-open";
const A_LOOK = 300; // milliseconds for which a choice is seen before the line closes

export class Slim {
  constructor() {
    this.changed = new MutationObserver(() => this.look());
    this.resized = new ResizeObserver(() => this.look(true));
    this.scrolled = () => this.tell();
    this.reached = () => this.open(true);
    this.left = () => this.open(false);
    this.chose = () => setTimeout(this.left, A_LOOK);
    this.elsewhere = (/** @type {any} */ { target }) => {
      if (this.line?.hasAttribute(OPEN) && !this.line.contains(target) && target !== this.more) this.open(false);
    };
    this.more = document.createElement("button");
    this.more.className = "glassbox-more";
    this.more.addEventListener("click", ({ detail }) => this.press(detail === 0));
  }

  destroy() {
    this.changed.disconnect();
    this.resized.disconnect();
    this.hear("removeEventListener");
    this.more.remove();
  }

  /** @param {"addEventListener" | "removeEventListener"} how */
  hear(how) {
    this.line?.[how]("scroll", this.scrolled);
    for (const kind of ["pointerenter", "focusin"]) this.line?.[how](kind, this.reached);
    for (const kind of ["pointerleave", "focusout"]) this.line?.[how](kind, this.left);
    this.line?.[how]("click", this.chose);
    document[how]("pointerdown", this.elsewhere);
  }

  // Whoever pressed a key goes on among what was out of sight; the keys of all others stay the picture's.
  /** @param {boolean} byKey */
  press(byKey) {
    const first = this.hidden[0];
    this.open(true);
    if (byKey) first?.focus();
    else this.more.blur();
  }

  /** @param {boolean} open */
  open(open) {
    if (!this.line || (open && !this.line.parentElement?.dataset.more)) return;
    this.line.toggleAttribute(OPEN, open);
    if (!open) this.look(true);
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
      this.hear("removeEventListener");
      this.line = line;
      line.after(this.more);
      this.hear("addEventListener");
      this.resized.observe(line);
    }
    const chosen = [...line.querySelectorAll(CHOSEN)].at(-1)?.textContent;
    if (anew || chosen !== this.chosen) this.bring();
    this.chosen = chosen;
    this.tell();
  }

  bring() {
    const button = [...this.line.querySelectorAll(CHOSEN)].at(-1);
    if (!button || this.stays(button)) return;
    const one = button.getBoundingClientRect(), { left, right } = this.room;
    this.line.scrollLeft += (one.left + one.right) / 2 - (left + right) / 2;
  }

  // Whether a button is a view's, which stay in sight.
  /** @param {Element} button */
  stays(button) {
    const views = button.closest(VIEWS);
    return views !== null && getComputedStyle(views).position === "sticky";
  }

  // From where to where presets are in sight: beside the views that stay.
  get room() {
    const { left, right } = this.line.getBoundingClientRect(), view = this.line.querySelector(`${VIEWS} button`);
    const views = view && this.stays(view) ? view.closest(VIEWS).getBoundingClientRect() : null;
    return { left: views ? Math.max(left, views.right) : left, right };
  }

  // What is beyond an edge, even by a part.
  get hidden() {
    const { left, right } = this.room;
    return [...this.line.querySelectorAll("button")].filter((one) => {
      const at = one.getBoundingClientRect();
      return !this.stays(one) && (at.left < left - 1 || at.right > right + 1);
    });
  }

  tell() {
    if (this.line.hasAttribute(OPEN)) return;
    const { parentElement: around, scrollWidth } = this.line, app = document.querySelector("[data-testid=stApp]");
    const { length } = this.hidden;
    around.dataset.more = length && scrollWidth > around.clientWidth + 1 ? `${length} more` : "";
    const says = `${around.dataset.more} ▾`;
    if (this.more.textContent !== says) this.more.textContent = says; // else this is heard, without end
    around.style.setProperty("--glassbox-paper", getComputedStyle(app).backgroundColor);
    sayMore(this.line);
  }
}
