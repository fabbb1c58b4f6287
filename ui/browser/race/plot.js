// @ts-check
// The curves of both films in one plot, each with the name of what it has otherwise.

import { percent, whole, written } from "../shared/numbers.js";
import { pixelRatio } from "../shared/sharp.js";
import { axisEnds, dot, dotsOf, ended, extent, paintCurve, recorded } from "../stage/curves.js";
import { font } from "../stage/look.js";
import { placesOfNames } from "../stage/names.js";

const DASH = 1.5; // of the letters' height: the dash before a curve's name

/** @param {Race} race */
export function paintRace(race) {
  const { left, right, message } = race, canvas = race.find("canvas"), { look, film } = left;
  const { clientWidth: width, clientHeight: height } = canvas, ratio = pixelRatio();
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
    if (Number.isFinite(value)) dot(g, { ...look, accent: colour }, plot.toX(Math.min(frame, ended(film))), plot.toY(value));
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
  if (loss) nameCurves(g, race, plot, name, test);
}

// Each name, or its value alone, stands near its curve and on none, after a dash in the curve's colour;
// where there is no such place the colour says whose it is, as above its film.
/** @param {Pen} g @param {Race} race @param {Plot} plot @param {HistoryName} name @param {HistoryName} test */
function nameCurves(g, race, plot, name, test) {
  const { left, right, message } = race, { look } = left, { size } = look, films = [left.film, right.film];
  g.font = font(look);
  const tests = films.map((film) => dotsOf(film, plot, test)), curves = films.map((film) => dotsOf(film, plot, name));
  const placed = [message.names, message.values].map((words) => {
    const names = words.map((one, k) => ({ words: one, width: g.measureText(one).width + DASH * size, curve: curves[k] }));
    const places = placesOfNames(plot, names, tests, size, 0.25 * size);
    return names.map((one, k) => ({ ...one, place: places[k] }));
  });
  const all = placed.find((names) => names.every(({ place }) => place)) ?? placed[1];
  g.textAlign = "left";
  g.textBaseline = "middle";
  all.forEach(({ words, width, place }, k) => {
    if (!place) return;
    const from = place.x - width / 2;
    g.strokeStyle = message.colours[k];
    g.lineWidth = 0.17 * size;
    g.beginPath();
    g.moveTo(from, place.y);
    g.lineTo(from + (DASH - 0.4) * size, place.y);
    g.stroke();
    g.fillStyle = look.text;
    g.fillText(words, from + DASH * size, place.y);
  });
}
