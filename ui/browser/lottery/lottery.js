// @ts-check
// A lottery: how many trainings of one setting went. Curve, bar and tile lead to a start's film.

import { unpack } from "../shared/bytes.js";
import { finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { whenResized } from "../shared/resized.js";
import { pixelRatio } from "../shared/sharp.js";
import { lookOf, paintAll, paintLit, paintTile, sheetOf } from "./drawing.js";
import { found, placesOf } from "./places.js";

export class Lottery {
  /** @type {LotteryMessage} */ lottery;
  /** @type {(seed: number) => void} */ opened;
  closed = false; // can none be opened
  /** @type {LotteryDrawn} */ drawn;
  /** @type {LotteryFound | null} */ lit; // what is pointed at, or was chosen by key or finger
  /** @type {HTMLCanvasElement} */ still; // all but what is lit

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gt");
    this.lit = null;
    this.touched = false;
    const canvas = (this.canvas = this.find("canvas"));
    canvas.onpointermove = (event) => event.pointerType !== "touch" && this.light(this.under(event));
    canvas.onpointerleave = (event) => event.pointerType !== "touch" && this.light(null);
    canvas.onpointerdown = (event) => { this.touched = event.pointerType === "touch"; };
    canvas.onclick = (event) => {
      this.light(this.under(event));
      if (!this.touched && this.lit) this.open(); // a finger is larger than a tile: it chooses first
    };
    canvas.onkeydown = (event) => this.key(event);
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, {
      back: () => this.go(-1), on: () => this.go(1), first: () => this.go(-Infinity), last: () => this.go(Infinity),
    });
    this.find("open").onclick = () => this.open();
    this.resized = whenResized(() => this.lottery && this.paint(), this.find("picture"));
  }

  destroy() {
    this.resized.disconnect();
    this.gone.abort();
  }

  /** @param {LotteryMessage} lottery */
  show(lottery) {
    const before = this.lottery, seed = this.lit?.starts.length === 1 ? before.seeds[this.lit.starts[0]] : null;
    this.lottery = lottery;
    const place = seed === null ? -1 : lottery.seeds.indexOf(seed);
    this.lit = place < 0 ? null : { starts: [place], bar: -1 };
    this.samples = unpack(lottery.tiles, Int8Array);
    this.heights = unpack(lottery.curves, Uint16Array);
    this.paint();
  }

  // What there is to see is drawn once; what is lit is drawn over it.
  paint() {
    const { lottery, root } = this, picture = this.find("picture");
    const em = parseFloat(getComputedStyle(root).fontSize), look = lookOf(root, lottery);
    const width = picture.clientWidth;
    if (!width) return;
    let places = placesOf(lottery, width, picture.clientHeight, em);
    picture.style.minHeight = places.narrow ? `${Math.ceil(places.bottom)}px` : "";
    const sheet = sheetOf(lottery, this.samples, look);
    places = placesOf(lottery, width, picture.clientHeight, em);
    this.drawn = { lottery, heights: this.heights, places, look, sheet };
    this.still ??= document.createElement("canvas");
    for (const canvas of [this.still, this.canvas]) {
      canvas.width = width * pixelRatio();
      canvas.height = picture.clientHeight * pixelRatio();
    }
    const pen = this.still.getContext("2d");
    pen.scale(pixelRatio(), pixelRatio());
    paintAll(pen, this.drawn);
    Object.assign(this.canvas.dataset, { drawn: lottery.seeds.length, of: lottery.of });
    this.repaint();
  }

  repaint() {
    if (!this.still) return; // a key came before there was a place to draw in
    const g = this.canvas.getContext("2d");
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.clearRect(0, 0, this.canvas.width, this.canvas.height);
    g.drawImage(this.still, 0, 0);
    g.scale(pixelRatio(), pixelRatio());
    paintLit(g, this.drawn, this.lit);
    this.say();
  }

  // The start that a click opens: of many the reader's own, else the first on the wall.
  get chosen() {
    const starts = this.lit?.starts ?? [], { own } = this.lottery;
    return starts.length === 0 || starts.includes(own) ? own : starts[0];
  }

  say() {
    const { lottery, chosen, lit } = this, many = (lit?.starts.length ?? 0) > 1;
    const said = this.find("said"), large = this.find("large");
    this.find("open").hidden = large.hidden = chosen < 0;
    this.canvas.dataset.seed = chosen < 0 ? "" : lottery.seeds[chosen];
    const counted = lottery.groups.map(({ count, words }) => `${count} ${words}`).join(", ");
    this.canvas.setAttribute("aria-label",
      `${lottery.seeds.length} of ${lottery.of} starts: ${counted || "none trained yet"}. ` +
      `Arrow keys choose a start${this.closed ? "" : ", Enter opens its film"}.`);
    if (chosen < 0) {
      said.textContent = "";
      return;
    }
    const yours = chosen === lottery.own ? ", yours" : "";
    const one = `${lottery.names[chosen]}${yours}: ${lottery.said[chosen]}`;
    const bar = many ? `${lit.starts.length} starts with ${lottery.between[lit.bar]}, as ` : "";
    said.textContent = (bar + one).replace(/^./, (letter) => letter.toUpperCase());
    large.width = large.height = this.drawn.sheet.fine;
    paintTile(large.getContext("2d"), this.drawn.sheet, chosen, 0, 0, large.width);
  }

  open() {
    if (this.chosen >= 0) this.opened(this.lottery.seeds[this.chosen]);
  }

  /** @param {MouseEvent} event */
  under(event) {
    const edge = this.canvas.getBoundingClientRect();
    const x = event.clientX - edge.left, y = event.clientY - edge.top;
    return this.drawn && found(this.lottery, this.heights, this.drawn.places, x, y);
  }

  /** @param {LotteryFound | null} lit */
  light(lit) {
    if (String(lit?.starts) === String(this.lit?.starts) && lit?.bar === this.lit?.bar) return;
    this.lit = lit;
    this.repaint();
  }

  // So many starts further on the wall.
  /** @param {number} by */
  go(by) {
    const last = this.lottery.seeds.length - 1;
    if (last < 0) return false;
    this.light({ starts: [Math.max(0, Math.min(last, Math.max(0, this.chosen) + by))], bar: -1 });
    return true;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { seeds } = this.lottery, last = seeds.length - 1;
    if (event.key === "Enter") this.open();
    else if (event.key === "Escape") this.light(null);
    else {
      const to = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
      const now = Math.max(0, this.chosen);
      const next = to === undefined ? this.otherRow(event.key, now) : Math.max(0, Math.min(last, now + to));
      if (next === null || last < 0) return;
      this.light({ starts: [next], bar: -1 });
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // The start above or below on the wall, or the first of another group; null for another key.
  /** @param {string} key @param {number} now */
  otherRow(key, now) {
    const { tiles } = this.drawn.places, drawn = this.lottery.seeds.length, from = tiles[now];
    if (key === "PageUp" || key === "PageDown") {
      const group = from.group + (key === "PageDown" ? 1 : -1);
      const first = tiles.findIndex((tile) => tile.group === group);
      return first >= 0 && first < drawn ? first : now;
    }
    if (key !== "ArrowUp" && key !== "ArrowDown") return null;
    const beyond = tiles.slice(0, drawn).map((tile, k) => ({ ...tile, k }))
      .filter((tile) => (key === "ArrowUp" ? tile.y < from.y : tile.y > from.y));
    const row = key === "ArrowUp" ? Math.max(...beyond.map((t) => t.y)) : Math.min(...beyond.map((t) => t.y));
    const near = beyond.filter((tile) => tile.y === row)
      .sort((one, other) => Math.abs(one.x - from.x) - Math.abs(other.x - from.x));
    return near[0]?.k ?? now;
  }
}
