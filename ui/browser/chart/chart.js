// @ts-check
// Draws a Plotly figure into an element that stays: Plotly.react changes what differs, so nothing
// goes blank and a zoom is kept.

import { MOMENT } from "../shared/moments.js";
import { sayMore } from "../shared/more.js";
import { putHeads, settleHeads, wordsAt } from "./heads.js";
import { leastOf, linesOf } from "./layout.js";
import { putNames } from "./names.js";
import { makeNarrow, narrowBelow } from "./narrow.js";
import { Player } from "./player.js";
import { roomOfMenu, serve } from "./save.js";
import { fitScene } from "./scene.js";
import { withTheme } from "./themed.js";

const PROJECTOR = 27.5; // pixels of a rem for which a projector's figures are made: ui/presenter.py

const FURTHER = 1.6; // of its size takes a further line of the title, with what keeps it off the plot
const AGAIN = 1000; // milliseconds until a script that did not come is asked for again

// One script for all charts of a page, however often this module is loaded.
/** @param {string} url */
function loadPlotly(url) {
  window.glassboxPlotly ??= new Promise((loaded) => ask(url, loaded));
  return window.glassboxPlotly;
}

// A server that begins, or is busy, may fail to send it: nobody but this would ask again.
/** @param {string} url @param {(value: any) => void} loaded */
function ask(url, loaded) {
  const script = document.createElement("script");
  script.src = url;
  script.onload = () => loaded(window.Plotly);
  script.onerror = () => {
    script.remove();
    setTimeout(() => ask(url, loaded), AGAIN);
  };
  document.head.append(script);
}

const CONFIG = { displayModeBar: false }; // what it offers is in our own menu

// What waits to be drawn is drawn as soon as there is Plotly and a place with a width: while
// Streamlit moves an element about it has neither, nor a theme, and nobody would ask again.
/** @param {any} plot */
function draw(plot) {
  if (!window.Plotly || !plot.isConnected || !plot.parentElement.clientWidth) return;
  const { clientWidth: width } = plot.parentElement, turns = (width < plot.glassboxNarrowBelow) !== plot.glassboxNarrow;
  const waiting = plot.glassboxWaiting ?? (turns ? plot.glassboxFigure : null);
  if (waiting === null) {
    fit(plot, plot);
    return window.Plotly.Plots.resize(plot).then(() => plot.isConnected && settleHeads(plot));
  }
  plot.glassboxWaiting = null;
  const figure = withTheme(JSON.parse(waiting), getComputedStyle(plot));
  plot.glassboxNarrowBelow = narrowBelow(figure, plot.glassboxPlace.big);
  plot.glassboxNarrow = width < plot.glassboxNarrowBelow;
  if (plot.glassboxNarrow) makeNarrow(figure);
  plot.glassboxLeast = leastOf(figure, plot.glassboxPlace.big); // before Plotly moves panels for equal scales
  plot.glassboxPlayer.open(waiting, figure, plot.glassboxPlace);
  fit(plot, figure);
  grow(plot, figure);
}

// A chart fills its frame, is never smaller than can be read, and on a narrow projector it shrinks
// with all other type.
/** @param {any} plot @param {any} figure */
function fit(plot, figure) {
  const frame = plot.parentElement, { height, big } = plot.glassboxPlace, least = plot.glassboxLeast;
  const bar = !plot.glassboxPlayer.film ? "0px" : big ? "2rem" : "2.4rem"; // of what plays it, below
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const scale = big ? Math.min(1, rem / PROJECTOR) : 1;
  const lowest = `${Math.ceil(least.height * scale)}px`;
  frame.style.height = big // on a projector nothing scrolls, so the bar takes of the least, too
    ? `calc(max(${height}, ${lowest}) - ${bar})`
    : `max(calc(${height} - ${bar}), ${lowest})`;
  const width = Math.max(least.width, frame.clientWidth / scale), tall = frame.clientHeight / scale;
  Object.assign(plot.style, {
    width: `${width}px`, height: `${tall}px`, transform: scale < 1 ? `scale(${scale})` : "",
    position: scale < 1 ? "absolute" : "", // in flow it would be scrolled as if it were not made smaller
  });
  sayMore(frame, frame.parentElement);
  titled(figure.layout, (frame.clientWidth - roomOfMenu(plot)) / scale, tall);
  fitScene(figure.layout, width, tall);
  putHeads(figure.layout, width, tall);
  putNames(figure.layout, plot.glassboxPlayer.names(figure.layout, tall));
  plot.glassboxPlayer.putBeside(figure, width, tall);
}

// The title on as many lines as its width takes, with room for them.
/** @param {any} layout @param {number} width @param {number} height */
function titled(layout, width, height) {
  const { title } = layout;
  if (!title?.text) return;
  const whole = title.text.replaceAll("<br>", " "), size = title.font?.size ?? 16;
  const lines = linesOf(whole, 0.97 * width, size), before = title.text.split("<br>").length;
  title.y = 0.985 - (0.65 * size * (lines.length - 1)) / height; // Plotly puts half of the others above it
  if (lines.length === before) return;
  title.text = lines.join("<br>");
  layout.margin = { ...layout.margin, t: (layout.margin?.t ?? 56) + FURTHER * size * (lines.length - before) };
}

// Whether a scale of colours lies; Plotly leaves the one that stood where it was, below the new one.
/** @param {{ data: any[] }} figure */
const liesFlat = ({ data }) => data.some(({ colorbar }) => colorbar?.orientation === "h");

/** @param {any} plot @param {any} figure */
function react(plot, figure) {
  plot.glassboxEnd = figure.layout.meta?.grow && figure.data[0].x.at(-1);
  if (figure.layout.uirevision) figure.layout.uirevision += ` ${plot.glassboxResets ?? 0}`;
  if (plot.data && liesFlat(plot) !== liesFlat(figure)) plot.querySelectorAll(".colorbar").forEach((bar) => bar.remove());
  window.Plotly.react(plot, { ...figure, config: CONFIG });
  if (plot.glassboxPlace.clicks && !plot.glassboxHears) plot.on("plotly_click", (event) => clicked(plot, event));
  plot.glassboxHears = true;
  settleHeads(plot);
  if (plot.glassboxMoment) mark(plot, plot.glassboxMoment);
}

// Where on the first panel, or on a surface, the reader clicked or tapped; training goes from there.
/** @param {any} plot @param {any} event */
function clicked(plot, { points: [point], event }) {
  let at = [point.x, point.y];
  if (point.xaxis) {
    const { xaxis, yaxis } = plot._fullLayout, edge = plot.getBoundingClientRect();
    if (point.xaxis !== xaxis) return;
    const scale = edge.width / plot.offsetWidth; // a narrow projector's charts are made smaller
    const { clientX, clientY } = event.changedTouches?.[0] ?? event;
    at = [xaxis.p2d((clientX - edge.left) / scale - xaxis._offset), yaxis.p2d((clientY - edge.top) / scale - yaxis._offset)];
  }
  window.Plotly.Fx.unhover(plot); // what it tells lies where the ball will roll
  plot.glassboxPlayer.rolls = true;
  plot.glassboxSend("clicked", at);
}

// Curves that have grown since they were last drawn are drawn on piece by piece until the next
// figure is due, if the figure asks for it: each look at a run costs the run more than a piece does.
/** @param {any} plot @param {any} figure */
function grow(plot, figure) {
  clearTimeout(plot.glassboxGrowing);
  const { pieces, seconds, traces } = figure.layout.meta?.grow ?? {}, begin = plot.glassboxEnd;
  const end = pieces && figure.data[0].x.at(-1);
  if (!(begin < end)) return react(plot, figure);
  const draw = (piece) => {
    if (!plot.isConnected) return;
    // A copy each: Plotly writes a reader's zoom into what it draws, and what it finds there with the
    // next piece is the figure's own to it, no longer the reader's, and gone with the next figure.
    const copy = structuredClone(figure);
    if (piece === pieces) return react(plot, copy);
    react(plot, { ...copy, data: upTo(copy.data, traces, begin + ((end - begin) * piece) / pieces) });
    plot.glassboxGrowing = setTimeout(() => draw(piece + 1), (1000 * seconds) / pieces);
  };
  draw(1);
}

/** @param {any[]} traces @param {number[]} growing which of them grow @param {number} x */
const upTo = (traces, growing, x) => traces.map((trace, k) => {
  if (!growing.includes(k) || !Array.isArray(trace.x)) return trace;
  const points = trace.x.filter((at) => at <= x).length;
  return { ...trace, x: trace.x.slice(0, points), y: trace.y.slice(0, points) };
});

// A chart whose layout has moments marks the one that another part of the page shows, and its names
// have the numbers of then.
/** @param {any} plot @param {Moment | null} moment */
function mark(plot, moment) {
  plot.glassboxMoment = moment;
  if (!plot.layout?.meta?.moments || !(moment || plot.layout.shapes?.length)) return;
  const line = { color: getComputedStyle(plot).getPropertyValue("--st-primary-color"), width: 2 };
  const panels = Object.keys(plot.layout).filter((name) => name.startsWith("yaxis")).map((name) => name.replace("axis", ""));
  const at = panels.map((panel) => ({ // a line in each: between them stand names
    type: "line", xref: "x", yref: `${panel} domain`, y0: 0, y1: 1, x0: moment?.epoch, x1: moment?.epoch, line,
  }));
  const { data, layout, traces } = wordsAt(plot.layout, moment?.epoch ?? null);
  window.Plotly.update(plot, data, { shapes: moment ? at : [], ...layout }, traces);
}

// All of the chart again: the reader's zoom belonged to another revision of it.
/** @param {any} plot */
function reset(plot) {
  plot.glassboxResets = (plot.glassboxResets ?? 0) + 1;
  plot.glassboxWaiting = plot.glassboxFigure;
  draw(plot);
  mark(plot, plot.glassboxMoment);
}

// What Streamlit calls whenever a chart's data or the reader's theme has changed.
/** @param {any} plot @param {ChartData} data @param {(name: string, value: unknown) => void} [send] */
export function show(plot, data, send) {
  Object.assign(plot, { glassboxPlace: data, glassboxSend: send });
  plot.glassboxPlayer ??= new Player(plot);
  plot.parentElement.style.height = data.height;
  plot.setAttribute("aria-label", data.label);
  plot.glassboxFigure = plot.glassboxWaiting = data.figure; // a later call wins, also while the script is on its way
  if (!plot.glassboxResize) {
    plot.glassboxResize = new ResizeObserver(() => draw(plot));
    plot.glassboxResize.observe(plot.parentElement);
    plot.glassboxResize.observe(plot); // which may be moved about without its frame
    plot.parentElement.onscroll = () => sayMore(plot.parentElement, plot.parentElement.parentElement);
    plot.glassboxGone = new AbortController();
    const { signal } = plot.glassboxGone;
    document.addEventListener(MOMENT, ({ detail }) => mark(plot, detail), { signal });
    if (plot.closest(".gc-whole")) serve(plot, () => reset(plot)); // what is drawn in another part has no menu
  }
  loadPlotly(data.script).then(() => draw(plot));
}

// Nothing stays of a chart that has left the page.
/** @param {any} plot */
export function leave(plot) {
  clearTimeout(plot.glassboxGrowing);
  plot.glassboxPlayer?.destroy();
  plot.glassboxPlayer = plot.glassboxHears = null;
  plot.glassboxResize?.disconnect();
  plot.glassboxGone?.abort();
  plot.glassboxResize = plot.glassboxGone = null;
  window.Plotly?.purge(plot);
}
