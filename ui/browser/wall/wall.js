// @ts-check
// A wall of small pictures, one a hidden unit: blue where ink speaks for it, orange where against.
// Below each picture, where the classes come right after, its outgoing weights, one a class.

import { ACTIVATIONS } from "../shared/activations.js";
import { unpack } from "../shared/bytes.js";
import { areDigits } from "../shared/classes.js";
import { element, finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { FILM, MOMENT, PAPER, tell } from "../shared/moments.js";
import { epochOf } from "../shared/numbers.js";
import { paintPixels } from "../shared/pixels.js";
import { whenResized } from "../shared/resized.js";
import { signShades } from "../shared/shades.js";
import { pixelRatio } from "../shared/sharp.js";
import { ticksIn, tilesIn } from "./layout.js";
import { detailsOf, OpenedUnit, roomFor } from "./unit.js";
import { alike, stripWords } from "./words.js";

const MOMENTS_A_SECOND = 4;
const MOST_TICKS = 5;
const FADED = 0.65; // of the picture of a unit that is off
const EARLIER = 2; // messages that may come before the one that was asked for
const TRIES = 3; // that the same is asked for: of a run that trains a click can be lost

export class Wall {
  /** @type {WallMessage} */ wall;
  /** @type {Int8Array} */ pictures;
  /** @type {Int8Array | null} */ outgoing;
  /** @type {Int8Array | null} */ biases;
  /** @type {number} */ moment; // −1 before the first one is due
  /** @type {ReturnType<typeof setInterval> | null} */ timer;
  /** @type {boolean} */ big;
  /** @type {Picture[]} */ shown;
  /** @type {number} */ at = 0; // which of them the keyboard is at
  /** @type {OpenedUnit | null} */ opened = null;
  /** @type {number | null} */ asked = null; // the unit that Python was told of last, until it has heard
  /** @type {string | null} */ switched = null; // which units are to be off, until Python has heard
  late = 0;
  /** @type {(name: string, value: unknown) => void} */ state;
  /** @type {string} */ film = ""; // by which the words below know it

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gm");
    this.canvas = this.find("canvas");
    this.find("time").oninput = (event) => this.goTo(this.nearest(Number(event.target.value)));
    this.find("play").onclick = () => this.toggle();
    this.find("order").onchange = () => this.paint();
    this.find("layer").onchange = ({ target }) => this.state("layer", { layer: Number(target.value), at: Date.now() });
    this.canvas.onpointermove = (event) => this.tip(event);
    this.canvas.onpointerleave = () => { this.find("tip").hidden = true; };
    this.canvas.onclick = (event) => this.touch(event);
    this.canvas.onkeydown = (event) => this.key(event);
    this.canvas.onfocus = this.canvas.onblur = () => this.wall && this.paint();
    this.find("unit-switch").onclick = () => this.opened && this.switch(this.opened.place);
    this.find("unit-close").onclick = () => this.close();
    this.find("unit-before").onclick = (event) => this.next(-1, event);
    this.find("unit-after").onclick = (event) => this.next(1, event);
    this.find("unit").onkeydown = (event) => {
      if (event.key === "Escape") this.close();
    };
    this.resized = whenResized(() => this.wall && this.paint(), this.find("picture"), this.row());
    this.gone = new AbortController();
    document.addEventListener(PAPER, () => this.opened && this.paint(), { signal: this.gone.signal });
    hearKeys(root, this.gone.signal, {
      toggle: () => this.moves && this.toggle(),
      back: () => this.moves && this.goTo(this.moment - 1),
      on: () => this.moves && this.goTo(this.moment + 1),
      first: () => this.moves && this.goTo(0),
      last: () => this.moves && this.goTo(this.wall.steps.length - 1),
    });
  }

  // Whether there is more than one moment to go through.
  get moves() {
    return this.wall?.steps.length > 1;
  }

  // For whoever records it.
  /** @returns {Playable | null} */
  plays() {
    const { now: at, wall } = this;
    return this.moves ? { last: wall.steps.length - 1, at, rate: MOMENTS_A_SECOND, goTo: (to) => this.goTo(to) } : null;
  }

  toggle() {
    if (this.timer) this.pause();
    else this.play();
  }

  // The moment nearest to a step: the slider is as long as training, and the moments are where they were.
  /** @param {number} step */
  nearest(step) {
    const away = this.wall.steps.map((one) => Math.abs(one - step));
    return away.indexOf(Math.min(...away));
  }

  /** @param {number} moment */
  goTo(moment) {
    this.pause();
    this.moment = Math.max(0, Math.min(this.wall.steps.length - 1, moment));
    this.paint();
  }

  destroy() {
    this.pause();
    this.opened?.close();
    this.gone.abort();
    this.resized.disconnect();
  }

  /** @param {WallMessage} wall @param {number} opened @param {UnitMessage | null} details */
  show(wall, opened, details) {
    const before = this.wall, last = wall.steps.length - 1;
    this.wall = wall;
    if (this.asked === opened) this.asked = null;
    this.hear();
    if (this.asked === null) this.put(wall.units.indexOf(opened - 1));
    if (this.opened) this.opened.details = detailsOf(details);
    if (before?.pictures === wall.pictures && String(before.steps) === String(wall.steps)) {
      return this.paint(); // the theme may have changed
    }
    this.pictures = unpack(wall.pictures, Int8Array);
    this.outgoing = wall.outgoing && unpack(wall.outgoing, Int8Array);
    this.biases = wall.biases && unpack(wall.biases, Int8Array);
    if (!this.timer || this.moment > last) this.moment = last;
    this.root.classList.toggle("gm-still", last === 0);
    this.slide(wall);
    this.layers();
    const order = this.find("order"), names = Object.keys(wall.orders);
    if (order.children.length !== names.length) {
      order.replaceChildren(...names.map((name) => new Option(name, name)));
    }
    this.paint();
  }

  // The slider with its epochs, spaced as on the chart.
  /** @param {WallMessage} wall */
  slide({ steps, epochs }) {
    const time = this.find("time"), end = epochs.at(-1) - epochs[0] || 1;
    Object.assign(time, { min: steps[0], max: steps.at(-1) });
    this.find("ticks").replaceChildren(...ticksIn(epochs[0], epochs.at(-1), MOST_TICKS).map((epoch) =>
      element("span", String(epoch), { style: `left: ${(100 * (epoch - epochs[0])) / end}%` })));
  }

  // Which hidden layer is shown, where there are several; a file of its own has but the first.
  layers() {
    const { layer, layers } = this.wall, box = this.find("layer");
    box.hidden = layers < 2 || !this.opens;
    if (box.children.length !== layers) {
      box.replaceChildren(...Array.from({ length: layers }, (_, k) => new Option(`layer ${k + 1} of ${layers}`, `${k + 1}`)));
    }
    box.value = `${layer}`;
  }

  play() {
    if (this.moment === this.wall.steps.length - 1) this.moment = -1;
    this.timer = setInterval(() => {
      this.moment += 1;
      if (this.moment >= this.wall.steps.length - 1) this.pause();
      this.paint();
    }, 1000 / MOMENTS_A_SECOND);
    this.find("play").textContent = "❚❚";
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.find("play").textContent = "▶";
  }

  // Tell the rest of the page which moment this is.
  tell() {
    const { wall, now } = this, step = wall.steps[now], playing = Boolean(this.timer);
    tell(MOMENT, now === wall.steps.length - 1 ? null : { step, epoch: wall.epochs[now], playing });
    const films = /** @type {Record<string, any>} */ (globalThis.glassboxFilms ??= {});
    films[this.film] = { step, playing, edited: false };
    tell(FILM, this.film);
  }

  // The unit at this place is opened, or none.
  /** @param {number} place */
  put(place) {
    const none = place < 0;
    if (none) this.opened?.close();
    if (none) this.opened = null;
    else if (this.opened) this.opened.place = place;
    else this.opened = new OpenedUnit(this, place);
    this.find("unit").hidden = none;
    this.root.classList.toggle("gm-opened", !none);
  }

  // Which units are off, "1.17" each: as asked for, until Python has heard; in a file of its own none.
  get off() {
    return new Set((this.switched ?? this.wall.off ?? "").split(",").filter(Boolean));
  }

  /** @param {number} place */
  nameOf(place) {
    return `${this.wall.layer}.${this.wall.units[place] + 1}`;
  }

  // The unit at this place is switched on or off: at once here, and Python counts anew.
  /** @param {number} place */
  switch(place) {
    const { off } = this, name = this.nameOf(place);
    if (!off.delete(name)) off.add(name);
    const pairs = [...off].map((one) => one.split(".").map(Number)).sort(([a, b], [c, d]) => a - c || b - d);
    this.switched = pairs.map((pair) => pair.join(".")).join(",");
    this.late = 0;
    this.ask();
    this.paint();
  }

  ask() {
    this.state("off", { off: this.switched, at: Date.now() }); // news each time
  }

  // What was asked for is here, or is asked for once more, but not forever.
  hear() {
    if (this.switched === null) return;
    this.late += 1;
    if (this.switched === this.wall.off || this.late >= EARLIER * TRIES) this.switched = null;
    else if (this.late % EARLIER === 0) this.ask();
  }

  // In a file of its own the wall cannot open a unit: what draws it large is not there.
  get opens() {
    return this.wall.figure !== undefined;
  }

  // The reader opens a unit, or none: at once from what is here; Python knows the rest.
  /** @param {number} place */
  open(place) {
    this.put(place);
    this.asked = place < 0 ? 0 : this.wall.units[place] + 1;
    this.state("unit", { unit: this.asked, at: Date.now() }); // news each time
    this.paint();
  }

  close() {
    this.open(-1);
    this.canvas.focus();
  }

  // From the opened unit to one beside it, in the order of the wall.
  /** @param {number} by @param {MouseEvent} event */
  next(by, event) {
    const here = this.shown.findIndex(({ unit }) => unit === this.opened.place), all = this.shown.length;
    this.at = (here + by + all) % all;
    this.open(this.shown[this.at].unit);
    if (event.detail) this.reach(); // by mouse or finger: the keyboard stays on the button
  }

  // Space plays the wall from the opened unit itself; on a button of it, it would press that.
  reach() {
    this.find("unit").focus({ preventScroll: true });
  }

  get now() {
    return Math.max(this.moment, 0);
  }

  // Sizes: of the letters; of the row of pictures in which the wall stands; of the wall above its bar.
  letters() {
    return parseFloat(getComputedStyle(this.root).fontSize);
  }

  /** @returns {Element} */
  row() {
    return this.root.closest("[data-testid=stHorizontalBlock]") ?? this.root;
  }

  breadth() {
    return Math.max(this.row().clientWidth, this.root.clientWidth);
  }

  tall() {
    return this.find("bar").offsetTop;
  }

  // What needs more than the wall's height makes it higher.
  /** @param {number} more */
  heighten(more) {
    if (more > 0) this.root.style.minHeight = `${Math.ceil(this.root.offsetHeight + more)}px`;
  }

  // Where each unit's picture is, in the chosen order.
  places() {
    const { wall } = this, { clientWidth: width, clientHeight: height } = this.find("picture");
    const order = wall.orders[this.find("order").value] ?? wall.orders[Object.keys(wall.orders)[0]];
    const found = tilesIn({ width, height, count: order.length, strips: this.outgoing !== null, cells: wall.layer > 1 });
    if (!this.opened) this.heighten(Math.max(found.height - height, this.opens ? roomFor(this) - this.tall() : 0));
    return order.map((unit, k) => ({ unit, ...found.tiles[k] }));
  }

  paint() {
    const { wall, canvas, moment, now } = this, picture = this.find("picture");
    this.root.style.minHeight = "";
    this.say();
    this.shown = this.places();
    const ratio = pixelRatio();
    canvas.width = picture.clientWidth * ratio;
    canvas.height = picture.clientHeight * ratio;
    canvas.dataset.moment = moment;
    canvas.dataset.moments = wall.steps.length;
    const g = canvas.getContext("2d"), pixels = wall.side ** 2;
    g.scale(ratio, ratio);
    const shades = this.shades(wall.limits[now]), strong = this.shades(127);
    const small = document.createElement("canvas"), { off } = this;
    for (const place of this.shown) {
      const start = (now * wall.units.length + place.unit) * pixels;
      this.colour(small, this.pictures.subarray(start, start + pixels), wall.side, wall.side, shades);
      g.imageSmoothingEnabled = false;
      g.drawImage(small, place.x, place.y, place.size, place.size);
      if (off.has(this.nameOf(place.unit))) this.strike(g, place);
      if (!this.outgoing) continue;
      const outputs = wall.classes.length, from = (now * wall.units.length + place.unit) * outputs;
      this.colour(small, this.outgoing.subarray(from, from + outputs), outputs, 1, strong);
      g.drawImage(small, place.x, place.y + place.size + 1, place.size, place.strip);
    }
    this.ring(g);
    this.tell();
    this.opened?.paint();
  }

  // A unit that is off: its picture faded, and a line through it.
  /** @param {CanvasRenderingContext2D} g @param {Picture} place */
  strike(g, { x, y, size }) {
    g.globalAlpha = FADED;
    g.fillStyle = this.paper;
    g.fillRect(x, y, size, size);
    g.globalAlpha = 1;
    g.strokeStyle = getComputedStyle(this.root).color;
    g.lineWidth = Math.max(1.5, 0.05 * size);
    g.beginPath();
    g.moveTo(x, y + size);
    g.lineTo(x + size, y);
    g.stroke();
  }

  // A ring around the picture that the keyboard is at.
  /** @param {CanvasRenderingContext2D} g */
  ring(g) {
    if (document.activeElement !== this.canvas) return;
    const { x, y, size, strip } = this.shown[Math.min(this.at, this.shown.length - 1)];
    g.strokeStyle = getComputedStyle(this.root).getPropertyValue("--st-primary-color").trim();
    g.lineWidth = 3;
    g.strokeRect(x + 1.5, y + 1.5, size - 3, size + strip - 2);
  }

  // The words around the pictures: how many there are, what their colours are, and which moment this is.
  say() {
    const { wall, now } = this, range = (wall.ranges[now] * wall.limits[now]) / 127, end = alike([range])(range);
    const all = wall.units.length < wall.hidden ? `${wall.units.length} of ${wall.hidden}` : wall.hidden;
    const units = `${all} hidden unit${wall.hidden > 1 ? "s" : ""}`;
    this.find("title").hidden = this.big && wall.layers > 1 && this.opens; // the menu of layers has its room
    const touched = this.big && wall.units.length < wall.hidden ? "" : ": touch one"; // on a projector it has no room
    this.find("title").textContent = this.opens ? `${this.big || wall.layers > 1 ? `${all} units` : units}${touched}` : units;
    const [against, speaks] = this.find("key").querySelectorAll("i");
    against.style.background = wall.colours.negative;
    speaks.style.background = wall.colours.positive;
    const negative = ACTIVATIONS[wall.activation].f(-1) < 0 ? ", where above 0," : "", before = `layer ${wall.layer - 1}`;
    this.find("heard").textContent = wall.layer === 1 ? "ink on" : `answers of ${before}${negative} on`;
    this.find("speaks").textContent = wall.layer === 1 ? "speaks" : "speak";
    this.find("low").textContent = ` (weight −${end})`;
    this.find("high").textContent = ` (${end})`;
    this.find("strips").hidden = !this.outgoing;
    this.find("strips").textContent = `strip: its weights for ${stripWords(wall.classes, this.big)}`;
    const when = epochOf(wall.epochs[now]);
    this.find("when").value = when;
    this.find("time").value = wall.steps[now];
    this.find("time").setAttribute("aria-valuetext", when);
    const here = this.shown?.[this.at] ? ` Unit ${wall.units[this.shown[this.at].unit] + 1}${this.off.has(this.nameOf(this.shown[this.at].unit)) ? ", off" : ""}.` : "";
    this.canvas.setAttribute("aria-label", `Weights of ${units}${wall.layers > 1 ? ` of layer ${wall.layer}` : ""} at ${when}. Arrow keys choose one${this.opens ? ", Enter opens it" : ""}.${here}`);
  }

  // A picture of ink, in the colour of the page's text.
  /** @param {HTMLCanvasElement} canvas @param {Uint8Array} pixels @param {number} side */
  ink(canvas, pixels, side) {
    paintPixels(canvas, pixels, side, getComputedStyle(this.root).color);
  }

  // The colour of each whole number from −limit to limit and beyond, by the theme of the reader.
  /** @param {number} limit */
  shades(limit) {
    return signShades(this.paper, this.wall.colours, limit);
  }

  get paper() {
    return getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Int8Array} values
   * @param {number} width
   * @param {number} height
   * @param {Uint32Array} shades
   */
  colour(canvas, values, width, height, shades) {
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d"), image = pen.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < values.length; i++) pixels[i] = shades[values[i] + 128];
    pen.putImageData(image, 0, 0);
  }

  // Where the pointer is on the canvas, and which picture lies there.
  /** @param {MouseEvent} event */
  under(event) {
    const edge = this.canvas.getBoundingClientRect();
    const x = event.clientX - edge.left, y = event.clientY - edge.top;
    const k = this.shown?.findIndex((p) => x >= p.x && x < p.x + p.size && y >= p.y && y < p.y + p.size + p.strip) ?? -1;
    return { x, y, k, place: this.shown?.[k] };
  }

  /** @param {MouseEvent} event */
  touch(event) {
    const { k, place } = this.under(event);
    if (!place || !this.opens) return;
    this.at = k;
    this.find("tip").hidden = true;
    this.open(place.unit);
    this.reach();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = this.shown.filter(({ y }) => y === this.shown[0].y).length, last = this.shown.length - 1;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (by === undefined && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation(); // they choose a unit here, and no moment
    if (by !== undefined) {
      if (this.at + by >= 0 && this.at + by <= last) this.at += by;
      return this.paint();
    }
    if (!this.opens) return;
    this.open(this.shown[Math.min(this.at, last)].unit);
    this.reach();
  }

  /** @param {PointerEvent} event */
  tip(event) {
    const tip = this.find("tip"), { wall } = this, { x, y, place } = this.under(event);
    tip.hidden = !place || event.pointerType === "touch";
    if (tip.hidden) return;
    const { unit } = place, moment = this.now;
    const lines = [`hidden unit ${wall.units[unit] + 1}${wall.layers > 1 ? ` of layer ${wall.layer}` : ""}`];
    if (this.off.has(this.nameOf(unit))) lines.push("It is off: it answers 0 to every image.");
    const near = (value, range) => ((value / 127) * range).toPrecision(3).replace("-", "−");
    if (y < place.y + place.size) {
      const column = Math.floor(((x - place.x) / place.size) * wall.side);
      const row = Math.floor(((y - place.y) / place.size) * wall.side);
      const cell = row * wall.side + column;
      const weight = near(this.pictures[(moment * wall.units.length + unit) * wall.side ** 2 + cell], wall.ranges[moment]);
      const of = wall.layer === 1 ? `the pixel in row ${row + 1}, column ${column + 1}` : `unit ${cell + 1} of layer ${wall.layer - 1}`;
      if (cell < wall.inputs) lines.push(`weight of ${of}: about ${weight}`);
    } else if (this.outgoing) {
      const outputs = wall.classes.length;
      const k = Math.min(outputs - 1, Math.floor(((x - place.x) / place.size) * outputs));
      const value = this.outgoing[(moment * wall.units.length + unit) * outputs + k];
      const digit = areDigits(wall.classes) ? "digit " : "";
      lines.push(`its weight for ${digit}${wall.classes[k]}: about ${near(value, wall.outgoingRanges[moment])}`);
    }
    if (moment === wall.steps.length - 1) {
      const influence = wall.matters.some(Boolean) ? `, influence ${wall.matters[unit].toPrecision(4)}` : "";
      lines.push(`length of its weights ${wall.norms[unit].toPrecision(4)}${influence}`);
    }
    if (this.opens) lines.push("Touch it to open it.");
    tip.replaceChildren(...lines.map((line) => element("div", line)));
    const { clientWidth: width, clientHeight: height } = this.find("picture");
    tip.style.left = `${Math.max(0, Math.min(x + 14, width - tip.offsetWidth))}px`;
    tip.style.top = `${y + 14 + tip.offsetHeight > height ? Math.max(0, y - 14 - tip.offsetHeight) : y + 14}px`;
  }
}
