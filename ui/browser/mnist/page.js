// @ts-check
// The wall of weights and the paper in a file of their own: the network that the wall shows reads
// what is drawn, from the whole numbers that its pictures are made of.

import { pack, unpack } from "../shared/bytes.js";
import { areDigits } from "../shared/classes.js";
import { asDigit } from "../pad/drawn.js";
import { Pad } from "../pad/pad.js";
import { readingAt } from "../wall/reading.js";
import { Wall } from "../wall/wall.js";
import { wordsOf } from "./answer.js";

export class DigitsPage {
  /** @param {DigitsFile} file */
  constructor(file) {
    this.file = file;
    this.images = unpack(file.images, Uint8Array);
    this.strokes = [];
    this.sample = Math.min(1, file.labels.length); // the test image on the paper, from 1 on; 0 for a drawing
    this.samples = 1; // how far one has gone through them
    const [wall, pad] = [".gm", ".gd"].map((css) => /** @type {HTMLElement} */ (document.querySelector(css)));
    this.wall = new Wall(wall);
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
    this.pad.find("sample").hidden = !this.file.labels.length;
    /** @type {any} */ (root).pad = this.pad; // where the wall looks for it
    this.say();
  }

  // What is on the paper, and what the network of the last moment reads.
  say() {
    const { file, wall, sample, strokes } = this, { classes, side } = file.wall, pixels = side ** 2;
    const image = sample ? this.images.slice((sample - 1) * pixels, sample * pixels) : asDigit(strokes, side);
    const probabilities = image ? readingAt(wall, file.wall.steps.length - 1, image) : classes.map(() => null);
    const answer = wordsOf(image && probabilities, sample ? file.labels[sample - 1] : null, { ...file, classes });
    this.pad.show({
      thing: areDigits(classes) ? "digit" : "image",
      seen: image ? pack(image) : "", side, sample, strokes, unsure: file.unsure, big: file.big,
      readers: [{ name: "", walled: true, answer, probabilities, classes }], height: "", size: "",
    });
  }
}
