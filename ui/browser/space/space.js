// @ts-check
// Where a network puts images: a point each, on axes that stay while its training is gone through.

import { unpack } from "../shared/bytes.js";
import { aClass } from "../shared/classes.js";
import { readable } from "../shared/colours.js";
import { element, finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { sayMoreOf } from "../shared/more.js";
import { Moments } from "../shared/scrub.js";
import { whenResized } from "../shared/resized.js";
import { pixelRatio } from "../shared/sharp.js";
import { aspectOf, fitted, nearestTo, TOWARDS } from "./points.js";

const MOMENTS_A_SECOND = 4;
const REACH = 14; // pixels around a point that a mouse may miss it by
const FINGER = 22;
const MARK = 0.45; // of the room that a point has
const LARGEST = 1.15; // in letters
const SMALLEST = 10; // pixels
const ON_A_PROJECTOR = 15;
const MANY = 12; // classes: more stand in narrower columns where their names are short
const PALE = 0.12; // points of a class that is not looked at
const DRAWING = "◆"; // what stands for the reader's own
const YOURS = "your drawing";
const LARGER = 1.6; // than the other marks

export class Space {
  /** @type {SpaceMessage} */ shown;
  /** @type {Int32Array} */ places; // of all moments; the reader's drawing comes after the images
  /** @type {Uint8Array} */ labels;
  /** @type {(x: number, y: number) => number[]} */ fit;
  /** @type {ReturnType<typeof setInterval> | null} */ timer = null;
  /** @type {boolean} */ big;
  /** @type {(what: object) => void} */ asked;
  leads = true; // does an image lead to its own view

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gz");
    this.canvas = /** @type {HTMLCanvasElement} */ (this.find("canvas"));
    this.point = -1; // that the mouse or the keyboard is at
    this.only = -1; // the class that alone is looked at
    const { canvas } = this, time = this.find("time");
    this.moments = new Moments(time, this.find("when"), (moment) => this.ask(moment));
    time.addEventListener("input", () => this.move());
    this.find("play").onclick = () => this.toggle();
    this.find("layer").onchange = (event) => this.asked({ layer: Number(event.target.value) });
    canvas.onpointermove = (event) => this.at(this.under(event));
    canvas.onpointerleave = () => this.at(-1);
    canvas.onclick = (event) => this.open(this.under(/** @type {PointerEvent} */ (event)));
    canvas.onkeydown = (event) => this.key(event);
    canvas.onblur = () => this.at(-1);
    this.resized = whenResized(() => this.shown && this.paint(), canvas);
    this.heard = new MutationObserver(() => this.shown && this.follow());
    /** @type {Element | null} */ this.hears = null;
    this.list = sayMoreOf(this.find("scroll"), this.find("classes"));
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, {
      ...this.moments.deeds,
      toggle: () => this.shown?.epochs.length > 1 && this.toggle(),
      close: () => this.only >= 0 && (this.look(-1), true),
      point: () => this.next(1),
      pointBefore: () => this.next(-1),
    });
  }

  // What is said under the picture, by the page.
  /** @returns {HTMLElement | null} */
  get caption() {
    return document.querySelector(".st-key-caption");
  }

  destroy() {
    this.stop();
    this.heard.disconnect();
    this.caption?.classList.remove("gz-pale");
    this.gone.abort();
    this.resized.disconnect();
    this.list.disconnect();
  }

  // The row of the page in which that stands is listened to, and no other.
  listen() {
    const row = this.caption?.closest("[data-testid=stHorizontalBlock]") ?? null;
    if (row === this.hears) return;
    this.heard.disconnect();
    this.hears = row;
    if (row) this.heard.observe(row, { attributes: true, attributeFilter: ["class"], childList: true, subtree: true });
  }

  // Of which moment it is, by its step, −1 of the latest, as the list of moments has it.
  get saidOf() {
    const place = this.caption?.closest("[class*='st-key-words_of_']");
    const [, moment] = place?.className.match(/st-key-words_of_(\w+)/) ?? [];
    return moment === "latest" ? -1 : Number(moment);
  }

  // Which moment is on screen.
  get moment() {
    return Number(this.find("time").value);
  }

  // The places at that moment.
  get now() {
    const { count } = this;
    return this.places.subarray(2 * count * this.moment, 2 * count * (this.moment + 1));
  }

  // How many points there are: images, and the reader's drawing if there is one.
  get count() {
    return this.labels.length + (this.shown.drawn ? 1 : 0);
  }

  // Whether a point is the reader's drawing.
  /** @param {number} point */
  isDrawing(point) {
    return point === this.labels.length;
  }

  // The places as they came, and the drawing's after those of each moment.
  /** @param {SpaceMessage} shown */
  unpacked({ places, drawn }) {
    const images = unpack(places, Int16Array);
    if (!drawn) return Int32Array.from(images);
    const each = images.length / drawn.length, all = new Int32Array(images.length + 2 * drawn.length);
    drawn.forEach((place, moment) => {
      all.set(images.subarray(moment * each, (moment + 1) * each), moment * (each + 2));
      all.set(place, moment * (each + 2) + each);
    });
    return all;
  }

  /** @param {SpaceMessage} shown @param {boolean} big */
  show(shown, big) {
    const before = this.shown;
    this.shown = shown;
    this.big = big;
    if (before?.places !== shown.places || before.labels !== shown.labels || String(before.drawn) !== String(shown.drawn)) {
      this.stop();
      this.places = this.unpacked(shown);
      this.labels = unpack(shown.labels, Uint8Array);
      if (this.point >= this.count) this.point = -1;
    }
    if (before?.labels !== shown.labels || String(before.classes) !== String(shown.classes)) {
      this.point = this.only = -1;
    }
    if (!this.timer) this.moments.show(shown);
    this.root.style.setProperty("--gz-aspect", String(aspectOf(shown)));
    this.root.classList.toggle("gz-several", shown.classes.length > MANY && String(shown.marks) === String(shown.classes));
    const { layer, layers, epochs, shares } = shown, field = this.find("layer");
    this.find("which").hidden = layers < 2;
    field.replaceChildren(...Array.from({ length: layers }, (_, k) => new Option(String(k + 1), String(k + 1))));
    field.value = layer;
    this.find("play").hidden = epochs.length < 2;
    this.find("across").textContent = `→ the way in which the latest answers differ most: ${shares[0]} of how much they differ`;
    this.find("up").textContent = `↑ the way, at right angles to it, in which they differ most: ${shares[1]}`;
    this.find("name").textContent = "How many of each class have one of their own class nearest. Touch a class to see it alone:";
    this.canvas.setAttribute("aria-label",
      `${this.labels.length} images as points, each with its class,${shown.drawn ? " and your drawing as the last," : ""} by two directions of the hidden answers. Arrow keys go to the nearest point that way, p to the next image${this.leads ? ", Enter opens it" : ""}.`);
    this.paint();
    this.root.dataset.drawn = "true";
  }

  // The classes: their marks, and how many of each have one of their own as nearest.
  legend() {
    const { classes, marks, own, counts, at } = this.shown, colours = this.colours();
    const rows = classes.map((name, k) => {
      const told = this.moment === at && !this.timer && counts[k] ? `${own[k]} of ${counts[k]}` : "";
      const label = `${aClass(name)}${told && `: ${told} have one of their own class nearest`}`;
      const button = element("button", "", { type: "button", "aria-label": label, "aria-pressed": String(k === this.only) });
      const mark = element("b", marks[k]);
      mark.style.color = colours[k];
      button.append(mark, element("span", marks[k] === name ? "" : name), " ", element("span", told, { class: "gz-told" }));
      button.onclick = () => this.look(k === this.only ? -1 : k);
      return button;
    });
    const list = this.find("classes"), focused = [...list.children].indexOf(document.activeElement);
    list.replaceChildren(...rows);
    if (focused >= 0) rows[focused].focus();
  }

  colours() {
    const look = getComputedStyle(this.root), paper = look.getPropertyValue("--st-background-color").trim();
    return this.shown.colours.map((colour) => readable(colour, paper, look.color));
  }

  // Look at one class alone, or at all.
  /** @param {number} kind */
  look(kind) {
    this.only = kind;
    this.paint();
  }

  paint() {
    this.legend();
    this.draw();
    this.follow();
  }

  // The words below are of the moment that Python was asked for last: pale beside another one.
  follow() {
    this.listen();
    const here = !this.timer && this.moment === this.shown.at;
    this.caption?.classList.toggle("gz-pale", !here || this.saidOf !== this.shown.moments[this.moment]);
  }

  draw() {
    const { canvas, labels, now, only } = this, { clientWidth: width, clientHeight: height } = canvas;
    if (!width || !height) return;
    const look = getComputedStyle(this.root), em = parseFloat(look.fontSize), ratio = pixelRatio();
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext("2d"), colours = this.colours(), { marks } = this.shown;
    pen.scale(ratio, ratio);
    this.fit = fitted(this.shown, width, height, em);
    this.axes(pen, width, height, look.getPropertyValue("--st-border-color").trim());
    const room = MARK * Math.sqrt((width * height) / labels.length);
    const size = Math.max(this.big ? ON_A_PROJECTOR : SMALLEST, Math.min(LARGEST * em, room));
    pen.font = `600 ${size}px ${look.fontFamily}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const mark = (/** @type {number} */ point) => {
      const [x, y] = this.fit(now[2 * point], now[2 * point + 1]);
      pen.fillStyle = colours[labels[point]];
      pen.fillText(marks[labels[point]], x, y);
    };
    pen.globalAlpha = only < 0 ? 1 : PALE;
    labels.forEach((kind, point) => kind !== only && mark(point));
    pen.globalAlpha = 1;
    if (only >= 0) labels.forEach((kind, point) => kind === only && mark(point));
    if (this.shown.drawn) this.drawing(pen, width, size, look);
    if (this.point >= 0) this.ring(pen, this.point, size, look);
  }

  // Where the directions cross: the middle of all points at the latest moment.
  /** @param {Pen} pen @param {number} width @param {number} height @param {string} colour */
  axes(pen, width, height, colour) {
    const [x, y] = this.fit(0, 0);
    pen.strokeStyle = colour;
    pen.beginPath();
    for (const [a, b, c, d] of [[0, y, width, y], [x, 0, x, height]]) {
      pen.moveTo(a, b);
      pen.lineTo(c, d);
    }
    pen.stroke();
  }

  // The reader's drawing, with its name on the side that has room.
  /** @param {Pen} pen @param {number} width @param {number} size @param {CSSStyleDeclaration} look */
  drawing(pen, width, size, look) {
    const { now } = this, last = this.labels.length, [x, y] = this.fit(now[2 * last], now[2 * last + 1]);
    const left = x > width / 2, aside = x + (left ? -size : size);
    pen.textAlign = left ? "right" : "left";
    pen.lineWidth = 4;
    pen.strokeStyle = look.getPropertyValue("--st-background-color").trim();
    pen.strokeText(YOURS, aside, y);
    pen.fillStyle = look.color;
    pen.fillText(YOURS, aside, y);
    pen.textAlign = "center";
    pen.font = `600 ${LARGER * size}px ${look.fontFamily}`;
    pen.strokeText(DRAWING, x, y);
    pen.fillText(DRAWING, x, y);
    pen.font = `600 ${size}px ${look.fontFamily}`;
  }

  // The point that is pointed at, in front of all others.
  /** @param {Pen} pen @param {number} point @param {number} size @param {CSSStyleDeclaration} look */
  ring(pen, point, size, look) {
    const [x, y] = this.fit(this.now[2 * point], this.now[2 * point + 1]);
    pen.beginPath();
    pen.arc(x, y, 0.9 * size, 0, 2 * Math.PI);
    pen.fillStyle = look.getPropertyValue("--st-background-color").trim();
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = pen.fillStyle = look.color;
    pen.stroke();
    pen.fillText(this.isDrawing(point) ? DRAWING : this.shown.marks[this.labels[point]], x, y);
  }

  // The point under the pointer, −1 if there is none.
  /** @param {PointerEvent} event */
  under({ offsetX, offsetY, pointerType }) {
    if (!this.fit) return -1;
    const reach = pointerType === "touch" ? FINGER : REACH, [x, y] = this.fit(0, 0), [right] = this.fit(1000, 0);
    const scale = (right - x) / 1000, far = (reach / scale) ** 2;
    return nearestTo(this.now, (offsetX - x) / scale, (y - offsetY) / scale, (dx, dy, point) =>
      dx * dx + dy * dy <= far && (this.only < 0 || this.labels[point] === this.only || this.isDrawing(point)));
  }

  // A point is pointed at, or none.
  /** @param {number} point */
  at(point) {
    if (point === this.point) return;
    this.point = point;
    this.draw();
    this.find("said").textContent = point < 0 ? "" : this.words(point);
  }

  /** @param {number} point */
  words(point) {
    const { now, labels, shown } = this, named = (/** @type {number} */ k) => aClass(shown.classes[labels[k]]);
    const beside = nearestTo(now, now[2 * point], now[2 * point + 1], (_x, _y, other) => other !== point && !this.isDrawing(other));
    const nearest = beside < 0 ? "" : ` Nearest here: image ${beside + 1}, ${named(beside)}.`;
    return this.isDrawing(point) ? `Your drawing.${nearest}` : `Image ${point + 1}: ${named(point)}.${nearest}`;
  }

  /** @param {number} point */
  open(point) {
    if (point < 0 || !this.leads) return;
    this.stop();
    this.asked({ image: this.isDrawing(point) ? 0 : point + 1, moment: this.shown.moments[this.moment] });
  }

  // The next image, or the one before, in their order.
  /** @param {number} by */
  next(by) {
    const { count } = this;
    this.at(this.point < 0 ? (by > 0 ? 0 : count - 1) : (this.point + by + count) % count);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event, towards = TOWARDS[key];
    if (towards && this.point < 0) this.next(1);
    else if (towards) {
      const { now, point } = this, to = nearestTo(now, now[2 * point], now[2 * point + 1], towards);
      if (to >= 0) this.at(to);
    } else if (key === "Enter") this.open(this.point);
    else if (key === "Home" || key === "End") this.at(key === "Home" ? 0 : this.count - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The slider has been moved: the points with it, and Python hears of it when it is let go.
  move() {
    this.stop();
    this.paint();
  }

  /** @param {number} moment */
  ask(moment) {
    this.stop();
    this.paint();
    this.asked({ moment });
  }

  // For whoever records it.
  /** @returns {Playable | null} */
  plays() {
    const last = this.shown.epochs.length - 1, goTo = (/** @type {number} */ to) => {
      this.stop();
      this.moments.put(to);
      this.paint();
    };
    return last > 0 ? { last, at: this.moment, rate: MOMENTS_A_SECOND, goTo } : null;
  }

  toggle() {
    if (this.timer) this.ask(this.shown.moments[this.moment]);
    else this.play();
  }

  play() {
    const last = this.shown.epochs.length - 1;
    if (this.moment === last) this.moments.put(0);
    this.timer = setInterval(() => {
      this.moments.put(this.moment + 1);
      if (this.moment >= last) this.ask(this.shown.moments[last]);
      else this.paint();
    }, 1000 / MOMENTS_A_SECOND);
    this.find("play").textContent = "❚❚";
    this.find("play").setAttribute("aria-label", "Pause");
    this.paint();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.find("play").textContent = "▶";
    this.find("play").setAttribute("aria-label", "Play the training");
  }
}
