// @ts-check
// The main plot: what the network, or one touched unit, answers everywhere, and the points.

import { plain } from "../shared/numbers.js";
import { unitName } from "./film.js";
import { font, shade } from "./look.js";
import { rangeOf, valuesOf } from "./network.js";

// The line where `values` cross `level`, cell by cell (marching squares), as pairs of ends.
/** @param {Numbers} values @param {number} cells @param {number} level */
function contour(values, cells, level) {
  const ends = [];
  const crossing = (p, q) => (level - values[p]) / (values[q] - values[p]);
  for (let row = 0; row < cells - 1; row++) {
    for (let column = 0; column < cells - 1; column++) {
      const p = row * cells + column;
      const corners = [p, p + 1, p + cells + 1, p + cells];
      const above = corners.map((corner) => values[corner] > level);
      if (above[0] === above[1] && above[1] === above[2] && above[2] === above[3]) continue;
      const crossings = [];
      if (above[0] !== above[1]) crossings.push(column + crossing(p, p + 1), row);
      if (above[1] !== above[2]) crossings.push(column + 1, row + crossing(p + 1, p + cells + 1));
      if (above[2] !== above[3]) crossings.push(column + crossing(p + cells, p + cells + 1), row + 1);
      if (above[3] !== above[0]) crossings.push(column, row + crossing(p, p + cells));
      ends.push(...crossings.slice(0, 4));
      if (crossings.length === 8) ends.push(...crossings.slice(4));
    }
  }
  return ends;
}

/**
 * @param {Pen} g
 * @param {Square} plot
 * @param {Numbers} values
 * @param {number} cells
 * @param {number} level
 */
function strokeContour(g, plot, values, cells, level) {
  const ends = contour(values, cells, level);
  const scale = plot.side / (cells - 1);
  g.beginPath();
  for (let i = 0; i < ends.length; i += 4) {
    g.moveTo(plot.x + ends[i] * scale, plot.y + ends[i + 1] * scale);
    g.lineTo(plot.x + ends[i + 2] * scale, plot.y + ends[i + 3] * scale);
  }
  g.stroke();
}

/** @param {Stage} stage */
export const shownUnit = (stage) => stage.hovered ?? stage.touched.unit ?? { layer: stage.film.layers.length, unit: 0 };

/** @param {Film} film @param {Square} plot @param {number} x1 */
export const toX = (film, plot, x1) => plot.x + ((x1 - film.left) / (film.right - film.left)) * plot.side;
/** @param {Film} film @param {Square} plot @param {number} x2 */
export const toY = (film, plot, x2) => plot.y + ((film.right - x2) / (film.right - film.left)) * plot.side;

/** @param {Pen} g @param {Stage} stage */
export function paintPlane(g, stage) {
  const { film, look, grid, box } = stage;
  const plot = box.plane, { layer, unit } = shownUnit(stage);
  const answer = layer === film.layers.length;
  const values = valuesOf(stage, grid, layer, unit);
  stage.canvasOfPlane ??= document.createElement("canvas");
  const picture = stage.canvasOfPlane;
  if (picture.width !== grid.cells) picture.width = picture.height = grid.cells;
  const pen = picture.getContext("2d");
  const image = pen.createImageData(grid.cells, grid.cells);
  const [middle, scale] = rangeOf(film, layer, values);
  shade(look, image, values, middle, scale, 1, grid.cells);
  pen.putImageData(image, 0, 0);
  g.save();
  g.beginPath();
  g.rect(plot.x, plot.y, plot.side, plot.side);
  g.clip();
  g.imageSmoothingEnabled = true;
  g.drawImage(picture, plot.x, plot.y, plot.side, plot.side);
  // Where the answer is ½ its sum is 0, and a sum bends less between two cells.
  const answers = grid.room.at(-1).z[0], level = film.output === "sigmoid" ? 0 : film.middle;
  g.strokeStyle = look.text;
  g.lineWidth = 0.2 * look.size;
  if (!answer) {
    g.setLineDash([5, 5]);
    g.lineWidth = 0.1 * look.size;
  }
  strokeContour(g, plot, answers, grid.cells, level);
  g.setLineDash([]);
  if (!answer) {
    g.lineWidth = 0.2 * look.size;
    const sums = layer ? grid.room[layer - 1].z[unit] : values;
    strokeContour(g, plot, sums, grid.cells, 0);
  }
  if (!stage.placing.active) paintPoints(g, stage, (p) => [toX(film, plot, film.x1[p]), toY(film, plot, film.x2[p])], 1);
  g.restore();
  const name = unitName(film, layer, unit), short = layer ? `layer ${layer}, unit ${unit + 1}` : name;
  const colours = colourWords(film), named = film.names.length ? [`orange ${film.names[0]}, blue ${film.names[1]}`] : [];
  if (stage.placing.active) return paintFrame(g, stage, plot, PLACE_WORDS);
  paintFrame(g, stage, plot, answer ? [...named, `answer: ${colours}`, colours] : [`what ${name} says`, name, short]);
}

const PLACE_WORDS = ["a touch places a point, or takes one away", "place points"];

/** @param {Film} film */
const colourWords = (film) => `orange ${plain(film.low)}, blue ${plain(film.high)}`;

/** @param {Film} film */
function pointWords(film) {
  const split = film.trained < film.t.length ? ["filled: training", "hollow: test"] : [];
  return [...split, ...(film.classes ? ["ringed: wrong"] : [])].join(", ");
}

// The plane's edge, its axes, and the longest of some titles that has room, if no note stands there.
/** @param {Pen} g @param {Stage} stage @param {Square} plot @param {string[]} titles */
function paintFrame(g, stage, plot, titles) {
  const { film, look } = stage;
  g.strokeStyle = look.faint;
  g.lineWidth = 1;
  g.strokeRect(plot.x, plot.y, plot.side, plot.side);
  g.fillStyle = look.text;
  g.font = font(look);
  g.textBaseline = "bottom";
  g.textAlign = "left";
  const fits = titles.find((words) => g.measureText(words).width < plot.side) ?? titles.at(-1);
  const title = stage.notes.length ? "" : fits;
  if (title) g.fillText(title, plot.x, plot.y - 0.25 * look.size);
  const words = stage.placing.active ? "" : pointWords(film);
  if (title && g.measureText(`${title}  ${words}`).width < plot.side) {
    g.textAlign = "right";
    g.fillText(words, plot.x + plot.side, plot.y - 0.25 * look.size);
  }
  const middle = (film.left + film.right) / 2;
  g.textBaseline = "top";
  g.textAlign = "center";
  for (const tick of [film.left, middle, film.right]) {
    g.fillText(plain(tick), toX(film, plot, tick), plot.y + plot.side + 0.25 * look.size);
  }
  g.fillText("x₁", toX(film, plot, (middle + film.right) / 2), plot.y + plot.side + 0.25 * look.size);
  g.textAlign = "right";
  g.textBaseline = "middle";
  for (const tick of [film.left, middle, film.right]) {
    g.fillText(plain(tick), plot.x - 0.3 * look.size, toY(film, plot, tick));
  }
  g.fillText("x₂", plot.x - 0.3 * look.size, toY(film, plot, (middle + film.right) / 2));
}

// How large a point is drawn: the more there are, the smaller.
/** @param {number} n */
const pointShare = (n) => (n < 30 ? 1.8 : n > 2000 ? 0.5 : n > 400 ? 0.8 : 1);
/** @param {Look} look @param {number} n @returns {number} */
export const pointRadius = (look, n) => 0.465 * look.size ** 0.8 * pointShare(n);

// Points at places of the caller's choosing: colour and shape say what is right, filled means
// learned from, hollow means kept for testing, a ring means that the network is wrong there.
/**
 * @param {Pen} g
 * @param {Stage} stage
 * @param {(p: number) => number[]} place
 * @param {number} scale
 */
export function paintPoints(g, stage, place, scale) {
  const { film, look, touched } = stage;
  const n = film.t.length, many = n > 2000, few = pointShare(n);
  const r = pointRadius(look, n) * scale;
  const answers = film.pointRoom.at(-1).a[0];
  for (let p = 0; p < n; p++) {
    const [x, y] = place(p), positive = film.t[p] > film.middle;
    const colour = film.classes ? (positive ? look.positive : look.negative) : shadeOf(stage, film.t[p]);
    if (film.classes && positive !== answers[p] > film.middle) {
      g.beginPath();
      g.arc(x, y, r + 0.22 * look.size * few, 0, 2 * Math.PI);
      g.strokeStyle = look.text;
      g.lineWidth = 1.5;
      g.stroke();
    }
    g.beginPath();
    if (positive) g.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
    else g.arc(x, y, r, 0, 2 * Math.PI);
    const trained = p < film.trained;
    g.fillStyle = trained ? colour : look.rim;
    g.strokeStyle = trained ? (film.classes ? look.rim : look.text) : colour;
    g.lineWidth = trained ? 1 : 0.14 * look.size;
    g.fill();
    if (!trained || !many) g.stroke();
    if (p === touched.point) {
      g.beginPath();
      g.arc(x, y, r + 0.5 * look.size, 0, 2 * Math.PI);
      g.strokeStyle = look.accent;
      g.lineWidth = 3;
      g.stroke();
    }
  }
}

/** @param {Stage} stage @param {number} value */
function shadeOf({ look, film }, value) {
  const at = 4 * Math.round(((value - film.low) / (film.high - film.low)) * 255);
  return `rgb(${look.shades.slice(at, at + 3).join(" ")})`;
}
