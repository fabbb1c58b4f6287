// @ts-check
// On a projector nothing scrolls: a picture gives way to as many lines as its words take. By how
// much it does is --glassbox-over; the heights that Python sends for a projector take it off.

const MOST = 0.16; // of the screen; a picture lower than that shows nothing
export const BLOCK = "[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock]";

export class Fit {
  /** @type {Element} */ main;
  /** @type {Element} */ block;

  constructor() {
    this.over = 0;
    this.resized = new ResizeObserver(() => this.fit());
  }

  destroy() {
    this.resized.disconnect();
    this.set(0);
  }

  /** @param {boolean} big */
  show(big) {
    this.resized.disconnect();
    const main = document.querySelector("[data-testid=stMain]"), block = document.querySelector(BLOCK);
    if (!big || !main || !block) return this.set(0);
    Object.assign(this, { main, block });
    this.resized.observe(main);
    this.resized.observe(block);
  }

  // Where the picture has given way the block is measured anew in any case: what grows by as much in
  // the same frame leaves it as high as it was, which the observer would not tell.
  fit() {
    const { over, block, main: { clientHeight, scrollTop } } = this;
    const end = block.getBoundingClientRect().bottom + scrollTop;
    this.set(Math.max(0, Math.min(MOST * clientHeight, over + end - clientHeight)));
    if (this.over === over) return;
    this.resized.unobserve(block);
    this.resized.observe(block);
  }

  /** @param {number} over */
  set(over) {
    if (Math.abs(over - this.over) < 0.5) return;
    this.over = over;
    document.documentElement.style.setProperty("--glassbox-over", `${Math.ceil(over)}px`);
  }
}
