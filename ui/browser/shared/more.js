// @ts-check
// What is larger than its frame is scrolled in it, and says so at the edge beyond which it goes on.

/** @param {HTMLElement} frame @param {HTMLElement} [marked] */
export function sayMore(frame, marked = frame) {
  const { scrollLeft, scrollWidth, clientWidth, scrollTop, scrollHeight, clientHeight } = frame;
  marked.toggleAttribute("data-more-left", scrollLeft > 1);
  marked.toggleAttribute("data-more-right", scrollLeft < scrollWidth - clientWidth - 1);
  marked.toggleAttribute("data-more-up", scrollTop > 1);
  marked.toggleAttribute("data-more-down", scrollTop < scrollHeight - clientHeight - 1);
}
