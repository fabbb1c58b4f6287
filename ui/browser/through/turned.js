// @ts-check
// A few pixels that turn the answer: the image before, what was changed, and the image after.

import { unpack } from "../shared/bytes.js";
import { rgbOf } from "../shared/colours.js";
import { written } from "../shared/numbers.js";
import { paintPixels } from "../shared/pixels.js";

const FAINT = 0.25; // of the ink below what was changed, so that one sees where it is
const SEEN = 0.4; // the least colour of a changed pixel

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

  /** @param {ThroughMessage} shown @param {string} paper */
  show({ turned, image, side, colours }, paper) {
    const ink = getComputedStyle(this.root).color, { pixels, words } = turned;
    Object.assign(this, { turned, side, before: unpack(image, Uint8Array), at: 0 });
    this.find("three").hidden = !pixels.length;
    if (!pixels.length) return;
    this.change = unpack(turned.change, Float32Array);
    paintPixels(this.find("first"), this.before, side, ink);
    paintPixels(this.find("turned"), unpack(turned.image, Uint8Array), side, ink);
    paintChange(this.find("change"), this, colours, paper, ink);
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

// Blue where there is more ink now, orange where there is less, over the faint image.
/**
 * @param {HTMLCanvasElement} canvas @param {TurnedPixels} turned @param {Colours} colours
 * @param {string} paper @param {string} ink
 */
function paintChange(canvas, { before, change, side }, colours, paper, ink) {
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d"), image = pen.createImageData(side, side);
  const none = rgbOf(paper), [less, more, black] = [colours.negative, colours.positive, ink].map(rgbOf);
  change.forEach((by, i) => {
    const [end, share] = by ? [by < 0 ? less : more, Math.max(SEEN, Math.abs(by))] : [black, (FAINT * before[i]) / 255];
    none.forEach((c, k) => { image.data[4 * i + k] = Math.round(c + (end[k] - c) * share); });
    image.data[4 * i + 3] = 255;
  });
  pen.putImageData(image, 0, 0);
}
