// @ts-check
// What curves are called stands above their panel, and words beside a point stand where no curve is:
// here it is known how large the chart is. And what the names say at another moment.

import { LETTER } from "./layout.js";

// views/mnist/training/curves.py
const HEAD_NAME = "above its panel";
const NEAR_POINT = "beside a point";
const HEAD_ROW = 1.3; // of its size is the height of a row
const SOME_NUMBER = " 0.00000"; // the room of one, so that no row breaks while it changes
const BETWEEN_HEADS = 1; // of the size: between two names in a row
const HEAD_EDGE = 4; // pixels: from the chart's edge
const FAR_FROM_POINT = [1, 2, 3.5, 5, 7]; // of the size: how far words are from their point, the nearest first
const WAYS_AROUND = 16; // around it
const COVERS_CURVE = 0.5; // what a piece of a curve under words costs, in sizes away from the point
const STICKS_OUT = 1e6; // what it costs to stick out of the panel
const DOT_EVERY = 3; // pixels between two points of a curve that is looked at
const STAYS_PUT = 1.5; // sizes that another place must be better by

/** @param {any[]} annotations @param {string} name */
const annotationsCalled = (annotations, name) => (annotations ?? []).map((a, index) => ({ a, index })).filter(({ a }) => a.name === name);

// A name as wide as it is with any number.
/** @param {string} text */
export const withAnyNumber = (text) => text.replace(/ \S*\d.*$/, "") + SOME_NUMBER;

// In which row each name above a panel stands, from the top, and whether it ends at the right edge.
/** @param {number[]} widths of the names @param {number} size of their letters @param {number} width */
export function rowsIn(widths, size, width) {
  const all = widths.reduce((sum, n) => sum + n, BETWEEN_HEADS * size * (widths.length - 1));
  const one = all <= width - 2 * HEAD_EDGE;
  return widths.map((_, k) => ({ row: one ? 0 : k, right: one && k > 0 && k === widths.length - 1 }));
}

// How wide words are drawn.
/** @param {any} font @returns {(text: string) => number} */
function measuring({ family, size }) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${size}px ${family}`;
  return (text) => pen.measureText(text).width;
}

// Put the names above their panels, and make room for them: panels are equally high.
/** @param {any} layout @param {number} width @param {number} height */
export function putHeads(layout, width, height) {
  const heads = annotationsCalled(layout.annotations, HEAD_NAME).map(({ a }) => a);
  if (!heads.length) return;
  const font = { ...layout.template?.layout?.font, ...layout.font, ...heads[0].font }, { size } = font;
  const high = HEAD_ROW * size, wide = measuring(font);
  const panels = [...new Set(heads.map(({ yref }) => yref))];
  const rows = panels.map((panel) => {
    const own = heads.filter(({ yref, text }) => yref === panel && text);
    const places = rowsIn(own.map(({ text }) => wide(withAnyNumber(text))), size, width);
    const count = Math.max(1, ...places.map(({ row }) => row + 1));
    places.forEach(({ row, right }, k) => Object.assign(own[k], {
      x: Number(right), xanchor: right ? "right" : "left", yshift: (count - 1 - row) * high + 1,
    }));
    return count;
  });
  layout.margin.t += (rows[0] - (layout.meta.rows ?? 0)) * high; // below the title's own room
  layout.meta.rows = rows[0];
  const plot = height - layout.margin.t - layout.margin.b, gaps = rows.slice(1).map((n) => ((n + 0.4) * high) / plot);
  const each = (1 - gaps.reduce((a, b) => a + b, 0)) / panels.length;
  let top = 1;
  panels.forEach((panel, k) => {
    layout[panel.split(" ")[0].replace("y", "yaxis")].domain = [Math.max(0, top - each), top];
    top -= each + (gaps[k] ?? 0);
  });
}

// The place for words of a size around a point: in the panel, where it covers least of the curves
// (`dots`), and near; the place it had is kept unless another one is clearly better.
/**
 * @param {number[]} point @param {{ wide: number, high: number, size: number }} words
 * @param {ChartBox} panel @param {number[][]} dots @param {number[]} [before]
 */
export function placeFor([x, y], { wide, high, size }, panel, dots, before) {
  const places = FAR_FROM_POINT.flatMap((away) => Array.from({ length: WAYS_AROUND }, (_, k) => {
    const turn = (2 * Math.PI * k) / WAYS_AROUND;
    const across = Math.cos(turn) * (away * size + wide / 2), down = Math.sin(turn) * (away * size + high / 2);
    const within = (middle, half, low, end) => Math.max(low + half, Math.min(end - half, middle));
    return [within(x + across, wide / 2, panel.left, panel.right) - x, within(y + down, high / 2, panel.top, panel.bottom) - y, away];
  }));
  if (before) places.push([...before, 0]);
  const cost = (/** @type {number[]} */ [across, down, away]) => {
    const left = x + across - wide / 2, right = left + wide, top = y + down - high / 2, bottom = top + high;
    const out = Math.max(0, panel.left - left, right - panel.right, panel.top - top, bottom - panel.bottom);
    const covered = dots.filter(([u, v]) => u > left && u < right && v > top && v < bottom).length;
    return (out ? STICKS_OUT + out : 0) + COVERS_CURVE * covered + (away || Math.hypot(across, down) / size - STAYS_PUT);
  };
  const costs = places.map(cost);
  return places[costs.indexOf(Math.min(...costs))].slice(0, 2);
}

// Points along a curve, so near to each other that none slips through between two of them.
/** @param {number[][]} ends */
function dotsAlong(ends) {
  const dots = [];
  ends.forEach(([x, y], k) => {
    const [u, v] = ends[k + 1] ?? [x, y], many = Math.max(1, Math.ceil(Math.hypot(u - x, v - y) / DOT_EVERY));
    for (let i = 0; i < many; i++) dots.push([x + ((u - x) * i) / many, y + ((v - y) * i) / many]);
  });
  return dots;
}

// Once a chart is drawn: names begin at its edge, and the words at a point find their place.
/** @param {any} plot */
export function settleHeads(plot) {
  const { _fullLayout: full, layout } = plot, change = {};
  const set = (index, field, value) => {
    if (Math.abs((layout.annotations[index][field] ?? 0) - value) > 1) change[`annotations[${index}].${field}`] = value;
  };
  for (const { a, index } of annotationsCalled(layout.annotations, HEAD_NAME)) {
    set(index, "xshift", a.xanchor === "right" ? full._size.r - HEAD_EDGE : HEAD_EDGE - full._size.l);
  }
  for (const { a, index } of annotationsCalled(layout.annotations, NEAR_POINT)) {
    const { xaxis, yaxis } = full, at = (u, v) => [xaxis._offset + xaxis.l2p(u), yaxis._offset + yaxis.l2p(v)];
    const panel = { left: xaxis._offset, right: xaxis._offset + xaxis._length, top: yaxis._offset, bottom: yaxis._offset + yaxis._length };
    const curves = plot._fullData.filter((trace) => trace.yaxis === "y" && trace.mode !== "markers" && trace.x?.length);
    const dots = curves.flatMap(({ x, y }) => dotsAlong(Array.from(x, (u, k) => at(u, y[k]))));
    const size = a.font?.size ?? full.font.size, words = { wide: LETTER * size * a.text.length + 4, high: HEAD_ROW * size, size };
    const [across, down] = placeFor(at(a.x, a.y), words, panel, dots, plot.glassboxNear);
    plot.glassboxNear = [across, down];
    set(index, "ax", across);
    set(index, "ay", down);
  }
  if (Object.keys(change).length) window.Plotly.relayout(plot, change);
}

// What the names say at a moment, and what is seen then, as Plotly.update takes it.
/** @param {any} layout @param {number | null} epoch of the moment; null for the last one */
export function wordsAt({ annotations, meta: { moments } }, epoch) {
  const { epochs, words, shown, traces } = moments, last = epochs.length - 1;
  const later = epoch === null ? -1 : epochs.findIndex((one) => one > epoch + 1e-9);
  const k = later < 0 ? last : Math.max(0, later - 1), heads = annotationsCalled(annotations, HEAD_NAME), change = {};
  heads.forEach(({ index }, i) => { change[`annotations[${index}].text`] = words[k][i]; });
  for (const { index } of annotationsCalled(annotations, NEAR_POINT)) change[`annotations[${index}].visible`] = shown[k];
  return { data: { visible: shown[k] || shown[last] === false }, layout: change, traces };
}
