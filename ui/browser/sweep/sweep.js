// @ts-check
// A sweep: trainings that differ in two settings, played and scrubbed together.

import { unpack } from "../shared/bytes.js";
import { cellUnder } from "../shared/cells.js";
import { finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { percent, whole, written } from "../shared/numbers.js";
import { whenResized } from "../shared/resized.js";
import { pixelRatio } from "../shared/sharp.js";
import { paintSweep, sweepLook, sweepPlaces } from "./drawing.js";
import { reelOf, shownOf } from "./reels.js";

const PACE = 30; // frames a second
const PROJECTED = 16; // the same on a projector, so that it can be talked over
const SIZES = /** @type {const} */ (["all", "row", "column", "cell"]); // what can be made large

export class Sweep {
  /** @type {SweepMessage} */ sweep;
  /** @type {(cell: number) => void} */ opened;
  closed = false; // can none be opened
  /** @type {(SweepReel | null)[]} */ reels;
  /** @type {SweepPlaces} */ places;
  /** @type {SweepView} */ view;
  /** @type {Float32Array} */ points;
  /** @type {SweepLook} */ look;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gx");
    this.small = document.createElement("canvas");
    this.unpacked = new Map(); // reels by their bytes, so that none is unpacked twice
    this.frame = this.position = this.clock = 0;
    this.lit = -1; // the film that was chosen
    /** @type {"all" | "row" | "column" | "cell"} */
    this.size = "all";
    this.playing = this.big = false;
    const canvas = (this.canvas = this.find("canvas")), time = (this.time = this.find("time"));
    const there = (deed) => (event) => (this.reels ? deed(event) : false); // there is something to play
    canvas.onclick = there((event) => this.touch(event));
    canvas.onkeydown = there((event) => this.key(event));
    time.oninput = there(() => this.stopAt(Number(time.value)));
    this.find("open").onclick = there(() => this.opened(this.chosen));
    const deeds = {
      toggle: there(() => this.toggle()),
      back: there(() => this.stopAt(this.frame - 1)),
      on: there(() => this.stopAt(this.frame + 1)),
      first: there(() => this.stopAt(0)),
      last: there(() => this.stopAt(this.last)),
      close: there(() => this.size !== "all" && this.enlarge("all")),
    };
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, deeds);
    for (const [button, deed] of [["play", "toggle"], ["back", "back"], ["forth", "on"]]) this.find(button).onclick = deeds[deed];
    for (const size of SIZES) this.find(size).onclick = there(() => this.enlarge(size));
    this.resized = whenResized(() => this.reels && this.paint(), this.find("picture"));
  }

  destroy() {
    this.playing = false;
    this.resized.disconnect();
    this.gone.abort();
  }

  get last() {
    return this.sweep.steps.length - 1;
  }

  // The film that is spoken of: the one that was chosen, else the reader's own, else the first.
  get chosen() {
    return this.lit >= 0 ? this.lit : Math.max(0, this.sweep.own);
  }

  /** @param {SweepMessage} sweep @param {boolean} big */
  async show(sweep, big) {
    const alike = ({ across, up, steps }) => JSON.stringify([across, up, steps.at(-1)]);
    const other = !this.sweep || alike(this.sweep) !== alike(sweep);
    this.coming = sweep;
    const reels = await Promise.all(sweep.films.map((film) => this.unpack(film, sweep.side ** 2)));
    if (this.coming !== sweep || !this.root.isConnected) return; // another came meanwhile
    Object.assign(this, { sweep, big, reels, points: unpack(sweep.points, Float32Array) });
    this.unpacked = new Map(sweep.films.map((film, k) => [film.tiles, reels[k]]));
    if (other) {
      Object.assign(this, { lit: -1, size: "all", playing: false });
      this.frame = this.position = this.last;
    }
    this.time.max = String(this.last);
    this.paint();
  }

  /** @param {SweepFilm} film @param {number} samples */
  unpack(film, samples) {
    return this.unpacked.get(film.tiles) ?? reelOf(film, samples);
  }

  paint() {
    const { sweep, root, canvas, chosen } = this, picture = this.find("picture");
    const width = picture.clientWidth, height = picture.clientHeight;
    if (!width || !sweep) return;
    const em = parseFloat(getComputedStyle(root).fontSize), g = canvas.getContext("2d");
    canvas.width = width * pixelRatio();
    canvas.height = height * pixelRatio();
    const look = (this.look = sweepLook(root, sweep));
    g.scale(pixelRatio(), pixelRatio());
    g.font = `${em}px ${look.family}`;
    this.view = shownOf(sweep, this.size, chosen);
    this.places = sweepPlaces(g, this.view, width, height, em);
    this.repaint();
  }

  // Where everything lies stays as it is: only the moment is another.
  repaint() {
    const { sweep, view, reels, places, look, frame, chosen, points, small } = this;
    const g = this.canvas.getContext("2d");
    g.clearRect(0, 0, this.canvas.width, this.canvas.height);
    paintSweep(g, sweep, view, reels, places, look, { frame, chosen, points, small });
    Object.assign(this.canvas.dataset, {
      drawn: reels.filter(Boolean).length, frame, chosen, size: this.size,
    });
    this.say();
  }

  say() {
    const { sweep, frame, chosen, playing } = this, film = sweep.films[chosen], reel = this.reels[chosen];
    const step = `step ${whole(sweep.steps[frame])}`, word = playing ? "Pause" : "Play";
    this.find("play").textContent = playing ? "❚❚ Pause" : "▶ Play";
    this.find("play").setAttribute("aria-label", word);
    this.find("play").title = `${word} (space)`;
    this.time.value = String(frame);
    this.time.setAttribute("aria-valuetext", step);
    this.find("when").textContent = step;
    this.find("said").textContent = `${film.name}: ${reel ? this.reading(film, reel.reads[frame]) : "not trained yet"}`;
    for (const size of SIZES) this.find(size).setAttribute("aria-pressed", String(this.size === size));
    this.canvas.setAttribute("aria-label",
      `${sweep.films.length} films: ${sweep.across.label} from left to right, ${sweep.up.label} upward. ` +
      `Up and down choose a film${this.closed ? "" : ", Enter opens it"}, space plays all.`);
  }

  // What is read of a film at this moment, and at the end how it ended.
  /** @param {SweepFilm} film @param {number} value */
  reading(film, value) {
    if (value !== value) return "diverged";
    const read = this.sweep.classes ? `${percent(value)} right` : `loss ${written(value)}`;
    const over = this.sweep.steps[this.frame] >= film.last;
    return over ? `${read}, ${film.ended}` : read;
  }

  // Up to a row or a column by its value, else to a film: chosen by a first touch, large by a second.
  /** @param {MouseEvent} event */
  touch(event) {
    const edge = this.canvas.getBoundingClientRect(), x = event.clientX - edge.left, y = event.clientY - edge.top;
    const found = cellUnder(this.places.cells, x, y), columns = this.sweep.across.values.length;
    if (!found) return;
    if (found.cell >= 0) {
      const film = this.view.films[found.cell], again = film === this.chosen && this.lit >= 0;
      this.lit = film;
      this.enlarge(again ? (this.size === "cell" ? "all" : "cell") : this.size);
    } else if (this.size === "all" && found.row >= 0) {
      this.lit = found.row * columns + (this.chosen % columns);
      this.enlarge("row");
    } else if (this.size === "all") {
      this.lit = Math.floor(this.chosen / columns) * columns + found.column;
      this.enlarge("column");
    }
  }

  /** @param {"all" | "row" | "column" | "cell"} size */
  enlarge(size) {
    this.size = size;
    this.paint();
  }

  // Left and right are time's, here as everywhere: up and down go through the films.
  /** @param {KeyboardEvent} event */
  key(event) {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) {
      this.lit = Math.max(0, Math.min(this.sweep.films.length - 1, this.chosen + by));
      this.paint();
    } else if (event.key === "Enter") this.opened(this.chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} frame */
  stopAt(frame) {
    this.playing = false;
    this.frame = this.position = Math.max(0, Math.min(this.last, frame));
    this.paint();
  }

  // For whoever records it.
  /** @returns {Playable | null} */
  plays() {
    return this.reels ? { last: this.last, at: this.frame, rate: this.big ? PROJECTED : PACE, goTo: (to) => this.stopAt(to) } : null;
  }

  toggle() {
    this.playing = !this.playing;
    if (this.playing && this.frame === this.last) this.frame = this.position = 0;
    this.clock = performance.now();
    if (this.playing) requestAnimationFrame((now) => this.tick(now));
    this.paint();
  }

  /** @param {number} now */
  tick(now) {
    if (!this.playing || !this.root.isConnected) return;
    this.position += (Math.max(0, now - this.clock) / 1000) * (this.big ? PROJECTED : PACE);
    this.clock = now;
    const frame = Math.min(Math.floor(this.position), this.last);
    if (frame === this.last) this.playing = false;
    if (frame !== this.frame || !this.playing) {
      this.frame = frame;
      this.repaint();
    }
    if (this.playing) requestAnimationFrame((next) => this.tick(next));
  }
}
