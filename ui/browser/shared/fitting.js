// @ts-check
// How many of a box's children, all of one size and in rows, it shows whole without scrolling.

/** @param {HTMLElement} box @returns {number} */
export function fitting(box) {
  const children = /** @type {HTMLElement[]} */ ([...box.children]);
  for (const child of children) child.hidden = false;
  const end = box.getBoundingClientRect().top + box.clientTop + box.clientHeight + 0.5;
  const over = children.findIndex((child) => child.getBoundingClientRect().bottom > end);
  return over < 0 ? children.length : over;
}
