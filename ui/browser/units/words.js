// @ts-check
// What is said of units that are switched off, and of what is lost with them.

import { whole } from "../shared/numbers.js";

// Images that are read right without a unit, more or fewer: −31, +2.
/** @param {number} more */
export const fewer = (more) => (more > 0 ? `+${whole(more)}` : whole(more).replace("-", "−"));

/** @param {number} more */
export function moreWords(more) {
  if (!more) return "Without it alone as many are read right.";
  const count = whole(Math.abs(more));
  return `Without it alone ${count} ${more > 0 ? "more" : "fewer"} ${count === "1" ? "is" : "are"} read right.`;
}

// What the numbers on a tile are, said of one: 39 and −3.
/** @param {{ unit: number, more: number }} one @param {number} tried */
export function exampleWords({ unit, more }, tried) {
  const right = more ? `${whole(Math.abs(more))} ${more > 0 ? "more" : "fewer"} of ${whole(tried)}` : `as many of ${whole(tried)}`;
  return `${fewer(more)} at unit ${unit + 1}: without it ${right} are read right.`;
}

// So many of so many, in percent, as figures/image_words.py has it.
/** @param {number} right @param {number} all */
export const classWords = (right, all) => (all ? `${(Math.floor((2000 * right + all) / (2 * all)) / 10).toFixed(1)}%` : "none");

// The classes, whoever lost most first: fewer read right than before; of equals as they come.
/** @param {number[][]} before @param {number[][]} now */
export function losses(before, now) {
  const lost = now.map((row, k) => before[k][k] - row[k]);
  return lost.map((_, k) => k).sort((a, b) => lost[b] - lost[a] || a - b);
}

// What images of a class are most often taken for, and how many.
/** @param {ConfusionMessage} shown @param {number} k */
export function takenFor({ classes, counts }, k) {
  const wrong = counts[k].map((n, j) => (j === k ? 0 : n)), most = Math.max(...wrong);
  return most ? `${classes[wrong.indexOf(most)]} (${whole(most)})` : "";
}
