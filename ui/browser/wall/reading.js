// @ts-check
// What the network of a moment reads of an image, computed from the bytes that its pictures are
// made of: close to what the network itself said then, for each weight is off by at most half a
// 127th of its layer's largest.

import { ACTIVATIONS } from "../shared/activations.js";
import { softmaxOf } from "../shared/softmax.js";

/** @param {Wall} wall @param {number} moment @param {Float32Array} image from 0 to 1 */
export function readingAt({ wall, pictures, outgoing, biases, off }, moment, image) {
  const { hidden, ranges, outgoingRanges, activation } = wall, pixels = wall.side ** 2;
  const { f } = ACTIVATIONS[activation];
  const inward = ranges[moment] / 127, outward = outgoingRanges[moment] / 127;
  const outputs = wall.classes.length, bias = moment * (hidden + outputs);
  const z = Array.from({ length: outputs }, (_, d) => biases[bias + hidden + d] * outward);
  for (let j = 0; j < hidden; j++) {
    if (off.has(`${wall.layer}.${j + 1}`)) continue;
    const tile = (moment * hidden + j) * pixels;
    let sum = biases[bias + j];
    for (let p = 0; p < pixels; p++) sum += pictures[tile + p] * image[p];
    const a = f(sum * inward);
    for (let d = 0; d < outputs; d++) z[d] += a * outgoing[(moment * hidden + j) * outputs + d] * outward;
  }
  return softmaxOf(z);
}
