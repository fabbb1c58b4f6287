// @ts-check
// A colour in numbers, and how well two can be told apart.

/** @param {string} colour */
export function rgbOf(colour) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = colour;
  const hex = probe.fillStyle;
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

// How bright a colour is to the eye, from 0 to 1 (WCAG's relative luminance).
/** @param {number[]} colour */
function brightness(colour) {
  const [red, green, blue] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {number[]} one @param {number[]} other */
export function contrast(one, other) {
  const [low, high] = [brightness(one), brightness(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const CONTRAST = 4.5; // that WCAG asks of text
const EXTREMES = [[0, 0, 0], [255, 255, 255]]; // one of them has it on any colour

// The first of some colours that can be read on another one.
/** @param {number[][]} colours @param {number[]} under */
export const legible = (colours, under) => [...colours, ...EXTREMES].find((one) => contrast(one, under) >= CONTRAST);

// A colour that can be read on the page: as much of the text's own is mixed in as it needs.
/** @param {string} colour @param {string} paper @param {string} text */
export function readable(colour, paper, text) {
  const [own, under, over] = [colour, paper, text].map(rgbOf);
  for (let part = 0; part < 1; part += 0.1) {
    const mixed = own.map((c, k) => Math.round(c + part * (over[k] - c)));
    if (contrast(mixed, under) >= CONTRAST) return `rgb(${mixed})`;
  }
  return text;
}
