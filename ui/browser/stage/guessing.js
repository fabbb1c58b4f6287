// @ts-check
// What the reader guessed of a film before they saw it, over the plane of the film that then plays.

import { strokeOn } from "./sketching.js";

const STROKES = [0.9, 0.7]; // in letters' heights

export class Guessing {
  asking = false; // then the film is its first frame
  /** @type {number} */ furthest = Infinity; // the last step that the reader has seen: the curves go no further
  /** @type {number[][]} */ lines = []; // corners across and up, from 0 to 1

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
  }

  // Whether the guess has just been taken: then all of the film is still to be seen.
  /** @param {GuessOnStage | null} guess */
  hear(guess) {
    const before = this.asking;
    this.asking = guess?.asking ?? false;
    this.lines = guess?.lines ?? [];
    for (const name of ["play", "back", "forth", "time"]) this.stage.find(name).disabled = this.asking;
    const taken = before && guess !== null && guess.said !== "";
    if (taken) this.furthest = -Infinity;
    else if (!guess || this.asking) this.furthest = Infinity;
    return taken;
  }

  // The frame on screen has been seen.
  /** @param {number} step */
  see(step) {
    if (!this.asking) this.furthest = Math.max(this.furthest, step);
  }

  /** @param {Pen} g */
  paint(g) {
    const { stage, lines } = this, dash = STROKES.map((length) => length * stage.look.size);
    for (const line of lines) strokeOn(g, stage, line, 1, dash);
  }
}
