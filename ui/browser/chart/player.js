// @ts-check
// Plays a chart whose layout has a film in its meta: figures/playing.py says what moves in it. What
// moves is drawn over the chart, without asking Python, and once it rests it is the chart's again.

import { unpack } from "../shared/bytes.js";
import { element } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { FILM, tell } from "../shared/moments.js";
import { motionIsWelcome } from "../shared/motion.js";
import { whole, written } from "../shared/numbers.js";
import { putBeside } from "./beside.js";
import { moveNames, namesAt, putNames } from "./names.js";
import { Overlay } from "./overlay.js";

const TYPES = {
  f4: Float32Array, f8: Float64Array, i1: Int8Array, u1: Uint8Array, i2: Int16Array,
  u2: Uint16Array, i4: Int32Array, u4: Uint32Array,
};
const SPEEDS = [["¼", 0.25], ["½", 0.5], ["1", 1], ["2", 2], ["4", 4]];
const REST = 150; // milliseconds without a move, after which a chart rests
const ON_A_PROJECTOR = 1.9; // times as long, so that it can be talked over

// An array as Plotly's JSON has it, in rows if it has several dimensions.
/** @param {any} given @returns {any[]} */
export function valuesOf(given) {
  if (!given?.bdata) return given ?? [];
  const flat = Array.from(unpack(given.bdata, TYPES[given.dtype]));
  const sides = String(given.shape ?? flat.length).split(",").map(Number);
  return sides.slice(1).reduceRight((values, side) => {
    const rows = [];
    for (let k = 0; k < values.length; k += side) rows.push(values.slice(k, k + side));
    return rows;
  }, flat);
}

/** @param {any} figure @returns {ChartFilm | null} */
export function filmOf(figure) {
  const film = figure.layout.meta?.film;
  if (!film) return null;
  const tracks = film.moving.map((moving) => {
    const source = moving.rows ?? figure.data[moving.follows ?? moving.trace];
    const ways = Object.keys(moving.rows ?? { x: 0, y: 0, z: 0 }).filter((way) => source[way] !== undefined);
    const towards = moving.towards && { x: valuesOf(moving.towards.x), y: valuesOf(moving.towards.y) };
    return { ...moving, towards, values: Object.fromEntries(ways.map((way) => [way, valuesOf(source[way])])) };
  });
  /** @type {[string, number[]][]} */
  const readings = Object.keys(film.readings).map((name) => [name, valuesOf(film.readings[name])]);
  const steps = valuesOf(film.steps);
  const opens = film.opens < 0 ? steps.length - 1 : film.opens;
  return { steps, tracks, readings, last: steps.length - 1, seconds: film.seconds, opens };
}

/** @param {any} values @returns {any} */
const powersOf = (values) => Array.isArray(values) ? values.map(powersOf) : 10 ** values;

// What a frame makes of one trace: the attributes that change.
/** @param {ChartTrack} track @param {number} frame @returns {Record<string, any>} */
export function momentOf(track, frame) {
  const moment = {};
  for (const way in track.values) {
    const all = track.values[way];
    if (track.rows) moment[way] = all[frame];
    else if (track.follows === undefined) moment[way] = all.slice(0, frame + 1);
    else {
      const at = Math.min(frame, all.length - 1), end = all[at];
      moment[way] = track.towards ? [end, end + track.towards[way][at]] : [end];
    }
  }
  if (track.logarithms) moment.customdata = powersOf(moment[track.logarithms]);
  return moment;
}

// What moves, as Plotly.restyle takes it; undefined leaves a trace's attribute as it is.
/** @param {ChartTrack[]} tracks @param {number} frame */
export function changesAt(tracks, frame) {
  const moments = tracks.map((track) => momentOf(track, frame));
  const names = new Set(moments.flatMap((moment) => Object.keys(moment)));
  const change = {};
  for (const name of names) change[name] = moments.map((moment) => moment[name]);
  return { change, traces: tracks.map(({ trace }) => trace), moments };
}

/** @param {string} text @param {string} label */
const button = (text, label) => element("button", text, { type: "button", "aria-label": label, title: label });

const told = /** @type {Record<string, any>} */ (globalThis.glassboxFilms ??= {});

// Whether the chart of this key is the one that a link's moment is meant for: each is followed once.
/** @param {string} at @param {string} key */
function asksFor(at, key) {
  if (!at || Object.values(told).some((film) => film.at === at)) return false;
  told[key] = { ...told[key], at };
  return true;
}

// The last frame that is not beyond a step.
/** @param {ChartFilm} film @param {number} step */
export function frameAt(film, step) {
  const later = film.steps.findIndex((one) => one > step);
  return (later < 0 ? film.steps.length : Math.max(1, later)) - 1;
}

export class Player {
  /** @param {any} plot */
  constructor(plot) {
    this.plot = plot;
    /** @type {ChartFilm | null} */
    this.film = null;
    this.figure = "";
    this.frame = this.position = this.clock = 0;
    this.playing = this.rolls = this.big = false;
    this.key = this.address = ""; // of the chart, and of its page where that can open at a moment
    this.gone = new AbortController();
    this.overlay = new Overlay(plot);
    this.resting = 0;
    this.bar = element("div", "", { class: "gc-bar", role: "group", "aria-label": "Player" });
    this.play = button("▶ Play", "Play");
    this.play.className = "gc-play";
    const back = button("◂", "One step back (left)"), forth = button("▸", "One step on (right)");
    this.time = element("input", "", { type: "range", class: "gc-time", min: 0, step: 1, "aria-label": "Time" });
    this.when = element("output", "", { class: "gc-when" });
    this.now = element("a", "", { class: "gc-now", "data-moment": "" });
    this.speed = element("select", "", { "aria-label": "Speed" });
    for (const [text, value] of SPEEDS) this.speed.append(new Option(String(text), String(value), value === 1, value === 1));
    const choice = element("label", "", { class: "gc-choice" });
    choice.append(element("span", "speed "));
    choice.append(this.speed);
    this.bar.append(this.play, back, forth, this.time, this.when, choice);
    this.bar.hidden = true;
    plot.parentElement.after(this.bar);
    this.play.onclick = () => this.toggle();
    back.onclick = () => this.step(-1);
    forth.onclick = () => this.step(1);
    this.time.oninput = () => this.stopAt(Number(this.time.value));
    const playing = (deed) => () => (this.film ? deed() : false);
    hearKeys(this.bar, this.gone.signal, {
      toggle: playing(() => this.toggle()),
      back: playing(() => this.step(-1)),
      on: playing(() => this.step(1)),
      first: playing(() => this.stopAt(0)),
      last: playing(() => this.stopAt(this.film.last)),
    });
  }

  destroy() {
    this.playing = false;
    clearTimeout(this.resting);
    this.gone.abort();
    this.bar.remove();
    this.overlay.remove();
  }

  // The film of the next figure, and what of that figure is seen first: the moment that the link asks
  // for, or the step the reader is at; after a touch of theirs that began another training, or a
  // guess that was asked for, its first one.
  /** @param {string} text @param {any} figure @param {Omit<ChartData, "figure" | "height" | "label" | "script">} place */
  open(text, figure, { big, key = "", at = "", saved, asking = false }) {
    const film = filmOf(figure), same = text === this.figure, before = this.film;
    Object.assign(this, { film, figure: text, big, key, address: saved ? location.href : "" });
    this.bar.hidden = !film;
    this.bar.classList.toggle("gc-big", big);
    if (!film) {
      Object.assign(this, { playing: false, rolls: asking });
      return;
    }
    if (!same) {
      const kept = !!before && this.frame !== before.opens;
      this.playing = this.rolls && motionIsWelcome();
      const asked = asksFor(at, key) ? frameAt(film, Number(at)) : film.opens;
      this.frame = this.position = this.playing ? 0 : kept && !this.rolls ? frameAt(film, before.steps[this.frame]) : asked;
      this.rolls = false;
      if (this.playing) this.begin();
    }
    this.time.max = String(film.last);
    const { change, traces } = changesAt(film.tracks, this.frame);
    clearTimeout(this.resting);
    this.overlay.rest();
    this.bar.dataset.rests = String(!this.playing);
    traces.forEach((trace, k) => {
      for (const name in change) if (change[name][k] !== undefined) figure.data[trace][name] = change[name][k];
    });
    this.tell();
  }

  tell() {
    const { film, frame, playing } = this, word = playing ? "Pause" : "Play";
    const step = `step ${whole(film.steps[frame])}`;
    const read = film.readings.map(([name, values]) => `${name} ${written(values[Math.min(frame, values.length - 1)])}`);
    this.play.textContent = playing ? "❚❚ Pause" : "▶ Play";
    this.play.setAttribute("aria-label", word);
    this.play.title = `${word} (space)`;
    this.time.value = String(frame);
    this.time.setAttribute("aria-valuetext", [step, ...read].join(", "));
    this.now.textContent = step;
    this.when.replaceChildren(this.now, ...read.map((words) => element("span", words)));
    this.bar.dataset.step = String(film.steps[frame]);
    if (this.key) this.report();
  }

  // To the page: where the film is, and the address that opens it at this moment.
  report() {
    const { key, film, frame, playing } = this, step = film.steps[frame];
    Object.assign((told[key] ??= {}), { step, playing, edited: false });
    tell(FILM, key);
    if (!this.address) return;
    const link = new URL(location.href);
    link.searchParams.set("at", String(step));
    this.now.href = String(link);
    this.now.dataset.moment = [0, film.opens, film.last].includes(frame) ? "none" : "";
    this.now.title = "A link that opens this page at this moment";
  }

  // Where the names of the curves stand now in a chart of this height.
  /** @param {any} layout @param {number} height */
  names(layout, height) {
    return namesAt(layout, height, this.film, this.frame);
  }

  paint() {
    const { plot } = this;
    this.tell();
    if (!plot._fullData) return; // the chart is not drawn yet
    this.putBeside(plot, plot.offsetWidth, plot.offsetHeight);
    const flat = ({ trace }) => ["scatter", "heatmap"].includes(plot._fullData[trace].type);
    const { traces, moments } = changesAt(this.film.tracks.filter(flat), this.frame);
    this.overlay.draw(traces, moments);
    moveNames(plot, this.names(plot.layout, plot.offsetHeight));
    this.restyle(this.film.tracks.filter((track) => !flat(track)));
    clearTimeout(this.resting);
    this.bar.dataset.rests = "false";
    if (!this.playing) this.resting = setTimeout(() => this.rest(), REST);
  }

  rest() {
    if (!this.film || !this.plot.isConnected) return;
    const { plot } = this, { change, traces } = changesAt(this.film.tracks, this.frame);
    const { layout } = plot, places = this.names(layout, plot.offsetHeight);
    putNames(layout, places);
    window.Plotly.update(plot, change, places.length ? { annotations: [...layout.annotations] } : {}, traces);
    this.overlay.rest();
    this.bar.dataset.rests = "true";
  }

  // The names of marks and of arrows, where they stand in a chart of this size now.
  /** @param {any} figure @param {number} width @param {number} height */
  putBeside(figure, width, height) {
    putBeside(figure, width, height, this.film, this.frame);
  }

  /** @param {ChartTrack[]} tracks */
  restyle(tracks) {
    const { change, traces } = changesAt(tracks, this.frame);
    if (traces.length) window.Plotly.restyle(this.plot, change, traces);
  }

  /** @param {number} frame */
  stopAt(frame) {
    this.playing = false;
    this.frame = this.position = Math.max(0, Math.min(this.film.last, frame));
    this.paint();
  }

  /** @param {number} by */
  step(by) {
    this.stopAt(this.frame + by);
  }

  // For whoever records it: each frame is the chart's own, nothing is drawn over it.
  /** @returns {Playable | null} */
  plays() {
    if (!this.film) return null;
    const { last, seconds } = this.film;
    const goTo = (/** @type {number} */ frame) => {
      this.stopAt(frame);
      this.rest();
    };
    return { last, at: this.frame, rate: last / seconds, goTo };
  }

  toggle() {
    this.playing = !this.playing;
    if (!this.playing) return this.paint();
    if (this.frame === this.film.last) {
      this.frame = this.position = 0;
      this.rest(); // what names say at the end goes
    }
    this.begin();
    this.paint();
  }

  begin() {
    this.clock = performance.now();
    requestAnimationFrame((now) => this.tick(now));
  }

  /** @param {number} now */
  tick(now) {
    if (!this.playing || !this.plot.isConnected) return;
    const { last, seconds } = this.film, took = seconds * (this.big ? ON_A_PROJECTOR : 1);
    this.position += (Math.max(0, now - this.clock) / 1000) * Number(this.speed.value) * (last / took);
    this.clock = now;
    const frame = Math.min(Math.floor(this.position), last);
    if (frame === last) this.playing = false;
    if (frame !== this.frame || !this.playing) {
      this.frame = frame;
      this.paint();
    }
    if (this.playing) requestAnimationFrame((next) => this.tick(next));
  }
}
