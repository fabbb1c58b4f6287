// @ts-check
// A lottery, painted: everything grey but what the networks say, and one start that is marked.

import { rgbOf } from "../shared/colours.js";
import { whole } from "../shared/numbers.js";
import { sampleShades } from "../shared/samples.js";
import { levelOf } from "./places.js";

const NO_NUMBER = -128;
const SHARPER = 3; // pixels of a tile to a sample of it, so that a boundary is a line and no stairs

// The colours of the reader's theme.
/** @param {HTMLElement} root @param {LotteryMessage} lottery */
export function lookOf(root, { colours, kinds }) {
  const style = getComputedStyle(root), read = (name) => style.getPropertyValue(name).trim();
  const text = read("--st-text-color"), paper = read("--st-background-color");
  const none = rgbOf(paper);
  return {
    text,
    shades: sampleShades(paper, colours, kinds),
    line: read("--st-border-color"),
    family: style.fontFamily,
    grey: `rgb(${rgbOf(text).map((c, i) => Math.round((c + none[i]) / 2)).join(" ")})`,
  };
}

// All tiles on one sheet, finer than their samples; between two classes there is nothing, so that one
// sample of them is one square.
/** @param {LotteryMessage} lottery @param {Int8Array} samples @param {LotteryLook} look */
export function sheetOf({ side, seeds, kinds }, samples, look) {
  const canvas = document.createElement("canvas"), fine = side * SHARPER;
  const columns = Math.max(1, Math.ceil(Math.sqrt(seeds.length)));
  canvas.width = columns * fine;
  canvas.height = Math.max(1, Math.ceil(seeds.length / columns)) * fine;
  const pen = canvas.getContext("2d"), image = pen.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const place = (k) =>
    kinds.length ? Math.floor(k / SHARPER) : Math.max(0, Math.min(side - 1, (k + 0.5) / SHARPER - 0.5));
  for (let start = 0; start < seeds.length; start++) {
    const corner = Math.floor(start / columns) * fine * canvas.width + (start % columns) * fine;
    const first = start * side * side;
    for (let row = 0; row < fine; row++) {
      const y = place(row), above = Math.floor(y), down = y - above;
      const upper = first + above * side, lower = first + Math.min(side - 1, above + 1) * side;
      for (let column = 0; column < fine; column++) {
        const x = place(column), left = Math.floor(x), right = Math.min(side - 1, left + 1), along = x - left;
        if (samples[upper + left] === NO_NUMBER) continue;
        const high = samples[upper + left] * (1 - along) + samples[upper + right] * along;
        const low = samples[lower + left] * (1 - along) + samples[lower + right] * along;
        const value = Math.max(-127, Math.min(127, high * (1 - down) + low * down));
        pixels[corner + row * canvas.width + column] = look.shades[Math.round(value) + 128];
      }
    }
  }
  pen.putImageData(image, 0, 0);
  return { canvas, columns, fine };
}

// One of them.
/** @param {Pen} g @param {Sheet} sheet @param {number} start @param {number} x @param {number} y @param {number} size */
export function paintTile(g, { canvas, columns, fine }, start, x, y, size) {
  const left = (start % columns) * fine, top = Math.floor(start / columns) * fine;
  g.drawImage(canvas, left, top, fine, fine, x, y, size, size);
}

/** @param {Pen} g @param {LotteryMessage} lottery @param {Uint16Array} heights @param {LotteryPlaces} places @param {number} start */
function traceCurve(g, { points, across }, heights, { curves }, start) {
  let open = false;
  for (let k = 0; k < points; k++) {
    const level = levelOf(heights[start * points + k]);
    if (level !== level) break;
    const x = curves.x + curves.width * across[k], y = curves.y + curves.height * (1 - level);
    if (open) g.lineTo(x, y);
    else g.moveTo(x, y);
    open = true;
  }
}

// What changes only with the lottery, the size and the theme.
/** @param {Pen} g @param {LotteryDrawn} drawn */
export function paintAll(g, { lottery, heights, places, look, sheet }) {
  const { curves, bars, em, line } = places;
  g.font = `${em}px ${look.family}`;
  paintAxes(g, lottery, places, look);
  g.strokeStyle = look.grey;
  g.lineWidth = Math.max(0.75, em / 16);
  g.globalAlpha = Math.max(0.1, Math.min(0.6, 24 / (lottery.seeds.length || 1)));
  for (let start = 0; start < lottery.seeds.length; start++) {
    g.beginPath();
    traceCurve(g, lottery, heights, places, start);
    g.stroke();
  }
  g.globalAlpha = 1;
  lottery.counts.forEach((_, bar) => paintBar(g, lottery, places, bar, look.grey));
  if (lottery.counts.at(-1)) {
    g.fillStyle = look.text;
    g.textAlign = "left";
    g.fillText("diverged", bars.x, bars.y - 0.55 * line);
  }
  paintWall(g, lottery, places, look, sheet);
  g.strokeStyle = look.line;
  g.strokeRect(curves.x, curves.y, curves.width, curves.height);
}

/** @param {Pen} g @param {LotteryMessage} lottery @param {LotteryPlaces} places @param {LotteryLook} look */
function paintAxes(g, lottery, { curves, bars, em }, look) {
  const bottom = curves.y + curves.height;
  g.lineWidth = 1;
  g.strokeStyle = look.line;
  g.fillStyle = look.text;
  g.textAlign = "right";
  g.textBaseline = "middle";
  lottery.losses.forEach((height, k) => {
    const y = curves.y + curves.height * (1 - height);
    g.beginPath();
    g.moveTo(curves.x, y);
    g.lineTo(bars.x + bars.width, y);
    g.stroke();
    g.fillText(short(lottery.labels[k]), curves.x - 0.35 * em, y);
  });
  g.textBaseline = "alphabetic";
  g.textAlign = "left";
  g.fillText("loss", 0, curves.y - 0.45 * em);
  const y = bottom + 1.05 * em, span = Math.log1p(lottery.last) || 1;
  const edge = curves.x + curves.width, end = edge - g.measureText(whole(lottery.last)).width;
  g.textAlign = "right";
  g.fillText(whole(lottery.last), edge, y);
  g.textAlign = "center";
  let free = curves.x - 2 * em;
  for (let step = 1; step <= lottery.last; step *= 10) {
    const label = whole(step), x = curves.x + (curves.width * Math.log1p(step)) / span;
    const half = g.measureText(label).width / 2;
    if (x - half < free || x + half > end - 0.8 * em) continue;
    g.fillText(label, x, y);
    free = x + half + 0.8 * em;
  }
  g.fillText("step", curves.x + curves.width / 2, bottom + 2.2 * em);
  g.textAlign = "left";
  g.fillText("starts", bars.x, bottom + 1.05 * em);
  g.fillText("that end here", bars.x, bottom + 2.2 * em);
}

// 10⁻³ is enough where 1 × 10⁻³ has no room.
/** @param {string} label */
const short = (label) => label.replace(/^1 × /, "");

/** @param {Pen} g @param {LotteryMessage} lottery @param {LotteryPlaces} places @param {number} bar @param {string} colour */
export function paintBar(g, { counts }, { bars, line }, bar, colour) {
  const last = counts.length - 1, most = Math.max(...counts, 1), height = bars.height / last;
  if (!counts[bar]) return;
  const y = bar === last ? bars.y - 0.45 * line : bars.y + bars.height - (bar + 1) * height;
  g.fillStyle = colour;
  g.fillRect(bars.x, y + 0.5, Math.max(2, (bars.width * counts[bar]) / most), (bar === last ? 0.4 * line : height) - 1);
}

/** @param {Pen} g @param {LotteryMessage} lottery @param {LotteryPlaces} places @param {LotteryLook} look @param {Sheet} sheet */
function paintWall(g, lottery, { tiles, heads, size, wall }, look, sheet) {
  g.textAlign = "left";
  g.textBaseline = "alphabetic";
  g.fillStyle = look.text;
  const fits = (words) => g.measureText(words).width <= wall.width;
  for (const { words, x, y } of heads) g.fillText(fits(words) ? words : words.split(":")[0], x, y);
  const gap = size > 12 ? Math.max(1, 0.06 * size) : 0.5;
  g.strokeStyle = look.line;
  tiles.forEach(({ x, y }, k) => {
    const trained = k < lottery.seeds.length;
    if (trained) paintTile(g, sheet, k, x, y, size - gap);
    g.strokeRect(x + 0.5, y + 0.5, size - gap - 1, size - gap - 1);
    if (!trained || lottery.bars[k] < lottery.between.length - 1) return;
    g.beginPath(); // it diverged: there is nothing that it says
    g.moveTo(x, y);
    g.lineTo(x + size - gap, y + size - gap);
    g.moveTo(x + size - gap, y);
    g.lineTo(x, y + size - gap);
    g.stroke();
  });
}

// The starts that are pointed at, or the reader's own: their curves and tiles, told apart.
/** @param {Pen} g @param {LotteryDrawn} drawn @param {LotteryFound | null} lit */
export function paintLit(g, { lottery, heights, places, look }, lit) {
  const { tiles, size, em } = places;
  if (lit && lit.bar >= 0) paintBar(g, lottery, places, lit.bar, look.text);
  const starts = lit?.starts ?? [], many = starts.length > 1;
  const marked = lottery.own >= 0 && !starts.includes(lottery.own) ? [lottery.own] : [];
  g.strokeStyle = look.text;
  g.lineJoin = "round";
  for (const start of [...marked, ...starts]) {
    const thin = many && start !== lottery.own;
    g.globalAlpha = thin ? 0.35 : 1;
    g.setLineDash(start === lottery.own ? [] : [0.5 * em, thin ? 0 : 0.25 * em]);
    g.lineWidth = (thin ? 0.07 : 0.17) * em;
    g.beginPath();
    traceCurve(g, lottery, heights, places, start);
    g.stroke();
    g.setLineDash([]);
    g.globalAlpha = 1;
    g.lineWidth = Math.max(1.5, (start === lottery.own ? 0.2 : 0.14) * em);
    const { x, y } = tiles[start], inset = g.lineWidth / 2;
    g.strokeRect(x - inset, y - inset, size - 1 + inset, size - 1 + inset);
  }
}
