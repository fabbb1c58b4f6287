// @ts-check
// What the parts of a page tell each other.

// The wall shows another moment of training: null for the last one.
export const MOMENT = "glassbox-moment";

// There is something else on the pad's paper.
export const PAPER = "glassbox-paper";

// The film of this key shows another frame, or begins or ends to play.
export const FILM = "glassbox-film";

/** @param {keyof DocumentEventMap} name @param {Moment | string | null} [detail] */
export function tell(name, detail = null) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

// The digit on the pad's paper, as the network sees it; nothing where there is none, or no pad.
/** @returns {Uint8Array | null | undefined} */
export const onPaper = () => /** @type {any} */ (document.querySelector(".gd"))?.pad?.pixels;
