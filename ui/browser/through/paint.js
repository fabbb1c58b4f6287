// @ts-check
// Small pictures of numbers with a sign: blue above 0, orange below, the paler the nearer to 0.

import { rgbOf } from "../shared/colours.js";
import { shadeOf } from "../shared/shades.js";

const WITHIN = 0.97; // of the numbers that are not 0: the strongest few would bleach all the others

// From which size on numbers get the full colour, the same in pictures beside each other.
/** @param {Float32Array} values */
export function rangeOf(values) {
  const sizes = values.map(Math.abs).filter((size) => size > 0).sort();
  return sizes[Math.floor(WITHIN * (sizes.length - 1))] ?? 0;
}

/**
 * @param {HTMLCanvasElement} canvas @param {Float32Array} values @param {number} side
 * @param {number} range @param {Colours} colours @param {string} paper
 */
export function paintSigned(canvas, values, side, range, colours, paper) {
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d"), image = pen.createImageData(side, side);
  const none = rgbOf(paper), [against, speaks] = [colours.negative, colours.positive].map(rgbOf);
  values.forEach((value, i) => {
    image.data.set([...shadeOf(none, value < 0 ? against : speaks, range ? Math.abs(value) / range : 0), 255], 4 * i);
  });
  pen.putImageData(image, 0, 0);
}
