// @ts-check
// The wall of weights and the paper in a file of their own: the network that the wall shows reads
// what is drawn, from the whole numbers that its pictures are made of.

import { pack, unpack } from "../shared/bytes.js";
import { areDigits } from "../shared/classes.js";
import { wordsOf } from "../pad/answer.js";
import { asBytes, asDigit, doubtOf } from "../pad/drawn.js";
import { Pad } from "../pad/pad.js";
import { readingAt } from "../wall/reading.js";
import { Wall } from "../wall/wall.js";

const LAST = "last"; // the network of the last moment, to the paper

export class DigitsPage {
  /** @param {DigitsFile} file */
  constructor(file) {
    this.file = file;
    this.images = unpack(file.images, Uint8Array);
    this.strokes = [];
    this.sample = Math.min(1, file.labels.length); // the test image on the paper, from 1 on; 0 for a drawing
    this.samples = 1; // how far one has gone through them
    const [wall, pad] = [".gm", ".gd"].map((css) => /** @type {any} */ (document.querySelector(css)));
    this.wall = wall.wall = new Wall(wall); // where the paper looks for it
    Object.assign(this.wall, { big: file.big, state: () => {} });
    this.wall.show(file.wall, 0, null);
    pad.hidden = !file.wall.biases; // of a larger network the wall does not have all
    if (!pad.hidden) this.read(pad);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.wall.paint();
      this.pad?.sheet.paint();
    });
  }

  /** @param {HTMLElement} root */
  read(root) {
    this.pad = Object.assign(new Pad(root), {
      state: (_, { strokes }) => {
        Object.assign(this, { strokes, sample: 0 });
        this.say();
      },
      trigger: () => {
        this.samples = (this.samples % this.file.labels.length) + 1;
        this.sample = this.samples;
        this.say();
      },
    });
    root.classList.toggle("gd-big", this.file.big);
    this.pad.networks.set(LAST, (image) => this.reading(image));
    this.pad.find("sample").hidden = !this.file.labels.length;
    /** @type {any} */ (root).pad = this.pad; // where the wall looks for it
    this.say();
  }

  // What the network of the last moment says of an image.
  /** @param {Float32Array} image */
  reading(image) {
    return readingAt(this.wall, this.file.wall.steps.length - 1, image);
  }

  // What is on the paper, and what is read there.
  say() {
    const { file, sample, strokes } = this, { classes, side } = file.wall, pixels = side ** 2;
    const shown = this.images.slice((sample - 1) * pixels, sample * pixels);
    const image = sample ? Float32Array.from(shown, (value) => value / 255) : asDigit(strokes, side);
    const read = image && this.reading(image);
    const doubt = !sample && areDigits(classes) ? doubtOf(strokes) : "";
    const answer = wordsOf(read, sample ? file.labels[sample - 1] : null, { ...file, classes, doubt });
    const probabilities = read ?? classes.map(() => null);
    this.pad.show({
      thing: areDigits(classes) ? "digit" : "image",
      seen: image ? pack(asBytes(image)) : "", side, sample, strokes, networks: [],
      unsure: file.unsure, second: file.second, orElse: file.orElse, big: file.big, large: false,
      readers: [{ name: "", network: LAST, walled: true, answer, probabilities, classes }], height: "", size: "",
    });
  }
}
