// @ts-check
// The curves of both films in one plot, each with the name of what it has otherwise.

import { percent, whole, written } from "../shared/numbers.js";
import { axisEnds, dot, extent, paintCurve, recorded } from "../stage/curves.js";
import { font } from "../stage/look.js";

/** @param {Race} race */
export function paintRace(race) {
  const { left, right, message } = race, canvas = race.find("canvas"), { look, film } = left;
  const { clientWidth: width, clientHeight: height } = canvas, ratio = devicePixelRatio;
  if (!width || !look) return;
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const g = canvas.getContext("2d"), { size } = look;
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  const x = 3.4 * size, across = width - x - 0.6 * size, top = 3 * size;
  const free = height - top - 5.2 * size, share = film.classes ? 0.62 : 1;
  const loss = { x, y: top, width: across, height: share * free + (film.classes ? 0 : 3.2 * size) };
  const rate = { x, y: top + loss.height + 3.2 * size, width: across, height: (1 - share) * free };
  race.plots = film.classes ? [loss, rate] : [loss];
  const one = [left, right];
  paintBoth(g, race, loss, "loss", "val_loss", one.map(({ scores }) => written(scores.loss)));
  if (film.classes) {
    paintBoth(g, race, rate, "accuracy", "val_accuracy", one.map(({ scores }) => percent(scores.accuracy)));
  }
  const { x: from, y, height: deep } = race.plots.at(-1), below = y + deep + 0.2 * size;
  const same = left.film.steps_per_epoch === right.film.steps_per_epoch;
  const ends = one.map((stage) => stage.film.steps[stage.film.last] / (same ? 1 : stage.film.steps_per_epoch));
  g.font = font(look);
  g.fillStyle = look.text;
  g.textBaseline = "top";
  g.textAlign = "left";
  g.fillText("0", from, below);
  g.textAlign = "right";
  g.fillText(whole(Math.round(Math.max(...ends))), from + across, below);
  g.textAlign = "center";
  g.fillText(same ? "steps (log)" : "epochs (log)", from + across / 2, below);
  canvas.setAttribute("aria-label", one.map(({ scores }, k) =>
    `${message.names[k]}: loss ${written(scores.loss)}`).join("; "));
}

// One plot: training as lines, test dashed, and the numbers of the moment above.
/**
 * @param {Pen} g
 * @param {Race} race
 * @param {Plot} plot
 * @param {HistoryName} name
 * @param {HistoryName} test
 * @param {string[]} now
 */
function paintBoth(g, race, plot, name, test, now) {
  const { left, right, message } = race, { look } = left, { size } = look, films = [left.film, right.film];
  const loss = name === "loss", log = loss && left.logLoss;
  const all = loss ? films.map((film) => extent(film, [name, test], log)) : [[0, 1]];
  /** @type {Ends} */
  const ends = [Math.min(...all.map(([low]) => low)), Math.max(...all.map(([, high]) => high))];
  [left, right].forEach(({ film, frame, scores }, k) => {
    const colour = message.colours[k], own = { ...look, text: colour };
    paintCurve(g, { film, frame, look: own }, plot, [name, test], ends, log);
    const value = loss ? scores.loss : scores.accuracy;
    if (Number.isFinite(value)) dot(g, { ...look, accent: colour }, plot.toX(frame), plot.toY(value));
  });
  const beyond = !log && films.some((film) => [name, test].some((one) => recorded(film, one).some((v) => v > ends[1])));
  axisEnds(g, look, plot, ends[0] ? written(ends[0], 2) : "0", `${beyond ? "≥ " : ""}${written(ends[1], 2)}`);
  g.font = font(look);
  g.textBaseline = "bottom";
  g.textAlign = "left";
  const y = plot.y - 0.3 * size;
  let at = plot.x - 3 * size;
  const say = (words, colour) => {
    g.fillStyle = colour;
    g.fillText(words, at, y);
    at += g.measureText(words).width + 0.3 * size;
  };
  say(loss ? "loss" : "accuracy", look.text);
  now.forEach((value, k) => {
    say("●", message.colours[k]);
    say(value, look.text);
  });
  if (loss) nameCurves(g, race, plot, name);
}

// Each name stands at its curve, where the two are furthest apart: the upper one's above it, the
// lower one's below.
/** @param {Pen} g @param {Race} race @param {Plot} plot @param {HistoryName} name */
function nameCurves(g, race, plot, name) {
  const { left, right, message } = race, { look } = left, { size } = look, half = [0, 0];
  g.font = font(look);
  message.names.forEach((words, k) => { half[k] = Math.min(plot.width, g.measureText(words).width) / 2; });
  const heightAt = (film, frame) => plot.toY(recorded(film, name)[frame]);
  let best = -1, apart = 0, ys = [0, 0];
  for (let frame = 0; frame <= left.film.last; frame++) {
    const epoch = left.film.steps[frame] / left.film.steps_per_epoch;
    const other = right.film.steps.findIndex((step) => step / right.film.steps_per_epoch >= epoch - 1e-9);
    if (other < 0) continue;
    const [a, b] = [heightAt(left.film, frame), heightAt(right.film, other)];
    if (Math.abs(a - b) > apart) [best, apart, ys] = [frame, Math.abs(a - b), [a, b]];
  }
  if (best < 0) return;
  const x = plot.x + plot.width * (left.film.along?.(left.film.steps[best]) ?? 0);
  message.names.forEach((words, k) => {
    const upper = ys[k] < ys[1 - k];
    const middle = Math.max(plot.x + half[k] + 0.3 * size, Math.min(plot.x + plot.width - half[k] - 0.3 * size, x));
    const y = Math.max(plot.y + 1.3 * size, Math.min(plot.y + plot.height - 0.2 * size, ys[k] + (upper ? -0.4 : 1.5) * size));
    g.textAlign = "center";
    g.textBaseline = "bottom";
    g.lineWidth = 0.3 * size;
    g.strokeStyle = look.background;
    g.strokeText(words, middle, y, plot.width);
    g.fillStyle = look.text;
    g.fillText(words, middle, y, plot.width);
  });
}
