// @ts-check
// Colours and type: the reader's theme and the two colours of the app.

import { rgbOf } from "../shared/colours.js";
import { largestAt } from "./kinds.js";

const FULLEST = { light: 0.62, dark: 0.45 }; // of the colours in a heatmap: points must stand out

// What the stage needs of the reader's theme, asked for anew whenever it may have changed.
/** @param {HTMLElement} root @param {Film} film */
export function lookOf(root, film) {
  const style = getComputedStyle(root);
  const theme = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const look = /** @type {Look} */ ({
    text: theme("text-color"),
    background: theme("background-color"),
    faint: theme("border-color"),
    accent: theme("primary-color"),
    negative: film.colours.negative,
    positive: film.colours.positive,
    size: parseFloat(style.fontSize),
    family: style.fontFamily,
  });
  const ends = [look.negative, look.background, look.positive].map(rgbOf);
  const dark = ends[1][0] + ends[1][1] + ends[1][2] < 384;
  const fullest = dark ? FULLEST.dark : FULLEST.light;
  look.rim = dark ? look.text : look.background; // around a point, that it stands out of its colour
  look.shades = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    const share = i / 127.5 - 1, end = share < 0 ? ends[0] : ends[2];
    for (let c = 0; c < 3; c++) {
      look.shades[4 * i + c] = ends[1][c] + (end[c] - ends[1][c]) * fullest * Math.abs(share);
    }
    look.shades[4 * i + 3] = 255;
  }
  look.kinds = film.colours.classes.map(({ colour }) => shadesTo(rgbOf(colour), ends[1], fullest));
  return look;
}

// 256 colours, from the paper's to as much of a class's as leaves its points to stand out.
/** @param {number[]} colour @param {number[]} paper @param {number} fullest */
function shadesTo(colour, paper, fullest) {
  const shades = new Uint8ClampedArray(256 * 4).fill(255);
  for (let i = 0; i < 256; i++) {
    for (let c = 0; c < 3; c++) shades[4 * i + c] = paper[c] + (colour[c] - paper[c]) * fullest * (i / 255);
  }
  return shades;
}

/** @param {Look} look @param {number} [scale] @param {string} [weight] */
export function font(look, scale = 1, weight = "") {
  return `${weight} ${look.size * scale}px ${look.family}`;
}

// Paint values, least to most from −scale to +scale around the middle, into an image.
/**
 * @param {Look} look
 * @param {ImageData} image
 * @param {Numbers} values
 * @param {number} middle
 * @param {number} scale
 * @param {number} stride
 * @param {number} cells
 */
export function shade(look, image, values, middle, scale, stride, cells) {
  const { data, width, height } = image;
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 4) {
      const share = (values[row * stride * cells + column * stride] - middle) / scale;
      const level = 127.5 * (1 + Math.max(-1, Math.min(1, share)));
      const from = 4 * Math.round(level); // NaN has no colour of its own and stays clear
      for (let c = 0; c < 4; c++) data[at + c] = share === share ? look.shades[from + c] : 0;
    }
  }
}

// Paint which class wins where, the paler the less sure it is: at 1 / classes it is as good as none.
/**
 * @param {Look} look
 * @param {ImageData} image
 * @param {Plane[]} answers
 */
export function shadeWinners(look, image, answers) {
  const least = 1 / answers.length;
  for (let p = 0; p < answers[0].length; p++) {
    const winner = largestAt(answers, p);
    if (winner < 0) continue; // no number: it stays clear
    const from = 4 * Math.round((255 * (answers[winner][p] - least)) / (1 - least));
    for (let c = 0; c < 4; c++) image.data[4 * p + c] = look.kinds[winner][from + c];
  }
}

// Paint how likely one class is, from none of its colour to all of it.
/**
 * @param {Look} look
 * @param {ImageData} image
 * @param {Numbers} values
 * @param {number} kind
 * @param {number} stride
 * @param {number} cells
 */
export function shadeKind(look, image, values, kind, stride, cells) {
  const { data, width, height } = image;
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 4) {
      const likely = values[row * stride * cells + column * stride], from = 4 * Math.round(255 * likely);
      for (let c = 0; c < 4; c++) data[at + c] = likely === likely ? look.kinds[kind][from + c] : 0;
    }
  }
}
