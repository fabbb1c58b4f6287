// @ts-check
// Words and numbers of a walk: what stands in a formula, and how it leads to the drawing.

import { element } from "../shared/elements.js";
import { plain, written } from "../shared/numbers.js";

const MARKS = /\[([^|\]]+)\|([^\]]+)\]|\{([^}]*)\}|[^[{]+|[[{]/g;

// A text with [factors|that lead somewhere], [terms|#that are explained] and {results}, as elements.
// A hidden result is a "?".
/** @param {Walk} walk @param {string} text @param {boolean} [hidden] */
export function marked(walk, text, hidden = false) {
  return [...text.matchAll(MARKS)].map(([all, factor, id, result]) => {
    if (id?.startsWith("#")) return element("a", factor, { href: id });
    if (factor !== undefined) return factorTo(walk, factor, id);
    if (result !== undefined) return element("span", hidden ? "?" : result, { class: "gw-result" });
    return document.createTextNode(all);
  });
}

/** @param {Walk} walk @param {string} text @param {Id} id */
function factorTo(walk, text, id) {
  const button = element("button", text, { type: "button", class: "gw-factor", "data-of": id });
  button.title = `Where it comes from: ${walk.nameOf(id)}`;
  button.onpointerenter = button.onfocus = () => walk.lead(id);
  button.onpointerleave = button.onblur = () => walk.lead(null);
  button.onclick = () => walk.touch(id);
  return button;
}

/** @param {Sendable} value @returns {value is number} */
export const isNumber = (value) => typeof value === "number";
/** @param {number} value */
const isShort = (value) => Number.isInteger(value) && Math.abs(value) < 1e5;
/** @param {Sendable} value @param {number} [digits] */
export const shown = (value, digits = 4) =>
  (!isNumber(value) ? value : isShort(value) ? plain(value) : written(value, digits));

// A number with so many digits after the point, as long as it fits there.
/** @param {Sendable} value @param {number} digits */
export function fixed(value, digits) {
  if (!isNumber(value) || isShort(value)) return shown(value);
  if (Math.abs(value) >= 1e5 || Math.abs(value) < 10 ** (2 - digits)) {
    return written(value, Math.min(digits, 5));
  }
  return value.toFixed(digits).replace("-", "−");
}
