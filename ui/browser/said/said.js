// @ts-check
// Of a film's sentences the one that is due: each says in its name, st-key-said_49, from which step
// on it holds. Once the reader has changed the network only one of them is still true.

import { FILM } from "../shared/moments.js";

const EDITED = "edited";

export class Said {
  film = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.gone = new AbortController();
    document.addEventListener(FILM, ({ detail }) => detail === this.film && this.show(), { signal: this.gone.signal });
    this.come = new MutationObserver(() => this.show());
    const caption = root.closest(".st-key-caption");
    if (caption) this.come.observe(caption, { childList: true, subtree: true });
  }

  destroy() {
    this.gone.abort();
    this.come.disconnect();
  }

  show() {
    const moment = globalThis.glassboxFilms?.[this.film], caption = this.root.closest(".st-key-caption");
    if (!moment || !caption) return;
    const sentences = [...caption.querySelectorAll("[class*='st-key-said_']")].map((place) => {
      const [, from] = place.className.match(/st-key-said_(\w+)/);
      return { place, from };
    });
    const all = sentences.map(({ from }) => Number(from)).filter((from) => !Number.isNaN(from));
    const since = all.filter((from) => from <= moment.step);
    // While it trains its words come a moment before the film is told: nothing would be said then.
    const due = moment.edited ? EDITED : `${since.length ? Math.max(...since) : Math.min(...all)}`;
    for (const { place, from } of sentences) place.setAttribute("data-due", `${from === due}`);
    caption.setAttribute("aria-live", moment.playing ? "off" : "polite");
  }
}
