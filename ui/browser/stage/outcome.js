// @ts-check
// Divergence is said where it happened, and numbers too large to draw where they are.

import { whole } from "../shared/numbers.js";
import { font } from "./look.js";

/** @param {Pen} g @param {Stage} stage */
export function paintOutcome(g, { film, frame, theta, look, box }) {
  const step = film.steps[frame], diverged = step === film.diverged_at;
  if (!diverged && theta.every(Number.isFinite)) return;
  const words = diverged
    ? [`At step ${whole(step)} the numbers`, "left what a computer can hold:", "training diverged"]
    : ["The weights are by now", "too large to be drawn"];
  const { x, y, side } = box.plane;
  g.fillStyle = look.background;
  g.globalAlpha = 0.85;
  g.fillRect(x, y + side / 2 - 3 * look.size, side, 6 * look.size);
  g.globalAlpha = 1;
  g.fillStyle = look.text;
  g.font = font(look, 1.1);
  g.textAlign = "center";
  g.textBaseline = "middle";
  words.forEach((line, i) => g.fillText(line, x + side / 2, y + side / 2 + (i - 1) * 1.6 * look.size, side));
}
