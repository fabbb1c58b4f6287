// @ts-check
// Where the boundary will lie, drawn on the plane by pointer, finger or keys before there is one; or
// how the loss will go, on its plot. Lines are corners across and up in thousandths of the plane or
// the plot, as recipes/sketch.py and recipes/curve_sketch.py have them.

import { plain, written } from "../shared/numbers.js";
import { paintCross } from "./cross.js";
import { topOf } from "./curves.js";

const SIDE = 1000; // of the plane, and of the plot
const GUESSED = {
  boundary: {
    group: "The boundary as you guess it", empty: "Draw on the plane; by keys, arrows move and Enter sets a corner",
  },
  loss: {
    group: "The loss as you guess it", empty: "Draw on the plot of the loss; by keys, arrows move and Enter sets a corner",
  },
};
const MOST_NUMBERS = 600; // as recipes/sketch.py has it; then the pen is dry
const NEAR = 8; // a corner so near to the one before says nothing new
const FLAT = 4; // a corner so near to the line without it is left out
const STRIDE = 1000 / 24; // of the keys
const SMALL_STRIDE = 1000 / 120; // with Shift
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {number[][]} lines */
const numbersIn = (lines) => lines.reduce((count, line) => count + line.length, 0);

// The corners that a line needs (Douglas and Peucker).
/** @param {number[]} line @returns {number[]} */
function withFewerCorners(line) {
  const [x0, y0, x1, y1] = [...line.slice(0, 2), ...line.slice(-2)], length = Math.hypot(x1 - x0, y1 - y0);
  let far = 0, most = FLAT;
  for (let k = 2; k < line.length - 2; k += 2) {
    const [x, y] = [line[k] - x0, line[k + 1] - y0];
    const off = length ? Math.abs(x * (y1 - y0) - y * (x1 - x0)) / length : Math.hypot(x, y);
    if (off > most) [far, most] = [k, off];
  }
  if (!far) return [x0, y0, x1, y1];
  return [...withFewerCorners(line.slice(0, far + 2)).slice(0, -2), ...withFewerCorners(line.slice(far))];
}

export class Sketching {
  /** @type {((lines: string) => void) | null} */ send = null;
  /** @type {"" | Sketched} */ of = ""; // what is to be drawn
  only = false; // whether there are no answers to go back to
  /** @type {number[][]} */ lines = [];
  /** @type {string[]} */ done = []; // what stood there before each change
  /** @type {number | null} */ pointer = null; // that draws
  drags = false;
  open = false; // does the next corner go on with the last line
  cursor = [SIDE / 2, SIDE / 2];

  /** @param {Stage} stage @param {AbortSignal} signal */
  constructor(stage, signal) {
    this.stage = stage;
    const { find, canvas } = stage;
    find("sketch-undo").onclick = () => this.undo();
    find("sketch-clear").onclick = () => this.clear();
    find("sketch-take").onclick = () => this.take();
    find("sketch-back").onclick = () => this.send?.("");
    canvas.addEventListener("pointerdown", (event) => this.begin(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.go(event), { signal });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      canvas.addEventListener(end, (event) => this.end(/** @type {PointerEvent} */ (event)), { signal });
    }
    canvas.addEventListener("touchstart", (event) => this.hold(event), { signal, passive: false });
    for (const kind of ["focus", "blur"]) canvas.addEventListener(kind, () => this.active && stage.paint(), { signal });
    document.addEventListener("keydown", (event) => this.key(event), { signal, capture: true }); // before the page
  }

  get active() {
    return this.of !== "";
  }

  // What is to be drawn.
  /** @param {GuessOnStage | null} guess */
  hear(guess) {
    const of = guess?.drawing ?? "";
    this.only = guess?.only ?? false;
    if (of !== this.of) {
      Object.assign(this, { of, lines: [], done: [], pointer: null, open: false, cursor: [SIDE / 2, SIDE / 2] });
      this.stage.canvas.tabIndex = of ? 0 : -1;
      this.stage.canvas.style.cursor = of ? "crosshair" : "default";
      if (of) requestAnimationFrame(() => this.enter());
    }
    this.bar();
  }

  // The plane is on screen, and the keys are its own.
  enter() {
    const { canvas, box } = this.stage;
    if (!box || !this.active) return;
    if (this.stage.placing.active) this.stage.placing.leave();
    this.stage.release();
    const { top, bottom } = this.onScreen(), { clientHeight } = document.documentElement;
    if (top < 0 || bottom > 0.75 * clientHeight) {
      const main = this.stage.root.closest("[data-testid=stMain]") ?? document.scrollingElement;
      main.scrollBy({ top: top - 0.1 * clientHeight });
    }
    canvas.focus({ preventScroll: true });
  }

  onScreen() {
    const { canvas } = this.stage, { top, left } = canvas.getBoundingClientRect();
    const { x, y, width, height } = surfaceOf(this.stage, this.of || "boundary");
    return { left: left + x, top: top + y, bottom: top + y + height, width, height };
  }

  // What can be done, and undone

  change() {
    this.bar();
    this.stage.paint();
  }

  remember() {
    this.done.push(JSON.stringify([this.lines, this.open]));
  }

  undo() {
    const before = this.done.pop();
    if (before) [this.lines, this.open] = JSON.parse(before);
    this.change();
  }

  clear() {
    if (!this.lines.length) return;
    this.remember();
    Object.assign(this, { lines: [], open: false });
    this.change();
  }

  // A corner at a place: of the last line, or of a new one; on the corner before, the line ends.
  /** @param {number} x @param {number} y */
  corner(x, y) {
    if (numbersIn(this.lines) >= MOST_NUMBERS) return;
    this.remember();
    const [u, v] = this.open ? this.lines.at(-1).slice(-2) : [NaN, NaN];
    if (Math.hypot(x - u, y - v) < NEAR) this.open = false;
    else if (this.open) this.lines.at(-1).push(x, y);
    else {
      this.lines.push([x, y]);
      this.open = true;
    }
    this.change();
  }

  // What is drawn by now: a corner alone is no line.
  get drawn() {
    return this.lines.filter((line) => line.length > 2);
  }

  take() {
    const { drawn } = this;
    const lines = drawn.map((line) => line.join(".")), name = this.of === "loss" ? ["loss"] : [];
    if (drawn.length) this.send?.([...name, ...lines].join("~"));
  }

  // By pointer

  // Where on the plane it is; beyond its edge at the edge.
  /** @param {{ clientX: number, clientY: number }} event */
  place({ clientX, clientY }) {
    const { left, bottom, width, height } = this.onScreen();
    return [(clientX - left) / width, (bottom - clientY) / height].map((share) => Math.round(SIDE * Math.min(Math.max(share, 0), 1)));
  }

  /** @param {{ clientX: number, clientY: number }} event */
  isOnPlane({ clientX, clientY }) {
    const { left, top, bottom, width } = this.onScreen();
    return clientX >= left && clientX <= left + width && clientY >= top && clientY <= bottom;
  }

  // A finger on the plane draws, and moves no page.
  /** @param {TouchEvent} event */
  hold(event) {
    if (this.active && this.isOnPlane(event.touches[0])) event.preventDefault();
  }

  /** @param {PointerEvent} event */
  begin(event) {
    if (!this.active || event.button !== 0 || this.pointer !== null || !this.isOnPlane(event)) return;
    this.stage.canvas.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    const [x, y] = this.cursor = this.place(event);
    this.corner(x, y);
  }

  // Whoever moves on draws a line as they go; whoever lets go sets corner after corner.
  /** @param {PointerEvent} event */
  go(event) {
    if (event.pointerId !== this.pointer) return;
    const [x, y] = this.place(event), line = this.lines.at(-1);
    if (!this.open || numbersIn(this.lines) >= MOST_NUMBERS) return;
    if (Math.hypot(x - line.at(-2), y - line.at(-1)) < NEAR) return;
    this.cursor = [x, y];
    line.push(x, y);
    this.drags = true;
    this.change();
  }

  /** @param {PointerEvent} event */
  end(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    if (this.drags) {
      this.lines.push(withFewerCorners(this.lines.pop()));
      this.open = false;
    }
    this.drags = false;
    this.change();
    this.stage.canvas.focus({ preventScroll: true });
  }

  // By keys

  /** @param {KeyboardEvent & { target: any }} event */
  key(event) {
    const { stage } = this, { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!this.active || !stage.root.isConnected || !stage.box) return;
    if (target !== stage.canvas && !stage.root.contains(target) && !target.matches?.("body, main")) return;
    const undo = (ctrlKey || metaKey) && key.toLowerCase() === "z", onPlane = target === stage.canvas;
    if (altKey || ((ctrlKey || metaKey) && !undo)) return;
    if (undo || key === "Backspace") this.undo();
    else if (key === "Escape" && !this.only) this.send?.("");
    else if (onPlane && WAYS[key]) this.move(WAYS[key], shiftKey ? SMALL_STRIDE : STRIDE);
    else if (onPlane && (key === "Enter" || key === " ")) this.corner(this.cursor[0], this.cursor[1]);
    else return;
    event.preventDefault();
  }

  /** @param {number[]} way @param {number} stride */
  move(way, stride) {
    const within = (v) => Math.max(0, Math.min(SIDE, Math.round(v)));
    this.cursor = this.cursor.map((v, k) => (way[k] ? within((Math.round(v / stride) + way[k]) * stride) : v));
    this.change();
  }

  // What is seen and said of it

  bar() {
    const { stage, of, drawn } = this, { find, canvas, film } = stage;
    find("sketch").hidden = !of;
    if (!of) return;
    find("sketch").setAttribute("aria-label", GUESSED[of].group);
    find("sketch-back").hidden = this.only;
    find("sketch-undo").disabled = !this.done.length;
    find("sketch-clear").disabled = !this.lines.length;
    find("sketch-take").disabled = !drawn.length;
    const count = drawn.length, lines = `${count} line${count === 1 ? "" : "s"}`;
    find("sketch-said").textContent = this.open && this.pointer === null
      ? "Another corner; or this one again, to end the line"
      : count ? `${lines} drawn` : GUESSED[of].empty;
    const [x1, x2] = this.cursor.map((v) => Math.round(100 * (film.left + (v / SIDE) * (film.right - film.left))) / 100);
    const loss = (this.cursor[1] / SIDE) * topOf(film), across = Math.round((100 * this.cursor[0]) / SIDE);
    const at = of === "boundary" ? `The plane at x₁ ${plain(x1)}, x₂ ${plain(x2)}`
      : `The plot, ${across}% of the way across, at loss ${written(loss, 2)}`;
    canvas.setAttribute("aria-label", `${at}: arrows to move, Enter to set a corner`);
  }

  // A boundary while it is drawn, and a loss.
  /** @param {Pen} g */
  paint(g) {
    if (this.of === "boundary") this.stroke(g);
  }

  /** @param {Pen} g */
  paintLoss(g) {
    if (this.of === "loss") this.stroke(g);
  }

  /** @param {Pen} g */
  stroke(g) {
    for (const line of this.lines) strokeOn(g, this.stage, surfaceOf(this.stage, /** @type {Sketched} */ (this.of)), line, SIDE);
    if (document.activeElement === this.stage.canvas) this.paintCursor(g);
  }

  // Where the keys are.
  /** @param {Pen} g */
  paintCursor(g) {
    const { x, y, width, height } = surfaceOf(this.stage, /** @type {Sketched} */ (this.of)), [across, up] = this.cursor;
    paintCross(g, x + (across / SIDE) * width, y + (1 - up / SIDE) * height, this.stage.look);
  }
}

// Where it is drawn, on the canvas.
/** @param {Stage} stage @param {Sketched} of @returns {Rectangle} */
export function surfaceOf({ box }, of) {
  if (of === "loss" && box.loss) return box.loss;
  const { x, y, side } = box.plane;
  return { x, y, width: side, height: side };
}

// A line there that is told from all that is below it: its corners from 0 to `along`.
/** @param {Pen} g @param {Stage} stage @param {Rectangle} surface @param {number[]} line @param {number} along @param {number[]} [dash] */
export function strokeOn(g, { look }, { x, y, width, height }, line, along, dash = []) {
  g.save();
  g.beginPath();
  g.rect(x, y, width, height);
  g.clip();
  g.lineJoin = g.lineCap = "round";
  for (const [colour, thick] of /** @type {[string, number][]} */ ([[look.background, 0.42], [look.accent, 0.22]])) {
    g.strokeStyle = colour;
    g.lineWidth = thick * look.size;
    g.setLineDash(colour === look.accent ? dash : []);
    g.beginPath();
    for (let k = 0; k < line.length; k += 2) g.lineTo(x + (line[k] / along) * width, y + (1 - line[k + 1] / along) * height);
    if (line.length === 2) g.lineTo(x + (line[0] / along) * width, y + (1 - line[1] / along) * height); // a dot
    g.stroke();
  }
  g.restore();
}
