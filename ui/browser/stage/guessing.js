// @ts-check
// What the reader guessed of a film before they saw it, over the plane of the film that then plays.

import { strokeOn } from "./sketching.js";

const STROKES = [0.9, 0.7]; // in letters' heights

export class Guessing {
  asking = false; // then the film is its first frame
  said = "";
  /** @type {number[][]} */ lines = []; // corners across and up, from 0 to 1

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
  }

  // Whether the guess has just been taken.
  /** @param {GuessOnStage | null} guess */
  hear(guess) {
    const before = this.asking;
    this.asking = guess?.asking ?? false;
    this.said = guess?.said ?? "";
    this.lines = guess?.lines ?? [];
    for (const name of ["play", "back", "forth", "time"]) this.stage.find(name).disabled = this.asking;
    return before && this.said !== "";
  }

  // Where the plane is.
  arrange() {
    const { box, look, find } = this.stage, chip = find("guess"), { x, y, side } = box.plane, gap = 0.4 * look.size;
    chip.hidden = this.said === "";
    chip.textContent = `Your guess: ${this.said}`;
    Object.assign(chip.style, { left: `${x + gap}px`, top: `${y + gap}px`, maxWidth: `${side - 2 * gap}px` });
  }

  /** @param {Pen} g */
  paint(g) {
    const { stage, lines } = this, dash = STROKES.map((length) => length * stage.look.size);
    for (const line of lines) strokeOn(g, stage, line, 1, dash);
  }
}
