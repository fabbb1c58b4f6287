// @ts-check
// The colours of weights and of all that has a sign: from the page's ground on, the fuller the farther
// from 0. On a dark page the first part of that way is hardly seen, so it is gone more quickly.

import { rgbOf } from "./colours.js";

const QUICKER = 0.6; // as a power: so that blue on dark stands out at least as orange does on white
const STOPS = 10; // of a scale, to each side

/** @param {number[]} ground @param {number[]} end @param {number} share of the full colour's number @returns {number[]} */
export function shadeOf(ground, end, share) {
  const dark = ground[0] + ground[1] + ground[2] < 384, part = Math.min(1, share), way = dark ? part ** QUICKER : part;
  return ground.map((c, k) => Math.round(c + (end[k] - c) * way));
}

// The colours of the whole numbers from −128 on as pixels, full from the limit on; −128 is clear.
/** @param {string} paper @param {Colours} ends @param {number} [limit] */
export function signShades(paper, { negative, positive }, limit = 127) {
  const shades = new Uint32Array(256), [ground, against, speaks] = [paper, negative, positive].map(rgbOf);
  for (let value = -127; value <= 127; value++) {
    const [red, green, blue] = shadeOf(ground, value < 0 ? against : speaks, Math.abs(value) / limit);
    shades[value + 128] = 0xff000000 | (blue << 16) | (green << 8) | red;
  }
  return shades;
}

// The same as a chart's scale of colours.
/** @param {string} paper @param {Colours} ends @returns {[number, string][]} */
export function signScale(paper, { negative, positive }) {
  const [ground, against, speaks] = [paper, negative, positive].map(rgbOf);
  return Array.from({ length: 2 * STOPS + 1 }, (_, k) => {
    const share = k / STOPS - 1;
    return [k / (2 * STOPS), `rgb(${shadeOf(ground, share < 0 ? against : speaks, Math.abs(share))})`];
  });
}
