// @ts-check
// What a network says to what is on the paper: views/mnist/training/paper.py in the browser.

/** @param {number} digit */
const aDigit = (digit) => `${digit === 8 ? "an" : "a"} ${digit}`;

/**
 * @param {number[] | null} probabilities of the ten digits; null if there is nothing on the paper
 * @param {number | null} label which digit it is, if that is known
 * @param {{ unsure: number, second: number }} limits
 */
export function wordsOf(probabilities, label, { unsure, second }) {
  if (!probabilities) return "Draw a digit: the network says what it reads.";
  if (!probabilities.every(Number.isFinite)) {
    return "This network's numbers are no longer finite: it cannot say anything.";
  }
  const order = probabilities.map((_, digit) => digit).sort((a, b) => probabilities[b] - probabilities[a]);
  const [best, other] = order.map((digit) => `${aDigit(digit)} (${(100 * probabilities[digit]).toFixed(0)}%)`);
  const [first, next] = order.map((digit) => probabilities[digit]);
  let said = `It reads ${best}.`;
  if (first < unsure) said = `Not sure: ${best} or ${other}.`;
  else if (next >= second) said = `A${best.slice(1)}, perhaps ${other}.`;
  if (label === null) return said;
  return label === order[0] ? `${said} Right.` : `${said} It is ${aDigit(label)}.`;
}
