// @ts-check
// What a network answers over the plane as small whole numbers, and their colours.

import { rgbOf } from "./colours.js";

const LEVELS = 25; // of each of more classes than two, as recipes/lottery.py has it

// The colours of the samples from −128 on: from one end of a scale to the other, or of classes, the
// paler the less sure; −128 is no number and clear.
/** @param {string} paper @param {Colours} ends @param {string[]} kinds the colours of more classes than two */
export function sampleShades(paper, { negative, positive }, kinds) {
  const shades = new Uint32Array(256), none = rgbOf(paper);
  const paint = (value, colour, share) => {
    const [red, green, blue] = none.map((c, i) => Math.round(c + (colour[i] - c) * share));
    shades[value + 128] = 0xff000000 | (blue << 16) | (green << 8) | red;
  };
  if (kinds.length) {
    kinds.map(rgbOf).forEach((colour, kind) => {
      for (let level = 0; level < LEVELS; level++) paint(LEVELS * kind + level - 127, colour, level / (LEVELS - 1));
    });
    return shades;
  }
  const [no, yes] = [negative, positive].map(rgbOf);
  for (let value = -127; value <= 127; value++) paint(value, value < 0 ? no : yes, Math.abs(value) / 127);
  return shades;
}
