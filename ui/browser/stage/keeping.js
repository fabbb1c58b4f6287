// @ts-check
// Keep training: Python is told where the network stands as soon as the reader reaches for a control.

import { pack } from "../shared/bytes.js";

const CONTROLS = "input, textarea, select, button, [role=slider], [role=radio], [role=option], [role=switch]";

export class Keeping {
  /** @type {((now: FilmNow) => void) | null} */ send = null;
  told = "";

  /** @param {Stage} stage @param {AbortSignal} signal */
  constructor(stage, signal) {
    this.stage = stage;
    for (const kind of ["pointerdown", "keydown"]) {
      document.addEventListener(kind, ({ target }) => this.reach(target), { capture: true, signal });
    }
  }

  /** @param {any} target */
  reach(target) {
    if (!this.stage.root.contains(target) && target.closest?.(CONTROLS)) this.tell();
  }

  tell() {
    const { film, frame, edits, theta } = this.stage;
    if (!this.send || !theta) return;
    const now = JSON.stringify([film.digest, frame, ...edits]);
    if (now === this.told) return;
    this.told = now;
    const known = theta.every(Number.isFinite);
    this.send({ step: film.steps[frame], theta: known ? pack(Float64Array.from(theta)) : null });
  }
}
