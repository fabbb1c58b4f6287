// @ts-check
// Points of the reader's own: placed on the plane and taken away, by pointer or by keys, and undone.
// What was placed stays until it is trained on, or points of another film are begun with.

import { pack } from "../shared/bytes.js";
import { plain, whole } from "../shared/numbers.js";
import { COLOUR_KEYS, MOST_KINDS, offerKinds } from "./choosing.js";
import { paintCross } from "./cross.js";
import { kindColour, kindName, kindOf } from "./kinds.js";
import { pointRadius, toX, toY } from "./plane.js";
import { traceSign } from "./signs.js";

const MOST_PLACED = 10_000; // as datasets/own_points.py has it
const FINEST = 1200; // places along the plane's edge
const STRIDES = 24; // of the keys, along that edge
const SMALL_STRIDES = 120; // with Shift
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @type {Record<string, Draft>} */
const drafts = (globalThis.glassboxDrafts ??= {});

export class Placing {
  /** @type {((points: Packed) => void) | null} */ train = null;

  /** @param {Stage} stage @param {AbortSignal} signal */
  constructor(stage, signal) {
    this.stage = stage;
    /** @type {Draft} */
    this.draft = drafts[stage.name] ?? { of: "", points: [], done: [], kind: 1, kinds: 2, active: false };
    drafts[stage.name] = this.draft;
    this.cursor = { x1: 0, x2: 0 };
    const { find, canvas } = stage;
    find("place").onclick = () => this.enter();
    find("unplace").onclick = () => this.undo();
    find("clear").onclick = () => this.clear();
    find("cancel").onclick = () => this.leave();
    find("learn").onclick = () => this.learn();
    canvas.addEventListener("focus", () => this.active && stage.paint(), { signal });
    canvas.addEventListener("blur", () => this.active && stage.paint(), { signal });
    document.addEventListener("keydown", (event) => this.key(event), { signal, capture: true }); // before the page
  }

  get active() {
    return this.draft.active && this.train !== null;
  }

  // A film is on the stage: another plane has no room for what is being placed on this one.
  /** @param {Film | undefined} before */
  shown(before) {
    const { film } = this.stage;
    if (before && (before.left !== film.left || before.right !== film.right)) this.draft.active = false;
    this.middle();
    this.bar();
  }

  middle() {
    const { left, right } = this.stage.film, middle = (left + right) / 2;
    this.cursor = { x1: middle, x2: middle };
  }

  // Begin with the points on screen, or with none where these are no classes.
  enter() {
    const { stage, draft } = this, { film } = stage;
    if (draft.of !== film.points) {
      const known = film.classes ? Array.from(film.t, (_, p) => ({ x1: film.x1[p], x2: film.x2[p], kind: kindOf(film, p) })) : [];
      const kinds = Math.max(2, film.classes);
      Object.assign(draft, { of: film.points, points: known, done: [], kinds, kind: Math.min(draft.kind, kinds - 1) });
    }
    draft.active = true;
    stage.pauseAt(stage.frame);
    stage.pointer.hover(null);
    stage.release();
    this.middle();
    this.bar();
    stage.paint();
    stage.canvas.focus({ preventScroll: true });
  }

  leave() {
    const inside = this.stage.root.contains(document.activeElement);
    this.draft.active = false;
    this.bar();
    this.stage.paint();
    if (inside) this.stage.find("place").focus();
  }

  learn() {
    const { stage, draft } = this, { points } = draft;
    const flat = Float32Array.from(points.flatMap(({ x1, x2, kind }) => [x1, x2, kind]));
    stage.starting = true;
    this.leave();
    this.train(pack(new Uint8Array(flat.buffer)));
  }

  // What can be done, and undone

  // The class of what is placed next; the one after the last is a new one.
  /** @param {number} kind */
  choose(kind) {
    const { draft } = this;
    if (kind < 0 || kind > draft.kinds || kind >= MOST_KINDS) return;
    draft.kind = kind;
    draft.kinds = Math.max(draft.kinds, kind + 1);
    this.bar();
  }

  // A point at a place; or the one that is there already goes.
  /** @param {number} x1 @param {number} x2 */
  touch(x1, x2) {
    const { points, kind, done } = this.draft, there = this.at(x1, x2);
    if (there >= 0) done.push({ at: there, gone: points.splice(there, 1) });
    else if (points.length < MOST_PLACED) {
      points.push({ x1, x2, kind });
      done.push({ at: points.length - 1, gone: [] });
    }
    this.changed();
  }

  clear() {
    const { points, done } = this.draft;
    if (points.length) done.push({ at: 0, gone: points.splice(0) });
    this.changed();
  }

  undo() {
    const { points, done } = this.draft, last = done.pop();
    if (last?.gone.length) points.splice(last.at, 0, ...last.gone);
    else if (last) points.splice(last.at, 1);
    this.changed();
  }

  changed() {
    this.bar();
    this.stage.paint();
  }

  // Where

  // How large a point is drawn, and how near to it a touch is its own.
  radius() {
    return pointRadius(this.stage.look, this.draft.points.length);
  }

  /** @param {number} x1 @param {number} x2 */
  at(x1, x2) {
    const { film, box } = this.stage, scale = box.plane.side / (film.right - film.left);
    let best = -1, least = this.radius() + 2;
    this.draft.points.forEach((point, p) => {
      const distance = Math.hypot(point.x1 - x1, point.x2 - x2) * scale;
      if (distance <= least) [best, least] = [p, distance];
    });
    return best;
  }

  // The place on the plane under the pointer, if it is on the plane.
  /** @param {number} x @param {number} y */
  place(x, y) {
    const { film, box } = this.stage, { plane } = box, width = film.right - film.left;
    const across = (x - plane.x) / plane.side, up = 1 - (y - plane.y) / plane.side;
    if (Math.min(across, up) < 0 || Math.max(across, up) > 1) return null;
    const fine = (share) => film.left + (Math.round(share * FINEST) / FINEST) * width;
    return { x1: fine(across), x2: fine(up) };
  }

  /** @param {number} x @param {number} y */
  click(x, y) {
    const place = this.place(x, y);
    if (!place) return;
    this.stage.canvas.focus({ preventScroll: true });
    this.cursor = place;
    this.touch(place.x1, place.x2);
  }

  /** @param {KeyboardEvent & { target: any }} event */
  key(event) {
    const { stage } = this, { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!this.active || !stage.root.isConnected || !stage.box) return;
    if (target !== stage.canvas && !stage.root.contains(target) && !target.matches?.("body, main")) return;
    const undo = (ctrlKey || metaKey) && key.toLowerCase() === "z";
    if (altKey || ((ctrlKey || metaKey) && !undo)) return;
    const onPlane = target === stage.canvas;
    if (undo || key === "Backspace") this.undo();
    else if (key in COLOUR_KEYS) this.choose(COLOUR_KEYS[key]);
    else if (/^\d$/.test(key)) this.choose((Number(key) + 9) % 10);
    else if (key === "+") this.choose(this.draft.kinds);
    else if (key === "Escape") this.leave();
    else if (onPlane && ARROWS[key]) this.go(ARROWS[key], shiftKey ? SMALL_STRIDES : STRIDES);
    else if (onPlane && (key === "Enter" || key === " ")) this.touch(this.cursor.x1, this.cursor.x2);
    else return;
    event.preventDefault();
  }

  /** @param {number[]} way @param {number} strides */
  go([across, up], strides) {
    const { left, right } = this.stage.film, stride = (right - left) / strides;
    const within = (v) => Math.max(left, Math.min(right, Math.round(v / stride) * stride));
    const { x1, x2 } = this.cursor;
    this.cursor = { x1: across ? within(x1 + across * stride) : x1, x2: up ? within(x2 + up * stride) : x2 };
    this.bar();
    this.stage.paint();
  }

  // What is seen and said of it

  // Points of each class.
  counts() {
    const counts = Array(this.draft.kinds).fill(0);
    for (const { kind } of this.draft.points) counts[kind]++;
    return counts;
  }

  // What a class is called while it is placed: two are spoken of as their colours.
  /** @param {number} kind */
  called(kind) {
    const { film } = this.stage;
    return this.draft.kinds > 2 ? kindName(film, kind) : film.colours.classes[kind].name;
  }

  // The classes that still need a point: all up to the last that has one, and two at least.
  /** @param {number[]} counts */
  missing(counts) {
    const needed = Math.max(2, counts.findLastIndex((count) => count > 0) + 1);
    return counts.slice(0, needed).flatMap((count, kind) => (count ? [] : [this.called(kind)]));
  }

  /** @param {number} x1 @param {number} x2 */
  words(x1, x2) {
    const there = this.at(x1, x2);
    const place = `x₁ = ${plain(Math.round(x1 * 100) / 100)}, x₂ = ${plain(Math.round(x2 * 100) / 100)}`;
    if (there >= 0) return `${place}: ${this.called(this.draft.points[there].kind)}, a touch takes it away`;
    if (this.draft.points.length >= MOST_PLACED) return `${whole(MOST_PLACED)} points: there is room for no more`;
    return `${place}: a touch places ${this.called(this.draft.kind)}`;
  }

  bar() {
    const { stage, draft } = this, { find } = stage, bar = find("bar");
    find("place").hidden = this.train === null;
    if (this.active && find("placing").hidden) bar.style.minHeight = `${bar.offsetHeight}px`;
    if (!this.active) bar.style.minHeight = "";
    find("placing").hidden = !this.active;
    stage.canvas.tabIndex = this.active ? 0 : -1;
    stage.canvas.style.cursor = this.active ? "crosshair" : "default";
    if (!this.active) return;
    offerKinds(this);
    const counts = this.counts(), missing = this.missing(counts);
    find("unplace").disabled = !draft.done.length;
    find("clear").disabled = !draft.points.length;
    find("learn").disabled = missing.length > 0;
    const colours = draft.kinds > 2 ? "two colours at least" : "both colours";
    const takes = draft.points.length ? `${missing.join(" and ")} ones, too` : colours;
    const full = draft.points.length >= MOST_PLACED ? " · no more can be placed" : "";
    const placed = counts.map((count, kind) => `${whole(count)} ${this.called(kind)}`).join(", ");
    find("placed").textContent = `${placed}${missing.length ? ` · it takes ${takes}` : ""}${full}`;
    const { x1, x2 } = this.cursor;
    if (stage.box) stage.canvas.setAttribute("aria-label", this.words(x1, x2));
  }

  /** @param {Pen} g */
  paint(g) {
    if (!this.active) return;
    const { film, look, box, canvas } = this.stage, { plane } = box, r = this.radius();
    g.save();
    g.beginPath();
    g.rect(plane.x, plane.y, plane.side, plane.side);
    g.clip();
    g.strokeStyle = look.rim;
    g.lineWidth = 1;
    for (const { x1, x2, kind } of this.draft.points) {
      traceSign(g, kind, toX(film, plane, x1), toY(film, plane, x2), r);
      g.fillStyle = kindColour(film, kind);
      g.fill();
      g.stroke();
    }
    if (document.activeElement === canvas) this.paintCursor(g);
    g.restore();
  }

  // Where the keys are.
  /** @param {Pen} g */
  paintCursor(g) {
    const { film, look, box } = this.stage, { x1, x2 } = this.cursor;
    paintCross(g, toX(film, box.plane, x1), toY(film, box.plane, x2), look);
  }
}
