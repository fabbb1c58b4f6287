// @ts-check
// The drawn network: a tile for each unit with what it answers everywhere on the plane, a curve
// for each weight, a dot for each bias.

import { ACTIVATIONS } from "../shared/activations.js";
import { headsOf, TOUCH } from "./layout.js";
import { isSoftmax, kindName } from "./kinds.js";
import { font, shade, shadeKind, shadeWinners } from "./look.js";
import { fitting, paintSign } from "./signs.js";

/** @param {Tile[]} units @param {number} layer */
const unitsOf = (units, layer) => units.filter((u) => u.layer === layer);
/** @param {Tile} u */
export const biasSpot = (u) => ({ x: u.x - 0.5 * u.side, y: u.y + 0.5 * u.side, r: 0.14 * u.side + 1.5 });

// The two ends and the bend of the curve that stands for a weight.
/** @param {Tile} from @param {Tile} to @returns {Curve} */
export function linkBetween(from, to) {
  const x0 = from.x + from.side / 2, x1 = to.x - to.side / 2, bend = (x1 - x0) / 2;
  return { x0, y0: from.y, x1, y1: to.y, bend };
}

/** @param {Curve} link @param {number} x */
export function linkHeight(link, x) {
  // The curve runs evenly enough in x for a pointer: solve for its parameter by halving.
  let low = 0, high = 1;
  for (let i = 0; i < 20; i++) {
    const s = (low + high) / 2, r = 1 - s;
    const at = r ** 3 * link.x0 + 3 * r * r * s * (link.x0 + link.bend)
      + 3 * r * s * s * (link.x1 - link.bend) + s ** 3 * link.x1;
    if (at < x) low = s; else high = s;
  }
  const s = (low + high) / 2, r = 1 - s;
  return (r ** 3 + 3 * r * r * s) * link.y0 + (3 * r * s * s + s ** 3) * link.y1;
}

// Calls `each(parameter, from, to)` for every weight of the network.
/**
 * @param {Film} film
 * @param {Tile[]} units
 * @param {(index: number, from: Tile, to: Tile) => void} each
 */
export function eachLink(film, units, each) {
  film.layers.forEach((layer, l) => {
    const before = unitsOf(units, l), after = unitsOf(units, l + 1);
    for (let i = 0; i < layer.inputs; i++) {
      for (let j = 0; j < layer.units; j++) {
        each(layer.W + i * layer.units + j, before[i], after[j]);
      }
    }
  });
}

/** @param {number} w @param {Look} look */
const linkWidth = (w, look) => Math.min(0.6 * look.size, 0.6 + 0.13 * look.size * Math.abs(w));

/** @param {Pen} g @param {Stage} stage */
function paintLinks(g, stage) {
  const { film, look, theta, units, touched } = stage;
  eachLink(film, units, (index, from, to) => {
    const w = theta[index], link = linkBetween(from, to);
    g.strokeStyle = w < 0 ? look.negative : w > 0 ? look.positive : look.faint;
    g.globalAlpha = index === touched.parameter ? 1 : 0.75;
    g.lineWidth = Number.isFinite(w) ? linkWidth(w, look) : 1;
    g.setLineDash(Number.isFinite(w) ? [] : [3, 3]);
    if (index === touched.parameter) {
      const { strokeStyle, lineWidth } = g;
      g.strokeStyle = look.text;
      g.lineWidth += 5;
      strokeLink(g, link);
      g.strokeStyle = strokeStyle;
      g.lineWidth = lineWidth + 1;
    }
    strokeLink(g, link);
  });
  g.globalAlpha = 1;
  g.setLineDash([]);
}

/** @param {Pen} g @param {Curve} curve */
function strokeLink(g, { x0, y0, x1, y1, bend }) {
  g.beginPath();
  g.moveTo(x0, y0);
  g.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
  g.stroke();
}

// How values of a unit are coloured: around which middle, and how far to the full colour.
/** @param {Film} film @param {number} layer @param {Plane} values */
function rangeOf(film, layer, values) {
  if (layer === film.layers.length) return [film.middle, film.high - film.middle];
  const middle = layer ? ACTIVATIONS[film.layers[layer - 1].activation].middle : 0;
  let most = 0;
  for (const value of values) {
    const size = Math.abs(value - middle);
    if (size > most && size < Infinity) most = size;
  }
  // A unit that hardly says anything must look so; a loud one is shown relative to its loudest.
  return [middle, Math.max(most, middle ? middle : 1)];
}

const TILE = 25; // cells along a tile's edge

/** @param {Pen} g @param {Stage} stage */
function paintTiles(g, stage) {
  const { film, look, units, grid, touched } = stage;
  const stride = Math.floor(grid.cells / TILE);
  stage.tiles ??= units.map(() => document.createElement("canvas"));
  units.forEach((u, k) => {
    const tile = stage.tiles[k];
    if (tile.width !== TILE) tile.width = tile.height = TILE;
    const pen = tile.getContext("2d");
    stage.tileImage ??= pen.createImageData(TILE, TILE);
    shadeUnit(stage, stage.tileImage, u.layer, u.unit, stride);
    pen.putImageData(stage.tileImage, 0, 0);
    const left = u.x - u.side / 2, top = u.y - u.side / 2;
    g.fillStyle = look.background;
    g.fillRect(left, top, u.side, u.side);
    g.drawImage(tile, left, top, u.side, u.side);
    const chosen = touched.unit && touched.unit.layer === u.layer && touched.unit.unit === u.unit;
    g.strokeStyle = chosen ? look.accent : look.text;
    g.lineWidth = chosen ? 3 : 1;
    g.strokeRect(left, top, u.side, u.side);
    if (u.layer > 0) paintBias(g, stage, u);
    if (u.layer === film.layers.length && isSoftmax(film)) paintClassOf(g, stage, u);
  });
}

/** @param {Pen} g @param {Stage} stage @param {Tile} u */
function paintBias(g, stage, u) {
  const { film, look, theta, touched } = stage;
  const index = film.layers[u.layer - 1].b + u.unit, b = theta[index], spot = biasSpot(u);
  g.beginPath();
  g.arc(spot.x, spot.y, spot.r, 0, 2 * Math.PI);
  g.fillStyle = look.background;
  g.fill();
  g.globalAlpha = Math.min(1, 0.15 + Math.abs(b));
  g.fillStyle = b < 0 ? look.negative : b > 0 ? look.positive : look.background;
  g.fill();
  g.globalAlpha = 1;
  g.strokeStyle = look.text;
  g.lineWidth = index === touched.parameter ? 3 : 1;
  g.stroke();
}

// An output's class: its sign in the tile's corner, and its name below, where there is room for it
// beside the bias.
/** @param {Pen} g @param {Stage} stage @param {Tile} u */
function paintClassOf(g, stage, u) {
  const { film, look, units, box } = stage, below = units.find((other) => other.layer === u.layer && other.unit === u.unit + 1);
  const r = Math.min(0.36 * look.size, 0.2 * u.side);
  paintSign(g, stage, u.unit, u.x + u.side / 2 - 1.5 * r, u.y - u.side / 2 + 1.5 * r, r);
  const free = (below ? below.y - u.side / 2 : box.network.y + box.network.height) - u.y - u.side / 2;
  if (free < 1.1 * look.size) return;
  const left = biasSpot(u).x + biasSpot(u).r + 0.15 * look.size;
  g.fillStyle = look.text;
  g.textAlign = "left";
  g.textBaseline = "top";
  const words = fitting(g, kindName(film, u.unit), Math.min(u.x + u.side / 2 + 1.7 * look.size, box.width) - left);
  g.fillText(words, left, u.y + u.side / 2 + 0.1 * look.size);
}

// What stands above the columns, in letters as they are drawn here.
/** @param {Pen} g @param {Stage} stage */
export function headsIn(g, { film, look, units, box }) {
  g.font = font(look);
  return headsOf(film.sizes, units, look.size, (words) => g.measureText(words).width, box.switches.length > 0);
}

/** @param {Pen} g @param {Stage} stage */
export function paintNetwork(g, stage) {
  const { film, look, units, box } = stage, built = box.switches.length > 0;
  const heads = headsIn(g, stage);
  g.fillStyle = look.text;
  g.textAlign = "center";
  g.textBaseline = built ? "middle" : "top";
  heads.forEach(({ head, x }) => g.fillText(head, x, box.network.y + (built ? TOUCH : 0)));
  paintLinks(g, stage);
  paintTiles(g, stage);
  if (built) return; // what switches an input has its name
  g.fillStyle = look.text;
  g.textAlign = "right";
  g.textBaseline = "middle";
  unitsOf(units, 0).forEach((u) => {
    g.fillText(film.inputs[u.unit], u.x - u.side / 2 - 0.4 * look.size, u.y);
  });
}

// A unit's answers everywhere in colours, from every so many-th cell of the grid.
/** @param {Stage} stage @param {ImageData} image @param {number} layer @param {number} unit @param {number} stride */
export function shadeUnit(stage, image, layer, unit, stride) {
  const { film, look, grid } = stage, last = layer === film.layers.length;
  if (last && unit < 0) return shadeWinners(look, image, grid.room.at(-1).a);
  const values = valuesOf(stage, grid, layer, unit);
  if (last && isSoftmax(film)) return shadeKind(look, image, values, unit, stride, grid.cells);
  const [middle, scale] = rangeOf(film, layer, values);
  shade(look, image, values, middle, scale, stride, grid.cells);
}

// A unit's answers over a grid or over the points; layer 0 are the inputs themselves.
/**
 * @param {Stage} stage
 * @param {{ inputs: Plane[], room: Room[] }} where
 * @param {number} layer
 * @param {number} unit
 */
function valuesOf(stage, where, layer, unit) {
  return layer === 0 ? where.inputs[unit] : where.room[layer - 1].a[unit];
}
