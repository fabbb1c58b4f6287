// @ts-check
// Small pictures of numbers with a sign: blue above 0, orange below, the paler the nearer to 0.

import { rgbOf } from "../shared/colours.js";

// The largest size of some numbers, the range that pictures beside each other share.
/** @param {Float32Array} values */
export const rangeOf = (values) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/**
 * @param {HTMLCanvasElement} canvas @param {Float32Array} values @param {number} side
 * @param {number} range @param {Colours} colours @param {string} paper
 */
export function paintSigned(canvas, values, side, range, colours, paper) {
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d"), image = pen.createImageData(side, side);
  const none = rgbOf(paper), [against, speaks] = [colours.negative, colours.positive].map(rgbOf);
  values.forEach((value, i) => {
    const end = value < 0 ? against : speaks, share = range ? Math.min(1, Math.abs(value) / range) : 0;
    none.forEach((c, k) => { image.data[4 * i + k] = Math.round(c + (end[k] - c) * share); });
    image.data[4 * i + 3] = 255;
  });
  pen.putImageData(image, 0, 0);
}
