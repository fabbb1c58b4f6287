// @ts-check
// A network as Python sent it, which answers here as nn_core does there.

import { ACTIVATIONS } from "../shared/activations.js";
import { halves, unpack } from "../shared/bytes.js";
import { softmaxOf } from "../shared/softmax.js";

const FULL = 127; // what a layer's largest parameter is, where they are whole numbers

// What it says of an image (side², from 0 to 1): the probability of each class.
/** @param {NetworkMessage} message @returns {(image: Float32Array) => number[]} */
export function networkOf(message) {
  const { sizes, activation } = message, { f } = ACTIVATIONS[activation], theta = numbersOf(message);
  return (image) => {
    let values = image, start = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      const sums = sumsOf(values, theta, start, sizes[layer]);
      start += (sizes[layer - 1] + 1) * sizes[layer];
      values = layer < sizes.length - 1 ? sums.map(f) : sums;
    }
    return softmaxOf(values);
  };
}

// z = x W + b, whose weights (in × out) begin in theta at `start`, and then the biases. What is 0,
// as most of the paper is, adds nothing.
/** @param {Float32Array} values @param {Float32Array} theta @param {number} start @param {number} out */
function sumsOf(values, theta, start, out) {
  const biases = start + values.length * out, sums = Float64Array.from(theta.subarray(biases, biases + out));
  for (let i = 0; i < values.length; i++) {
    const value = values[i], row = start + i * out;
    if (value) for (let j = 0; j < out; j++) sums[j] += value * theta[row + j];
  }
  return Float32Array.from(sums);
}

// Its parameters: they themselves, perhaps of 16 bits, or whole numbers in units of their layer's largest / 127.
/** @param {NetworkMessage} message */
function numbersOf({ sizes, theta, scales, half }) {
  if (half) return halves(theta);
  if (!scales) return unpack(theta, Float32Array);
  const bytes = unpack(theta, Int8Array), numbers = new Float32Array(bytes.length);
  let start = 0;
  scales.forEach((scale, layer) => {
    const end = start + (sizes[layer] + 1) * sizes[layer + 1];
    for (let i = start; i < end; i++) numbers[i] = (bytes[i] * scale) / FULL;
    start = end;
  });
  return numbers;
}
