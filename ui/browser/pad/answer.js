// @ts-check
// What a network says to what is on the paper: views/mnist/training/paper.py in the browser.

import { aClass, areDigits, shareOf } from "../shared/classes.js";

/**
 * @param {number[] | null} probabilities of the classes; null if there is nothing on the paper
 * @param {number | null} label which class it is, if that is known
 * @param {{ unsure: number, second: number, orElse?: number, classes: string[], doubt?: string, sure?: boolean }} file
 *   `doubt` is why it may be no digit; `sure` is missing where it was not measured how far to believe it
 */
export function wordsOf(probabilities, label, { unsure, second, orElse, classes, doubt, sure }) {
  if (!probabilities) {
    const what = areDigits(classes) ? "a digit" : "something";
    return `Draw ${what}: the network says what it reads.`;
  }
  if (!probabilities.every(Number.isFinite)) {
    return "This network's numbers are no longer finite: it cannot say anything.";
  }
  const order = probabilities.map((_, k) => k).sort((a, b) => probabilities[b] - probabilities[a]);
  const [best, other] = order.map((k) => `${aClass(classes[k])} (${shareOf(probabilities[k])})`);
  const [first, next] = order.map((k) => probabilities[k]);
  let said = `It reads ${best}.`;
  if (doubt) said = `Perhaps no digit (${doubt}): it reads ${best}.`;
  else if (sure) said = `Sure: ${best}.`;
  else if (first < unsure) said = `Not sure: ${best} or ${other}.`;
  else if (sure === false) said = `Likely ${best}${next >= orElse ? `, or ${other}` : ""}.`;
  else if (next >= second) said = `${best[0].toUpperCase()}${best.slice(1)}, perhaps ${other}.`;
  if (label === null) return said;
  return label === order[0] ? `${said} Right.` : `${said} It is ${aClass(classes[label])}.`;
}
