// @ts-check
// A sweep, painted at one moment: every film a square, and one of them large beside them.

import { cellAt, cellsIn, paintSides } from "../shared/cells.js";
import { sampleShades } from "../shared/samples.js";
import { traceSign } from "../stage/signs.js";

const NO_NUMBER = -128;
const WIDE = 44; // sizes of its letters: a picture so wide has room for a large film beside the others

// The colours of the reader's theme, one for each answer, and one for each class.
/** @param {HTMLElement} root @param {SweepMessage} sweep */
export function sweepLook(root, { colours, kinds }) {
  const style = getComputedStyle(root), read = (name) => style.getPropertyValue(name).trim();
  const paper = read("--st-background-color");
  return {
    shades: sampleShades(paper, colours, kinds),
    kinds: kinds.length ? kinds : [colours.negative, colours.positive],
    paper, text: read("--st-text-color"),
    line: read("--st-border-color"), family: style.fontFamily,
  };
}

/** @param {Pen} g @param {SweepView} view @param {number} width @param {number} height @param {number} em @returns {SweepPlaces} */
export function sweepPlaces(g, { grid, films }, width, height, em) {
  const whole = cellsIn(g, grid, width, height, em);
  if (films.length === 1 || whole.rows === 1 || width < WIDE * em) return { cells: whole, beside: null };
  const most = whole.left + whole.columns * whole.height * 1.15 + whole.right;
  const cells = cellsIn(g, grid, Math.min(0.6 * width, most), height, em, whole.flat);
  const x = cells.left + cells.columns * cells.width + Math.max(2 * em, cells.right + em), y = cells.top;
  const side = Math.min(width - x - 1, cells.rows * cells.height);
  return { cells, beside: { x, y, width: side, height: side } };
}

// The largest square in the middle of a cell.
/** @param {PartPlace} place @param {number} gap @returns {PartPlace} */
export function squareIn({ x, y, width, height }, gap) {
  const side = Math.max(1, Math.min(width, height) - gap);
  return { x: x + (width - side) / 2, y: y + (height - side) / 2, width: side, height: side };
}

// A film's frame, as small as it came; drawn larger it is smooth.
/** @param {Pen} pen @param {SweepReel} reel @param {number} frame @param {number} side @param {SweepLook} look */
function paintFrame(pen, { tiles }, frame, side, { shades }) {
  const image = pen.createImageData(side, side), pixels = new Uint32Array(image.data.buffer);
  const first = frame * side * side;
  for (let k = 0; k < pixels.length; k++) {
    const value = tiles[first + k];
    if (value !== NO_NUMBER) pixels[k] = shades[value + 128];
  }
  pen.putImageData(image, 0, 0);
}

/** @param {Pen} g @param {SweepMessage} sweep @param {SweepView} view @param {(SweepReel | null)[]} reels @param {SweepPlaces} places @param {SweepLook} look @param {{ frame: number, chosen: number, points: Float32Array, small: HTMLCanvasElement }} now */
export function paintSweep(g, sweep, view, reels, places, look, { frame, chosen, points, small }) {
  const { cells, beside } = places, { em } = cells, pen = small.getContext("2d");
  small.width = small.height = sweep.side;
  g.font = `${em}px ${look.family}`;
  g.imageSmoothingEnabled = true;
  g.imageSmoothingQuality = "high";
  paintSides(g, view.grid, cells, look.text);
  const paint = (film, place) => {
    const reel = reels[film];
    if (reel) {
      paintFrame(pen, reel, frame, sweep.side, look);
      g.drawImage(small, place.x, place.y, place.width, place.height);
    }
    g.lineWidth = 1;
    g.strokeStyle = look.line;
    g.strokeRect(place.x + 0.5, place.y + 0.5, place.width - 1, place.height - 1);
    if (reel && reel.reads[frame] !== reel.reads[frame]) cross(g, place, look.line);
    if (reel && place.width > 11 * em) paintPoints(g, sweep, points, place, look, em);
  };
  view.films.forEach((film, k) => {
    const place = squareIn(cellAt(cells, k), 0.25 * em);
    paint(film, place);
    if (film === chosen || film === sweep.own) mark(g, place, look, em, film === sweep.own);
  });
  if (beside) paint(chosen, beside);
}

// It diverged: there is nothing that it says.
/** @param {Pen} g @param {PartPlace} place @param {string} colour */
function cross(g, { x, y, width, height }, colour) {
  g.strokeStyle = colour;
  g.beginPath();
  g.moveTo(x, y);
  g.lineTo(x + width, y + height);
  g.moveTo(x + width, y);
  g.lineTo(x, y + height);
  g.stroke();
}

/** @param {Pen} g @param {PartPlace} place @param {SweepLook} look @param {number} em @param {boolean} own */
function mark(g, { x, y, width, height }, look, em, own) {
  g.lineWidth = Math.max(2, 0.17 * em);
  g.strokeStyle = look.text;
  g.setLineDash(own ? [] : [0.5 * em, 0.25 * em]);
  g.strokeRect(x, y, width, height);
  g.setLineDash([]);
}

// The points that all films learn from, as the stage draws them: each class has its sign, and a number
// that of the side of the middle on which it lies.
/** @param {Pen} g @param {SweepMessage} sweep @param {Float32Array} points @param {PartPlace} place @param {SweepLook} look @param {number} em */
function paintPoints(g, { left, right, classes, kinds }, points, { x, y, width }, look, em) {
  const size = Math.max(2, 0.22 * em), scale = width / (right - left), middle = classes ? 0.5 : 0;
  g.save();
  g.beginPath();
  g.rect(x, y, width, width);
  g.clip();
  g.strokeStyle = look.paper;
  g.lineWidth = 1;
  for (let k = 0; k < points.length; k += 3) {
    const px = x + (points[k] - left) * scale, py = y + (right - points[k + 1]) * scale;
    const kind = kinds.length ? points[k + 2] : +(points[k + 2] > middle);
    g.fillStyle = look.kinds[kind];
    traceSign(g, kind, px, py, size);
    g.fill();
    g.stroke();
  }
  g.restore();
}
