// @ts-check
// A map, painted: the darker a cell the better; what diverged is hatched, for it has no value.

import { cellAt, paintSides } from "../shared/cells.js";
import { legible, rgbOf } from "../shared/colours.js";

const READABLE = 1.05; // of the letters' height: in a lower cell a number is left out

// The colours of the reader's theme, and those from nothing to much: figures/theme.py, SEQUENTIAL.
/** @param {HTMLElement} root */
export function mapLook(root) {
  const style = getComputedStyle(root), read = (name) => style.getPropertyValue(name).trim();
  const [paper, accent, text] = ["background", "primary", "text"].map((name) => rgbOf(read(`--st-${name}-color`)));
  return { paper, accent, text, line: read("--st-border-color"), family: style.fontFamily };
}

/** @param {number[]} from @param {number[]} to @param {number} share */
const between = (from, to, share) => from.map((c, i) => Math.round(c + (to[i] - c) * share));
/** @param {number[]} colour */
const css = (colour) => `rgb(${colour.join(" ")})`;

/** @param {MapLook} look @param {number} share */
function shade({ paper, accent, text }, share) {
  return share < 0.6 ? between(paper, accent, share / 0.6) : between(accent, text, (share - 0.6) / 0.4);
}

/** @param {Pen} g @param {MapMessage} map @param {CellsPlaces} places @param {MapLook} look */
export function paintMap(g, map, places, look) {
  g.font = `${places.em}px ${look.family}`;
  paintSides(g, map, places, css(look.text));
  g.textAlign = "center";
  g.textBaseline = "middle";
  map.cells.forEach((cell, k) => paintCell(g, cell, cellAt(places, k), look, places.em));
}

/** @param {Pen} g @param {MapCell} cell @param {PartPlace} place @param {MapLook} look @param {number} em */
function paintCell(g, { fill, hatched, text }, place, look, em) {
  const x = place.x + 1, y = place.y + 1, width = place.width - 2, height = place.height - 2;
  const whole = width * (1 - hatched), under = fill === null ? look.paper : shade(look, fill);
  g.fillStyle = css(under);
  g.fillRect(x, y, whole, height);
  if (hatched) hatch(g, { x: x + whole, y, width: width - whole, height }, look);
  g.strokeStyle = look.line;
  g.lineWidth = 1;
  g.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  const fitting = [text, text.replace(" %", "")].find((words) => g.measureText(words).width < width - 6);
  if (!fitting || height < READABLE * em) return;
  const wide = g.measureText(fitting).width;
  const at = Math.max(x + wide / 2 + 1, x + Math.max(whole, wide + 4) / 2);
  if (wide > whole) { // it stands on the hatched part, too
    g.fillStyle = css(under);
    g.fillRect(x, y + (height - em) / 2, wide + 4, em);
  }
  g.fillStyle = css(legible([look.text, look.paper], under));
  g.fillText(fitting, at, y + height / 2);
}

// A part of a cell whose starts diverged.
/** @param {Pen} g @param {PartPlace} place @param {MapLook} look */
function hatch(g, { x, y, width, height }, { text }) {
  g.save();
  g.beginPath();
  g.rect(x, y, width, height);
  g.clip();
  g.strokeStyle = css(text);
  g.lineWidth = 1;
  g.beginPath();
  for (let along = x - height; along < x + width; along += 7) {
    g.moveTo(along, y + height);
    g.lineTo(along + height, y);
  }
  g.stroke();
  g.restore();
}

// The reader's own cell, and the one that is pointed at.
/** @param {Pen} g @param {MapMessage} map @param {CellsPlaces} places @param {MapLook} look @param {number} lit */
export function paintMarks(g, { own }, places, look, lit) {
  for (const cell of new Set([own, lit])) {
    if (cell < 0) continue;
    const { x, y, width, height } = cellAt(places, cell), edge = Math.max(2, 0.17 * places.em);
    for (const [colour, thick] of [[look.paper, edge + 2], [look.text, edge]]) {
      g.strokeStyle = css(/** @type {number[]} */ (colour));
      g.lineWidth = /** @type {number} */ (thick);
      g.setLineDash(cell === own ? [] : [0.5 * places.em, 0.25 * places.em]);
      g.strokeRect(x + edge / 2, y + edge / 2, width - edge, height - edge);
    }
    g.setLineDash([]);
  }
}
