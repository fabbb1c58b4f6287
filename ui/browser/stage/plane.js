// @ts-check
// The main plot: what the network, or one touched unit, answers everywhere, and the points.

import { plain } from "../shared/numbers.js";
import { unitName } from "./film.js";
import { isSoftmax, kindColour, kindName, kindOf, kindSaid, leads } from "./kinds.js";
import { paintEntries, pointWordings } from "./legend.js";
import { font } from "./look.js";
import { shadeUnit } from "./network.js";
import { kindWidth, paintKind, traceSign } from "./signs.js";

// The line where `values` cross `level`, cell by cell (marching squares), as pairs of ends.
/** @param {Numbers} values @param {number} cells @param {number} level */
function contour(values, cells, level) {
  const ends = [];
  const crossing = (p, q) => (level - values[p]) / (values[q] - values[p]);
  for (let row = 0; row < cells - 1; row++) {
    for (let column = 0; column < cells - 1; column++) {
      const p = row * cells + column;
      const first = values[p] > level, second = values[p + 1] > level;
      const third = values[p + cells + 1] > level, fourth = values[p + cells] > level;
      if (first === second && second === third && third === fourth) continue;
      const crossings = [];
      if (first !== second) crossings.push(column + crossing(p, p + 1), row);
      if (second !== third) crossings.push(column + 1, row + crossing(p + 1, p + cells + 1));
      if (third !== fourth) crossings.push(column + crossing(p + cells, p + cells + 1), row + 1);
      if (fourth !== first) crossings.push(column, row + crossing(p, p + cells));
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

// The unit that fills the plane; −1 is the answer as a whole, of which each class has its own unit.
/** @param {Stage} stage @returns {UnitId} */
export const shownUnit = ({ pointer, touched, film }) =>
  pointer.over ?? touched.unit ?? { layer: film.layers.length, unit: isSoftmax(film) ? -1 : 0 };

/** @param {Film} film @param {Square} plot @param {number} x1 */
export const toX = (film, plot, x1) => plot.x + ((x1 - film.left) / (film.right - film.left)) * plot.side;
/** @param {Film} film @param {Square} plot @param {number} x2 */
export const toY = (film, plot, x2) => plot.y + ((film.right - x2) / (film.right - film.left)) * plot.side;

/** @param {Pen} g @param {Stage} stage */
export function paintPlane(g, stage) {
  const { film, look, grid, box } = stage;
  const plot = box.plane, { layer, unit } = shownUnit(stage);
  const answer = layer === film.layers.length && (!isSoftmax(film) || unit < 0);
  stage.canvasOfPlane ??= document.createElement("canvas");
  const picture = stage.canvasOfPlane;
  if (picture.width !== grid.cells) picture.width = picture.height = grid.cells;
  const pen = picture.getContext("2d");
  const image = pen.createImageData(grid.cells, grid.cells);
  shadeUnit(stage, image, layer, unit, 1);
  pen.putImageData(image, 0, 0);
  g.save();
  g.beginPath();
  g.rect(plot.x, plot.y, plot.side, plot.side);
  g.clip();
  g.imageSmoothingEnabled = true;
  g.drawImage(picture, plot.x, plot.y, plot.side, plot.side);
  g.strokeStyle = look.text;
  g.lineWidth = 0.2 * look.size;
  if (!answer) {
    g.setLineDash([5, 5]);
    g.lineWidth = 0.1 * look.size;
  }
  strokeBoundaries(g, stage);
  g.setLineDash([]);
  if (!answer && layer < film.layers.length) {
    g.lineWidth = 0.2 * look.size;
    const sums = layer ? grid.room[layer - 1].z[unit] : grid.inputs[unit];
    strokeContour(g, plot, sums, grid.cells, 0);
  }
  if (!stage.placing.active) paintPoints(g, stage, (p) => [toX(film, plot, film.x1[p]), toY(film, plot, film.x2[p])], 1);
  g.restore();
  const name = unitName(film, layer, unit), short = layer ? `layer ${layer}, unit ${unit + 1}` : name;
  const colours = colourWords(film), named = film.names.length ? [`orange ${film.names[0]}, blue ${film.names[1]}`] : [];
  if (stage.placing.active) return paintFrame(g, stage, plot, PLACE_WORDS);
  if (isSoftmax(film)) return paintFrame(g, stage, plot, answer ? [] : [softmaxWords(film, layer, unit, name), name, short]);
  paintFrame(g, stage, plot, answer ? [...named, `answer: ${colours}`, colours] : [`what ${name} says`, name, short], answer);
}

/** @param {Film} film @param {number} layer @param {number} unit @param {string} name */
const softmaxWords = (film, layer, unit, name) =>
  layer === film.layers.length ? `how likely it calls it ${kindName(film, unit)}` : `what ${name} says`;

// The lines between the classes. Where an answer is ½ its sum is 0, and a sum bends less between two
// cells; of more classes than two the sums of those that lead are equal there.
/** @param {Pen} g @param {Stage} stage */
function strokeBoundaries(g, { film, grid, box }) {
  const sums = grid.room.at(-1).z;
  if (!isSoftmax(film)) return strokeContour(g, box.plane, sums[0], grid.cells, film.output === "sigmoid" ? 0 : film.middle);
  for (const lead of leads(sums)) strokeContour(g, box.plane, lead, grid.cells, 0);
}

const PLACE_WORDS = ["a touch places a point, or takes one away", "place points"];

/** @param {Film} film */
const colourWords = (film) => `orange ${plain(film.low)}, blue ${plain(film.high)}`;

// The longest of some titles that has some words about points beside it, or the longest alone.
/** @param {Pen} g @param {string[]} titles @param {string[]} wordings @param {number} room */
function titleWith(g, titles, wordings, room) {
  const wide = (words) => g.measureText(words).width;
  for (const title of titles) {
    const words = wordings.find((one) => wide(`${title}  ${one}`) < room);
    if (words !== undefined) return [title, words];
  }
  return [titles.find((title) => wide(title) < room) ?? titles.at(-1) ?? "", ""];
}

// The plane's edge, its axes, and what stands above it: the classes' signs where there are no titles,
// else a title with what the points' looks mean, in words or in signs. A note in that place leaves the
// signs, below the plane where they have room there.
/** @param {Pen} g @param {Stage} stage @param {Square} plot @param {string[]} titles @param {boolean} [answer] */
function paintFrame(g, stage, plot, titles, answer = false) {
  const { film, look } = stage, { size } = look, y = plot.y - 0.25 * size;
  g.strokeStyle = look.faint;
  g.lineWidth = 1;
  g.strokeRect(plot.x, plot.y, plot.side, plot.side);
  g.fillStyle = look.text;
  g.font = font(look);
  const wordings = stage.placing.active ? [] : pointWordings(film);
  const signs = titles.length ? 0 : paintSigns(g, stage);
  const [title, words] = titleWith(g, titles.length ? titles : [""], wordings, plot.side - signs);
  if (!stage.notes.length) {
    const inSigns = wordings.length && !words && (signs || answer) && signsAbove(g, stage, plot, signs);
    g.fillStyle = look.text;
    g.textBaseline = "bottom";
    g.textAlign = "left";
    if (!inSigns) g.fillText(title, plot.x, y);
    g.textAlign = "right";
    g.fillText(words, plot.x + plot.side, y);
  } else if (roomBelow(stage)) signsAbove(g, stage, { ...plot, y: plot.y + plot.side + 2.8 * size }, signs);
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

const TO_EXPLAIN = 4.8; // of the letters' height: ticks, a line, and the note at the slider

// Whether what the points' looks mean has a place below the plane, while a note stands above it.
/** @param {Stage} stage */
const roomBelow = ({ box: { plane, loss, height }, look }) =>
  height - plane.y - plane.side > TO_EXPLAIN * look.size && !(loss && loss.x < plane.x + plane.side);

const BEYOND = 1.8; // of the letters' height: by so much signs begin left of the plane

// What the points' looks mean, in signs, after so much that stands there already; a number's colours
// are said before them. Whether that had room.
/** @param {Pen} g @param {Stage} stage @param {Square} plot @param {number} taken */
function signsAbove(g, stage, plot, taken) {
  const { film, look } = stage, { size } = look, colours = film.classes ? "" : colourWords(film);
  const from = plot.x + (taken || -BEYOND * size), x = from + (colours ? g.measureText(colours).width + 0.6 * size : 0);
  const painted = paintEntries(g, stage, x, plot.y - 0.95 * size, plot.x + plot.side + 0.3 * size - x);
  g.textBaseline = "bottom";
  if (painted) g.fillText(colours, from, plot.y - 0.25 * size);
  return painted;
}

const NAMELESS = 2.2; // of the letters' height: with less room than that a sign has no name beside it

// What each class's points look like, above the plane; the longest names are cut where there is no
// room for all. Returns how much of the plane's width the last line takes.
/** @param {Pen} g @param {Stage} stage */
function paintSigns(g, stage) {
  const { film, look, box } = stage, { plane, signs } = box, gap = 0.6 * look.size;
  const left = plane.x - BEYOND * look.size, room = plane.side + (BEYOND + 0.3) * look.size;
  const across = Math.ceil(film.classes / signs);
  let x = left;
  for (let line = 0; line < signs; line++) {
    const kinds = Array.from({ length: film.classes }, (_, kind) => kind).slice(line * across, (line + 1) * across);
    const most = longest(kinds.map((kind) => kindWidth(g, stage, kind)), room - gap * (kinds.length - 1));
    const nameless = most < NAMELESS * look.size, y = plane.y - (0.95 + 1.35 * (signs - 1 - line)) * look.size;
    x = left;
    for (const kind of kinds) {
      const end = gap + paintKind(g, stage, kind, x, y, nameless ? 0 : most);
      x = nameless ? x + room / kinds.length : end;
    }
  }
  return x - plane.x;
}

// The most that any of some widths may have, so that all of them have room.
/** @param {number[]} widths @param {number} room */
function longest(widths, room) {
  let left = room;
  const rising = [...widths].sort((one, other) => one - other);
  for (const [k, width] of rising.entries()) {
    if (width > left / (rising.length - k)) return left / (rising.length - k);
    left -= width;
  }
  return room;
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
  const answers = film.pointRoom.at(-1).a, rim = isSoftmax(film) ? look.text : look.rim;
  for (let p = 0; p < n; p++) {
    const [x, y] = place(p), kind = kindOf(film, p);
    const colour = film.classes ? kindColour(film, kind) : shadeOf(stage, film.t[p]);
    if (film.classes && kind !== kindSaid(film, answers, p)) {
      g.beginPath();
      g.arc(x, y, r + 0.22 * look.size * few, 0, 2 * Math.PI);
      g.strokeStyle = look.text;
      g.lineWidth = 1.5;
      g.stroke();
    }
    traceSign(g, kind, x, y, r);
    const trained = p < film.trained;
    g.fillStyle = trained ? colour : look.rim;
    g.strokeStyle = trained ? (film.classes ? rim : look.text) : colour;
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
