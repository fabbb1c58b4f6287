// @ts-check
// A few pixels that turn the answer: the image before, what was changed, and the image after.

import { unpack } from "../shared/bytes.js";
import { written } from "../shared/numbers.js";
import { paintPixels } from "../shared/pixels.js";

const FAINT = 0.25; // of the ink below what was changed, so that one sees where it is
const FINE = 12; // dots of the drawing along a pixel
const EDGE = 3; // of them, of a pixel that became paper

export class TurnedPixels {
  /** @type {TurnedMessage} */ turned;
  /** @type {number} */ side;
  /** @type {Uint8Array} */ before; // the image
  /** @type {Float32Array} */ change; // what was added to it
  at = 0; // which of the changed pixels the keyboard is at

  // `say` gets what is read of a pixel.
  /** @param {HTMLElement} root @param {(name: string) => any} find @param {(words: string) => void} say */
  constructor(root, find, say) {
    this.root = root;
    this.find = find;
    this.say = say;
    const change = find("change");
    change.onpointermove = (event) => this.point(event);
    change.onkeydown = (event) => this.key(event);
    change.onfocus = () => this.read(this.turned.pixels[this.at]);
  }

  /** @param {ThroughMessage} shown @param {string} mark the colour of what was changed */
  show({ turned, image, side }, mark) {
    const ink = getComputedStyle(this.root).color, { pixels, words } = turned;
    Object.assign(this, { turned, side, before: unpack(image, Uint8Array), at: 0 });
    this.find("three").hidden = !pixels.length;
    if (!pixels.length) return;
    this.change = unpack(turned.change, Float32Array);
    paintPixels(this.find("first"), this.before, side, ink);
    paintPixels(this.find("turned"), unpack(turned.image, Uint8Array), side, ink);
    paintChange(this.find("change"), this, mark, ink);
    this.find("three").querySelectorAll("figcaption").forEach((caption, k) => { caption.textContent = words[k]; });
    this.find("first").setAttribute("aria-label", `The image ${words[0]}`);
    this.find("turned").setAttribute("aria-label", `The image ${words[2]}`);
    this.find("change").setAttribute("aria-label", `The pixels ${words[1]}. Left and right go from one to the next.`);
  }

  /** @param {number} pixel */
  read(pixel) {
    const { side, before, change } = this, ink = before[pixel] / 255;
    const was = `Row ${Math.floor(pixel / side) + 1}, column ${(pixel % side) + 1}: ink ${written(ink)}`;
    this.say(change[pixel] ? `${was} becomes ${change[pixel] > 0 ? 1 : 0}` : `${was}, not changed`);
  }

  /** @param {PointerEvent} event */
  point({ offsetX, offsetY, target }) {
    const { side } = this, canvas = /** @type {HTMLCanvasElement} */ (target);
    const at = (/** @type {number} */ where, /** @type {number} */ long) => Math.max(0, Math.min(side - 1, Math.floor((where / long) * side)));
    this.read(at(offsetY, canvas.clientHeight) * side + at(offsetX, canvas.clientWidth));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key], { pixels } = this.turned;
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    this.at = Math.max(0, Math.min(pixels.length - 1, this.at + by));
    this.read(pixels[this.at]);
    event.preventDefault();
    event.stopPropagation();
  }
}

// A filled square where there is more ink now, a hollow one where there is less, over the faint image.
/** @param {HTMLCanvasElement} canvas @param {TurnedPixels} turned @param {string} mark @param {string} ink */
function paintChange(canvas, { before, change, side }, mark, ink) {
  canvas.width = canvas.height = side * FINE;
  const pen = canvas.getContext("2d");
  change.forEach((by, i) => {
    const x = (i % side) * FINE, y = Math.floor(i / side) * FINE;
    pen.globalAlpha = (FAINT * before[i]) / 255;
    pen.fillStyle = ink;
    pen.fillRect(x, y, FINE, FINE);
    pen.globalAlpha = 1;
    pen.fillStyle = pen.strokeStyle = mark;
    pen.lineWidth = EDGE;
    if (by > 0) pen.fillRect(x, y, FINE, FINE);
    if (by < 0) pen.strokeRect(x + EDGE / 2, y + EDGE / 2, FINE - EDGE, FINE - EDGE);
  });
}
