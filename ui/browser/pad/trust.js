// @ts-check
// How far a network is to be believed: recipes/trust.py in the browser.

import { halves } from "../shared/bytes.js";

// Whether an answer to an image is sure, and whether that is unlike those it has seen.
/**
 * @param {TrustMessage} message
 * @returns {(image: Float32Array, probabilities: number[]) => { sure: boolean, strange: boolean }}
 */
export function trustOf({ means, ways, tooStrange, sureFrom }) {
  const middle = halves(means), directions = halves(ways);
  return (image, probabilities) => {
    const { length } = image, most = Math.max(...probabilities), read = probabilities.indexOf(most);
    const off = image.map((ink, i) => ink - middle[read * length + i]);
    const own = directions.length / middle.length, first = read * own * length;
    let rest = sumOf(off, off, 0);
    for (let way = 0; way < own; way++) rest -= sumOf(off, directions, first + way * length) ** 2;
    const strange = rest / Math.max(sumOf(image, image, 0), 1e-12) > tooStrange;
    return { sure: most >= sureFrom && !strange, strange };
  };
}

/** @param {Float32Array} values @param {Float32Array} others @param {number} start of the others */
function sumOf(values, others, start) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * others[start + i];
  return sum;
}
