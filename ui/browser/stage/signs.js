// @ts-check
// How a class is marked: each has a sign of its own, that colour never stands alone.

import { isSoftmax, kindColour, kindName } from "./kinds.js";

// The outlines of the signs, each within a circle of radius 1, as corners; round is none of them.
/** @param {number} count @param {number} [turn] @param {number} [inner] */
const star = (count, turn = 0, inner = 1) =>
  Array.from({ length: count }, (_, k) => {
    const angle = turn + (2 * Math.PI * k) / count - Math.PI / 2, size = k % 2 ? inner : 1;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  });
const ARM = 0.36;
const CROSS = [[-ARM, -1], [ARM, -1], [ARM, -ARM], [1, -ARM], [1, ARM], [ARM, ARM], [ARM, 1], [-ARM, 1], [-ARM, ARM], [-1, ARM], [-1, -ARM], [-ARM, -ARM]];
/** @param {number[][]} corners @param {number} angle */
const turned = (corners, angle) =>
  corners.map(([x, y]) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)]);
const OUTLINES = [
  null,
  [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  star(3).map(([x, y]) => [1.25 * x, 1.25 * y + 0.2]),
  star(4).map(([x, y]) => [0.95 * x, 1.25 * y]),
  CROSS.map(([x, y]) => [1.1 * x, 1.1 * y]),
  star(3, Math.PI).map(([x, y]) => [1.25 * x, 1.25 * y - 0.2]),
  turned(CROSS, Math.PI / 4).map(([x, y]) => [1.15 * x, 1.15 * y]),
  star(10, 0, 0.48).map(([x, y]) => [1.35 * x, 1.35 * y]),
  [[-1.25, -0.5], [1.25, -0.5], [1.25, 0.5], [-1.25, 0.5]],
  [[-1.15, -1.15], [1.15, -1.15], [-1.15, 1.15], [1.15, 1.15]],
];

// The path of a class's sign, so large, around a place.
/** @param {Pen} g @param {number} kind @param {number} x @param {number} y @param {number} r */
export function traceSign(g, kind, x, y, r) {
  const corners = OUTLINES[kind];
  g.beginPath();
  if (!corners) return g.arc(x, y, r, 0, 2 * Math.PI);
  corners.forEach(([across, down]) => g.lineTo(x + r * across, y + r * down));
  g.closePath();
}

// In how many lines the signs of a film's classes stand; 0 where words say what two colours mean.
const IN_A_LINE = 4;
/** @param {Film} film */
export const signLines = (film) => (isSoftmax(film) ? Math.ceil(film.classes / IN_A_LINE) : 0);

// A class's sign, in its colour.
/** @param {Pen} g @param {Stage} stage @param {number} kind @param {number} x @param {number} y @param {number} r */
export function paintSign(g, { film, look }, kind, x, y, r) {
  traceSign(g, kind, x, y, r);
  g.fillStyle = kindColour(film, kind);
  g.strokeStyle = look.text;
  g.lineWidth = 1;
  g.fill();
  g.stroke();
}

// A class's sign and its name, as long as there is room; returns where it ends.
/** @param {Pen} g @param {Stage} stage @param {number} kind @param {number} x @param {number} y @param {number} room */
export function paintKind(g, stage, kind, x, y, room) {
  const { film, look } = stage, r = 0.36 * look.size;
  paintSign(g, stage, kind, x + 1.2 * r, y, r);
  g.fillStyle = look.text;
  g.textAlign = "left";
  g.textBaseline = "middle";
  const words = fitting(g, kindName(film, kind), room - SIGN * look.size);
  g.fillText(words, x + SIGN * look.size, y);
  return x + SIGN * look.size + g.measureText(words).width;
}

const SIGN = 1.15; // a sign's width, of the letters' height

// How wide a class's sign and whole name are.
/** @param {Pen} g @param {Stage} stage @param {number} kind */
export const kindWidth = (g, { film, look }, kind) =>
  SIGN * look.size + g.measureText(kindName(film, kind)).width;

// As much of some words as has room, with an ellipsis where they are cut.
/** @param {Pen} g @param {string} words @param {number} room */
export function fitting(g, words, room) {
  if (g.measureText(words).width <= room) return words;
  let letters = [...words];
  while (letters.length && g.measureText(`${letters.join("")}…`).width > room) letters = letters.slice(0, -1);
  return letters.length ? `${letters.join("")}…` : "";
}
