// @ts-check
// A sheet of paper that keeps strokes as strokes: one pen, finger or mouse at a time writes on it.

import { paintPixels } from "../shared/pixels.js";
import { whenResized } from "../shared/resized.js";
import { pixelRatio } from "../shared/sharp.js";
import { penFor, withoutSpecks } from "./drawn.js";

const ALONG = 1023; // along one edge; a point is two whole numbers from 0 to that
const THIN = 12; // the pen's width before there is a digit to have one in proportion to
const TOO_NEAR = 4; // a point so near to the one before says nothing new
const MOST_NUMBERS = 10_000; // numbers on one paper, as Python takes them; then the pen is dry
const PALM = 60; // pixels: no fingertip is so wide

export class Sheet {
  /** @type {number[][]} */ strokes = [];
  /** @type {{ pixels: Uint8Array, side: number } | null} */ picture = null; // a test image in their place
  /** @type {number | null} */ pointer = null; // that writes
  /** @type {boolean} */ finger; // whether it is one
  /** @type {boolean} */ penned = false; // whether a pen wrote: then fingers and the hand only rest here

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {() => string} ink the colour of it
   * @param {() => void} moved called when a stroke grows
   * @param {() => void} lifted called when it has ended
   */
  constructor(canvas, ink, moved, lifted) {
    this.canvas = canvas;
    this.ink = ink;
    this.moved = moved;
    this.lifted = lifted;
    this.pen = canvas.getContext("2d", { willReadFrequently: true });
    canvas.onpointerdown = (event) => this.begin(event);
    canvas.onpointermove = (event) => this.go(event);
    canvas.onpointerup = canvas.onpointercancel = canvas.onlostpointercapture = (event) => this.end(event);
    // A stroke is no tap: else one on a button soon after would be a double tap, and press nothing.
    canvas.ontouchstart = (event) => event.preventDefault();
    canvas.oncontextmenu = (event) => event.preventDefault(); // a long touch asks for one
    this.resized = whenResized(() => this.paint(), canvas);
  }

  destroy() {
    this.resized.disconnect();
  }

  get drawing() {
    return this.pointer !== null;
  }

  /** @param {PointerEvent} event */
  begin(event) {
    const pen = event.pointerType === "pen", finger = event.pointerType === "touch";
    if (event.button !== 0 || (finger && (this.penned || Math.max(event.width, event.height) > PALM))) return;
    if (this.drawing) {
      if (!pen || !this.finger) return;
      this.strokes.pop(); // that was the hand, which came down before the pen
    }
    if (this.picture) this.wipe(); // a stroke begins a drawing of one's own
    this.penned ||= pen;
    Object.assign(this, { pointer: event.pointerId, finger });
    this.canvas.setPointerCapture(event.pointerId);
    this.strokes.push([]);
    this.add(event);
    this.change();
  }

  /** @param {PointerEvent} event */
  go(event) {
    if (event.pointerId !== this.pointer) return;
    if (!(event.buttons & 1)) return this.end(event); // it was let go where nobody saw it
    const between = event.getCoalescedEvents?.() ?? [];
    for (const point of between.length ? between : [event]) this.add(point);
    this.change();
  }

  /** @param {PointerEvent} event */
  end(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.lifted();
  }

  /** @param {PointerEvent} event */
  add(event) {
    const edge = this.canvas.getBoundingClientRect(), stroke = this.strokes.at(-1);
    const [x, y] = [(event.clientX - edge.left) / edge.width, (event.clientY - edge.top) / edge.height]
      .map((share) => Math.round(ALONG * Math.min(Math.max(share, 0), 1)));
    const [u, v] = stroke.slice(-2);
    if (Math.hypot(x - u, y - v) < TOO_NEAR || this.strokes.flat().length >= MOST_NUMBERS) return;
    stroke.push(x, y);
  }

  change() {
    this.paint();
    this.moved();
  }

  // How many strokes are too small to be part of a digit: they are grey.
  get leftOut() {
    return this.strokes.length - withoutSpecks(this.strokes).length;
  }

  undo() {
    this.strokes.pop();
    this.paint();
  }

  wipe() {
    Object.assign(this, { strokes: [], picture: null, penned: false });
    this.paint();
  }

  // Strokes or a test image, in the colour of the page's text, so that it reads in light and dark.
  paint() {
    const { canvas, pen } = this, side = Math.round(canvas.clientWidth * pixelRatio()) || 1;
    canvas.width = canvas.height = side; // which wipes it
    if (this.picture) {
      const small = document.createElement("canvas");
      paintPixels(small, this.picture.pixels, this.picture.side, this.ink());
      pen.imageSmoothingEnabled = false;
      return pen.drawImage(small, 0, 0, side, side);
    }
    pen.scale(side / ALONG, side / ALONG);
    const meant = new Set(withoutSpecks(this.strokes));
    Object.assign(pen, {
      lineWidth: Math.max(THIN, penFor([...meant])),
      lineCap: "round", lineJoin: "round", strokeStyle: this.ink(),
    });
    for (const stroke of this.strokes) {
      pen.globalAlpha = meant.has(stroke) || (this.drawing && stroke === this.strokes.at(-1)) ? 1 : 0.35;
      pen.beginPath();
      if (stroke.length === 2) { // a dot, which no line would show
        pen.fillStyle = pen.strokeStyle;
        pen.arc(stroke[0], stroke[1], Math.max(THIN, pen.lineWidth / 2), 0, 2 * Math.PI);
        pen.fill();
        continue;
      }
      pen.moveTo(stroke[0], stroke[1]);
      for (let i = 0; i < stroke.length; i += 2) pen.lineTo(stroke[i], stroke[i + 1]);
      pen.stroke();
    }
  }
}
