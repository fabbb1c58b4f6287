// @ts-check
// A term in a caption is a link to what it means: that opens in a small window, beside the term and
// over everything else. Escape closes it, and whatever is done elsewhere.

import { element } from "../shared/elements.js";

const TERM = "a[href^='#term-']";
const APART = 6; // pixels between a term and its window
const EDGE = 8; // that a window keeps from the screen's edge

export class Glossary {
  address = "";
  /** @type {HTMLElement | null} */ window = null;
  /** @type {HTMLElement | null} */ term = null; // whose window is open, or about to be

  /** @param {HTMLElement} root */
  constructor(root) {
    this.place = root.parentElement;
    this.gone = new AbortController();
    const { signal } = this.gone, first = { signal, capture: true }; // the page knows these keys, too
    document.addEventListener("click", (event) => this.clicked(event), first);
    document.addEventListener("keydown", (event) => this.pressed(event), first);
    document.addEventListener("pointerdown", ({ target }) => this.left(target), first);
    document.addEventListener("focusin", ({ target }) => this.left(target), { signal });
    window.addEventListener("resize", () => this.close(), { signal });
  }

  destroy() {
    this.gone.abort();
    this.close();
  }

  /** @param {any} event */
  clicked(event) {
    const term = event.target.closest?.(TERM);
    if (!term) return;
    event.preventDefault();
    const again = term === this.term;
    this.close();
    if (!again) this.open(term);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "Escape" || !this.window) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.close(true);
  }

  /** @param {EventTarget} target */
  left(target) {
    const node = /** @type {Node} */ (target);
    if (this.window && !this.window.contains(node) && !this.term.contains(node)) this.close();
  }

  /** @param {HTMLElement} term */
  async open(term) {
    this.term = term;
    const all = await fetch(this.address).then((answer) => answer.json()).catch(() => ({}));
    if (this.term !== term || !term.isConnected) return;
    const [name, plain, precise] = all[term.getAttribute("href").slice(1)]
      ?? [term.textContent, "What it means could not be fetched: the server does not answer.", ""];
    const opened = element("div", "", { class: "gp-term", role: "dialog", "aria-label": name, tabindex: -1 });
    const close = element("button", "×", { type: "button", "aria-label": "Close" });
    close.onclick = () => this.close(true);
    opened.append(close, element("strong", name), element("p", plain), element("p", precise, { class: "gp-precise" }));
    this.place.append(opened);
    this.window = opened;
    this.put();
    opened.focus();
  }

  // Below the term, or above it where there is no room.
  put() {
    const at = this.term.getClientRects()[0], { offsetWidth: wide, offsetHeight: high } = this.window;
    const below = at.bottom + APART, above = at.top - APART - high;
    const top = below + high + EDGE <= innerHeight ? below : above;
    this.window.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - wide - EDGE))}px`;
    this.window.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - high - EDGE))}px`;
  }

  close(byKey = false) {
    const { window, term } = this;
    this.window = this.term = null;
    window?.remove();
    if (byKey) term?.focus();
  }
}
