// @ts-check
// The names of curves stand where the curves end, also while they grow: figures/labels.py says which
// curve each is of.

import { apart } from "./layout.js";

const END = "end of a curve";

// Where names stand at a frame, in the coordinates of their axes, and what they say there: at the
// end right of the panel, on the way right of the moment. Here it is known how high the chart is.
/**
 * @param {any} layout
 * @param {number} height
 * @param {ChartFilm | null} film
 * @param {number} frame
 * @returns {NamePlace[]}
 */
export function namesAt(layout, height, film, frame) {
  const rooms = layout.meta?.["rooms of labels"] ?? {}, { t = 56, b = 52 } = layout.margin ?? {};
  const growing = film !== null && frame < film.last, found = [];
  for (const panel in rooms) {
    const { low, high, curves = [], on_the_way: early = [] } = rooms[panel];
    const { domain: [from, to] = [0, 1], type } = layout[panel.replace("y", "yaxis")] ?? {};
    const names = (layout.annotations ?? []).map((a, index) => ({ a, index }))
      .filter(({ a }) => a.name === END && a.yref === panel)
      .map(({ a, index }, k) => {
        a.glassboxEnd ??= { y: a.y, xref: a.xref, text: a.text }; // as it is where all is drawn
        const { y, xref, text } = a.glassboxEnd;
        const track = growing && film.tracks.find(({ trace }) => trace === curves[k]);
        if (!track) return { index, x: 1, xref, y, text };
        const tip = track.values.y.slice(0, frame + 1).findLast((value) => Number.isFinite(value));
        const own = tip === undefined ? low : type === "log" ? Math.log10(tip) : tip;
        return { index, x: film.steps[frame], xref: xref.replace(" domain", ""), y: own, text: text && (early[k] ?? text) };
      }).filter(({ text }) => text);
    const letters = layout.annotations?.[names[0]?.index]?.font?.size ?? layout.font?.size ?? 14;
    const lines = Math.max(1, ...names.map(({ text }) => text.split("<br>").length));
    const gap = ((1.3 * letters * lines) / ((height - t - b) * (to - from))) * (high - low);
    const places = apart(names.map(({ y }) => y), gap, low + 0.4 * gap, high - 0.4 * gap);
    found.push(...names.map((name, k) => ({ ...name, y: places[k] ?? name.y, visible: places[k] !== null })));
  }
  return found;
}

/** @param {any} layout @param {NamePlace[]} places */
export function putNames(layout, places) {
  for (const { index, ...place } of places) Object.assign(layout.annotations[index], place);
}

// While a chart plays its names move with it, and nothing is drawn anew.
/** @param {any} plot @param {NamePlace[]} places */
export function moveNames(plot, places) {
  const axis = (name) => plot._fullLayout[`${name[0]}axis${name.slice(1).replace(" domain", "")}`];
  for (const { index, x, xref, y, visible } of places) {
    const drawn = plot.layout.annotations[index], node = plot.querySelector(`.annotation[data-index="${index}"]`);
    if (!node) continue;
    const up = axis(drawn.yref);
    const across = (at, where) => (where.includes("domain") ? at * axis(where)._length : axis(where).l2p(at));
    node.style.transform = `translate(${across(x, xref) - across(drawn.x, drawn.xref)}px, ${up.l2p(y) - up.l2p(drawn.y)}px)`;
    node.style.visibility = visible ? "" : "hidden";
  }
}
