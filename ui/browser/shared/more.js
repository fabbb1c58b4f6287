// @ts-check
// What is larger than its frame is scrolled in it, and says so at the edge beyond which it goes on.

import { whenResized } from "./resized.js";

/** @param {HTMLElement} frame @param {HTMLElement} [marked] */
export function sayMore(frame, marked = frame) {
  const { scrollLeft, scrollWidth, clientWidth, scrollTop, scrollHeight, clientHeight } = frame;
  marked.toggleAttribute("data-more-left", scrollLeft > 1);
  marked.toggleAttribute("data-more-right", scrollLeft < scrollWidth - clientWidth - 1);
  marked.toggleAttribute("data-more-up", scrollTop > 1);
  marked.toggleAttribute("data-more-down", scrollTop < scrollHeight - clientHeight - 1);
}

// A list that says so whenever it is scrolled, or has another size, until what comes back disconnects.
/** @param {HTMLElement} frame @param {Element} list */
export function sayMoreOf(frame, list) {
  const edges = () => sayMore(frame);
  frame.onscroll = edges;
  return whenResized(edges, frame, list);
}
