// @ts-check
// What the reader guessed of a film before they saw it, over the plane or the loss of the film that
// then plays.

import { topOf } from "./curves.js";
import { strokeOn, surfaceOf } from "./sketching.js";

const STROKES = [0.9, 0.7]; // in letters' heights

export class Guessing {
  asking = false; // then the film is its first frame
  /** @type {number} */ furthest = Infinity; // the last step that the reader has seen: the curves go no further
  /** @type {"" | Sketched} */ of = ""; // what was drawn
  /** @type {number[][]} */ lines = []; // corners across and up, from 0 to 1

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
  }

  // Whether the guess has just been taken: then all of the film is still to be seen, as it is where
  // it comes `unseen`.
  /** @param {GuessOnStage | null} guess @param {boolean} unseen */
  hear(guess, unseen) {
    const before = this.asking;
    this.asking = guess?.asking ?? false;
    this.of = guess?.of ?? "";
    this.lines = guess?.lines ?? [];
    for (const name of ["play", "back", "forth", "time"]) this.stage.find(name).disabled = this.asking;
    const taken = before && !this.asking && (unseen || Boolean(guess?.said));
    if (taken || (unseen && !this.stage.film)) this.furthest = -Infinity;
    else if (this.asking || (!guess && !unseen)) this.furthest = Infinity;
    return taken;
  }

  // The frame on screen has been seen.
  /** @param {number} step */
  see(step) {
    if (!this.asking) this.furthest = Math.max(this.furthest, step);
  }

  // A boundary.
  /** @param {Pen} g */
  paint(g) {
    if (this.of === "boundary") for (const line of this.lines) this.stroke(g, line);
  }

  // A loss, of which corners are as high as they were where it was drawn.
  /** @param {Pen} g @param {Plot} plot */
  paintLoss(g, { y, height, toY }) {
    const { stage: { film } } = this, up = (v) => 1 - (toY(v * topOf(film)) - y) / height;
    if (this.of === "loss") for (const line of this.lines) this.stroke(g, line.map((v, k) => (k % 2 ? up(v) : v)));
  }

  // The highest loss that was drawn, to have room in the plot.
  get highest() {
    const { of, lines, stage } = this;
    return of === "loss" ? topOf(stage.film) * Math.max(...lines.flatMap((line) => line.filter((_, k) => k % 2))) : 0;
  }

  /** @param {Pen} g @param {number[]} line */
  stroke(g, line) {
    const { stage } = this, dash = STROKES.map((length) => length * stage.look.size);
    if (this.of) strokeOn(g, stage, surfaceOf(stage, this.of), line, 1, dash);
  }
}
