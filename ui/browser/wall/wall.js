// @ts-check
// A wall of small pictures, one a hidden unit: blue where ink speaks for it, orange where against.
// Below each picture, where the classes come right after, its outgoing weights, one a class.

import { unpack } from "../shared/bytes.js";
import { rgbOf } from "../shared/colours.js";
import { element, finder } from "../shared/elements.js";
import { MOMENT, onPaper, PAPER, tell } from "../shared/moments.js";
import { readingAt } from "./reading.js";

const MOMENTS_A_SECOND = 4;

export class Wall {
  /** @type {WallMessage} */ wall;
  /** @type {Int8Array} */ pictures;
  /** @type {Int8Array | null} */ outgoing;
  /** @type {Int8Array | null} */ biases;
  /** @type {number} */ moment; // −1 before the first one is due
  /** @type {ReturnType<typeof setInterval> | null} */ timer;
  /** @type {boolean} */ big;
  /** @type {Picture[]} */ shown;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gm");
    this.canvas = this.find("canvas");
    this.find("time").oninput = (event) => {
      this.pause();
      this.moment = Number(event.target.value);
      this.paint();
    };
    this.find("play").onclick = () => (this.timer ? this.pause() : this.play());
    this.find("order").onchange = () => this.paint();
    this.canvas.onpointermove = (event) => this.tip(event);
    this.canvas.onpointerleave = () => { this.find("tip").hidden = true; };
    this.resized = new ResizeObserver(() => this.wall && this.paint());
    this.resized.observe(this.find("picture"));
    this.gone = new AbortController();
    document.addEventListener(PAPER, () => this.wall && this.tell(), { signal: this.gone.signal });
  }

  destroy() {
    this.pause();
    this.gone.abort();
    this.resized.disconnect();
  }

  /** @param {WallMessage} wall */
  show(wall) {
    const before = this.wall, last = wall.steps.length - 1;
    this.wall = wall;
    if (before?.pictures === wall.pictures && String(before.steps) === String(wall.steps)) {
      return this.paint(); // the theme may have changed
    }
    this.pictures = unpack(wall.pictures, Int8Array);
    this.outgoing = wall.outgoing && unpack(wall.outgoing, Int8Array);
    this.biases = wall.biases && unpack(wall.biases, Int8Array);
    if (!this.timer || this.moment > last) this.moment = last;
    this.root.classList.toggle("gm-still", last === 0);
    this.find("time").max = last;
    const order = this.find("order"), names = Object.keys(wall.orders);
    if (order.children.length !== names.length) {
      order.replaceChildren(...names.map((name) => new Option(name, name)));
    }
    this.paint();
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

  // Tell the rest of the page which moment this is, and what the network of then reads.
  tell() {
    const { wall } = this, now = Math.max(this.moment, 0);
    const image = onPaper();
    const detail = now === wall.steps.length - 1 ? null : {
      epoch: wall.epochs[now],
      probabilities: this.biases && image?.length === wall.side ** 2 ? readingAt(this, now, image) : null,
    };
    tell(MOMENT, detail);
  }

  // Where each unit's picture is: as large as fits, row by row, in the chosen order.
  places() {
    const { wall } = this, { clientWidth: width, clientHeight: height } = this.find("picture");
    const order = wall.orders[this.find("order").value] ?? wall.orders[Object.keys(wall.orders)[0]];
    const strip = this.outgoing ? 0.16 : 0;
    let best = { size: 0, columns: 1 };
    for (let columns = 1; columns <= order.length; columns++) {
      const rows = Math.ceil(order.length / columns);
      const size = Math.min(width / columns, height / rows / (1 + strip));
      if (size > best.size) best = { size, columns };
    }
    const { size, columns } = best, gap = Math.max(1, 0.06 * size);
    return order.map((unit, k) => ({
      unit,
      x: (k % columns) * size,
      y: Math.floor(k / columns) * size * (1 + strip),
      size: size - gap,
      strip: Math.max(2, strip * size - gap),
    }));
  }

  paint() {
    const { wall, canvas, moment } = this, picture = this.find("picture");
    const ratio = devicePixelRatio;
    canvas.width = picture.clientWidth * ratio;
    canvas.height = picture.clientHeight * ratio;
    canvas.dataset.moment = moment;
    canvas.dataset.moments = wall.steps.length;
    const g = canvas.getContext("2d");
    g.scale(ratio, ratio);
    const now = Math.max(moment, 0), pixels = wall.side ** 2;
    const shades = this.shades(wall.limits[now]), strong = this.shades(127);
    const small = document.createElement("canvas");
    this.shown = this.places();
    for (const place of this.shown) {
      const start = (now * wall.units.length + place.unit) * pixels;
      this.colour(small, this.pictures.subarray(start, start + pixels), wall.side, wall.side, shades);
      g.imageSmoothingEnabled = false;
      g.drawImage(small, place.x, place.y, place.size, place.size);
      if (!this.outgoing) continue;
      const outputs = wall.classes.length, from = (now * wall.units.length + place.unit) * outputs;
      this.colour(small, this.outgoing.subarray(from, from + outputs), outputs, 1, strong);
      g.drawImage(small, place.x, place.y + place.size + 1, place.size, place.strip);
    }
    const range = (wall.ranges[now] * wall.limits[now]) / 127;
    const all = wall.units.length < wall.hidden ? `${wall.units.length} of ${wall.hidden}` : wall.hidden;
    const units = `${all} unit${wall.hidden > 1 ? "s" : ""}`;
    this.find("title").textContent = this.big
      ? `${units}, ±${range.toPrecision(2)}`
      : `${units}, orange −${range.toPrecision(2)} to blue +${range.toPrecision(2)}`;
    const epoch = wall.epochs[now];
    this.find("when").value = `epoch ${epoch < 1 ? epoch.toFixed(2) : epoch.toFixed(1)}`;
    this.find("time").value = moment;
    this.tell();
    canvas.setAttribute("aria-label", `Weights of ${all} hidden units at ${this.find("when").value}`);
  }

  // The colour of each whole number from −limit to limit and beyond, by the theme of the reader.
  /** @param {number} limit */
  shades(limit) {
    const { negative, positive } = this.wall.colours;
    const paper = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const [against, none, speaks] = [negative, paper, positive].map(rgbOf);
    const shades = new Uint32Array(256);
    for (let value = -127; value <= 127; value++) {
      const end = value < 0 ? against : speaks, share = Math.min(1, Math.abs(value) / limit);
      const [red, green, blue] = none.map((c, i) => Math.round(c + (end[i] - c) * share));
      shades[value + 128] = 0xff000000 | (blue << 16) | (green << 8) | red;
    }
    return shades;
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

  /** @param {PointerEvent} event */
  tip(event) {
    const edge = this.canvas.getBoundingClientRect(), tip = this.find("tip"), { wall } = this;
    const x = event.clientX - edge.left, y = event.clientY - edge.top;
    const place = this.shown?.find((p) =>
      x >= p.x && x < p.x + p.size && y >= p.y && y < p.y + p.size + p.strip);
    tip.hidden = !place;
    if (!place) return;
    const { unit } = place, moment = Math.max(this.moment, 0);
    const lines = [`hidden unit ${wall.units[unit] + 1}`];
    const near = (value, range) => ((value / 127) * range).toPrecision(3).replace("-", "−");
    if (y < place.y + place.size) {
      const column = Math.floor(((x - place.x) / place.size) * wall.side);
      const row = Math.floor(((y - place.y) / place.size) * wall.side);
      const at = (moment * wall.units.length + unit) * wall.side ** 2 + row * wall.side + column;
      const weight = near(this.pictures[at], wall.ranges[moment]);
      lines.push(`weight of the pixel in row ${row + 1}, column ${column + 1}: about ${weight}`);
    } else if (this.outgoing) {
      const outputs = wall.classes.length;
      const k = Math.min(outputs - 1, Math.floor(((x - place.x) / place.size) * outputs));
      const value = this.outgoing[(moment * wall.units.length + unit) * outputs + k];
      const digit = /^\d$/.test(wall.classes[k]) ? "digit " : "";
      lines.push(`what it tells ${digit}${wall.classes[k]}: about ${near(value, wall.outgoingRanges[moment])}`);
    }
    if (moment === wall.steps.length - 1) {
      const influence = wall.matters.some(Boolean) ? `, influence ${wall.matters[unit].toPrecision(4)}` : "";
      lines.push(`length of its weights ${wall.norms[unit].toPrecision(4)}${influence}`);
    }
    tip.replaceChildren(...lines.map((line) => element("div", line)));
    const { clientWidth: width, clientHeight: height } = this.find("picture");
    tip.style.left = `${Math.max(0, Math.min(x + 14, width - tip.offsetWidth))}px`;
    tip.style.top = `${y + 14 + tip.offsetHeight > height ? Math.max(0, y - 14 - tip.offsetHeight) : y + 14}px`;
  }
}
