// @ts-check
// Where a name stands beside a mark or an arrow: in the panel, on no other name, and, of what is left,
// where it covers least of the paths. Here it is known how large the chart is.

import { LETTER } from "./layout.js";

const MARK = "a mark"; // figures/landscape.py
const AROUND = [[0, 1], [1, 1], [-1, 1], [0, -1], [1, -1], [-1, -1], [1, 0], [-1, 0]]; // across, up
// What each of these costs.
const OUTSIDE = 1e6;
const ON_A_NAME = 1e4;
const ON_AN_END = 1e3;
const ANOTHER_SIDE = 20;
const HIGH = 1.35; // of its size is the height of a line

/** The first panel in pixels. @param {any} layout @param {number} width @param {number} height @returns {ChartPanel} */
export function firstPanel({ margin = {}, xaxis, yaxis }, width, height) {
  const { l = 60, r = 16, t = 56, b = 52 } = margin, [from, to] = xaxis.domain ?? [0, 1], [low, high] = yaxis.domain ?? [0, 1];
  const left = l + from * (width - l - r), right = l + to * (width - l - r);
  const bottom = height - b - low * (height - t - b), top = height - b - high * (height - t - b);
  const along = (value, [first, last], start, end) => start + ((value - first) / (last - first)) * (end - start);
  return {
    left, right, top, bottom,
    toX: (value) => along(value, xaxis.range, left, right),
    toY: (value) => along(value, yaxis.range, bottom, top),
  };
}

// The box of a name that stands on one side of a point, so far away from it.
/** @param {number[]} point @param {number[]} side @param {number} wide @param {number} high @param {number} away @returns {ChartBox} */
export function boxOnSide([x, y], [across, up], wide, high, away) {
  const far = across && up ? 0.7 * away : away;
  const left = x + across * far + ((across - 1) / 2) * wide, top = y - up * far - ((up + 1) / 2) * high;
  return { left, top, right: left + wide, bottom: top + high };
}

/** @param {ChartBox} a @param {ChartBox} b */
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// The best side of a point for a name: `taken` are boxes, `dots` points of paths, each with what it
// costs to cover it; the side it had before is kept unless another one is clearly better.
/** @param {number[]} point @param {NameSize} size @param {ChartPanel} panel @param {ChartBox[]} taken @param {number[][]} dots @param {number[]} [before] */
export function sideOf(point, size, panel, taken, dots, before) {
  const costs = costsOf(point, size, panel, taken, dots, before);
  return AROUND[costs.indexOf(Math.min(...costs))];
}

// What each side costs.
/** @param {number[]} point @param {NameSize} size @param {ChartPanel} panel @param {ChartBox[]} taken @param {number[][]} dots @param {number[]} [before] */
function costsOf(point, { wide, high, away }, panel, taken, dots, before) {
  return AROUND.map((side) => {
    const box = boxOnSide(point, side, wide, high, away);
    const out = Math.max(0, panel.left - box.left, box.right - panel.right, panel.top - box.top, box.bottom - panel.bottom);
    const names = taken.filter((other) => meet(box, other)).length;
    const covered = dots.filter(([x, y]) => x > box.left && x < box.right && y > box.top && y < box.bottom);
    const same = before && side[0] === before[0] && side[1] === before[1];
    return (out ? OUTSIDE + out : 0) + ON_A_NAME * names + covered.reduce((sum, [, , each]) => sum + each, 0) + (same ? 0 : ANOTHER_SIDE);
  });
}

// The best sides of several names together: the first one does not take the only place of the next.
/** @param {NameToPlace[]} names @param {ChartBox[]} [taken] @returns {{ sides: number[][], cost: number }} */
export function sidesOf([name, ...others], taken = []) {
  if (!name) return { sides: [], cost: 0 };
  const { tip, size, costs } = name;
  const ways = AROUND.map((side, k) => {
    const box = boxOnSide(tip, side, size.wide, size.high, size.away), met = taken.filter((other) => meet(box, other)).length;
    const rest = sidesOf(others, [...taken, box]);
    return { sides: [side, ...rest.sides], cost: costs[k] + ON_A_NAME * met + rest.cost };
  });
  return ways.reduce((best, way) => (way.cost < best.cost ? way : best));
}

/** @param {string} text @param {number} letters */
const roomOfName = (text, letters) => ({ wide: 1.15 * LETTER * letters * text.length + 4, high: HIGH * letters, away: 0.8 * letters });

// A square around a mark.
/** @param {number[]} at @param {number} half @returns {ChartBox} */
const around = ([x, y], half) => ({ left: x - half, right: x + half, top: y - half, bottom: y + half });

// Points along an arrow at a frame, from the ball to its tip.
/** @param {(x: number, y: number) => number[]} at @param {any} values @param {any} towards @param {number} k */
const shaft = (at, values, towards, k) => Array.from({ length: 17 }, (_, i) => i / 16).map((part) => [
  ...at(values.x[k] + part * towards.x[k], values.y[k] + part * towards.y[k]), ON_AN_END,
]);

// Put the names of the marks of a map beside them, and, where an arrow has a name, that beside its
// tip, for the moment that the film is at. Those of the marks stay, and leave room for the arrows' at the end.
/** @param {any} figure @param {number} width @param {number} height @param {ChartFilm | null} film @param {number} frame */
export function putBeside({ data, layout }, width, height, film, frame) {
  const marks = (layout.annotations ?? []).filter((a) => a.name === MARK);
  if (!marks.length || !film) return;
  const panel = firstPanel(layout, width, height), letters = marks[0].font?.size ?? layout.font?.size ?? 14;
  const at = (x, y) => [panel.toX(x), panel.toY(y)], half = 0.6 * letters;
  const first = film.tracks.filter(({ trace, values }) => values.x && (data[trace].xaxis ?? "x") === "x");
  const paths = first.filter((track) => track.follows === undefined).map(({ values }) => values);
  const arrows = first.filter(({ towards }) => towards);
  const dots = paths.flatMap(({ x, y }) => x.map((value, k) => [...at(value, y[k]), k === x.length - 1 ? ON_AN_END : 1]));
  for (const { x, y } of paths) { // all of the ball at its end
    const [left, up] = at(x.at(-1), y.at(-1));
    dots.push(...AROUND.map(([across, rise]) => [left + across * half, up + rise * half, ON_AN_END]));
  }
  for (const { values, towards } of arrows) dots.push(...shaft(at, values, towards, 0));
  const walkedBy = (/** @type {number} */ moment) => paths.flatMap(({ x, y }) => x.slice(0, moment + 1).map((value, k) => [...at(value, y[k]), 1]));
  const namesAt = (/** @type {number} */ moment, /** @type {ChartBox[]} */ others, moves = true) => arrows.flatMap((track) => {
    const { values, towards } = track, trace = data[track.trace], k = Math.min(moment, values.x.length - 1);
    const along = shaft(at, values, towards, k), [ball, tip] = [along[0], along.at(-1)].map((dot) => dot.slice(0, 2));
    if (!tip.every(Number.isFinite)) return [];
    const size = roomOfName(trace.text[1].replace(/<[^>]+>/g, ""), letters);
    const costs = costsOf(tip, size, panel, [...others, around(ball, half)], [...walkedBy(moment), ...along.slice(1, -1)], moves ? track.side : undefined);
    return [{ track, trace, tip, size, costs }];
  });
  const taken = marks.map(({ x, y }) => around(at(x, y), half)), last = namesAt(film.last, taken, false);
  const atTheEnd = sidesOf(last).sides.map((side, k) => boxOnSide(last[k].tip, side, last[k].size.wide, last[k].size.high, last[k].size.away));
  for (const mark of marks) {
    const size = roomOfName(mark.text, letters), point = at(mark.x, mark.y);
    const others = taken.filter((box) => !meet(box, around(point, 1)));
    const [across, up] = sideOf(point, size, panel, [...others, ...atTheEnd], dots), far = (across && up ? 0.7 : 1) * size.away;
    taken.push(boxOnSide(point, [across, up], size.wide, size.high, size.away));
    Object.assign(mark, {
      xshift: across * far, yshift: up * far,
      xanchor: ["right", "center", "left"][across + 1], yanchor: ["top", "middle", "bottom"][up + 1],
    });
  }
  const names = namesAt(frame, taken);
  sidesOf(names).sides.forEach((side, k) => {
    names[k].track.side = side;
    names[k].trace.textposition = `${["bottom", "middle", "top"][side[1] + 1]} ${["left", "center", "right"][side[0] + 1]}`;
  });
}
