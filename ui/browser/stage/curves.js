// @ts-check
// The film's own curves: loss and accuracy over the steps, and a cursor at the frame on screen.

import { percent, whole, written } from "../shared/numbers.js";
import { isSoftmax, kindName, kindOf, kindSaid } from "./kinds.js";
import { font } from "./look.js";
import { meanLoss } from "./maths.js";
import { placesOfNames } from "./names.js";
import { fitting } from "./signs.js";

// Steps lie on a log scale, as the frames do, with room for the first one at the left.
/** @param {Film} film @param {number} step */
export function alongSteps({ along, steps: [first], steps, last }, step) {
  return along ? along(step) : Math.log1p(step - first) / Math.log1p(steps[last] - first || 1);
}

/** @param {Film} film @param {HistoryName} name */
export const recorded = (film, name) => film.history[name] ?? new Float64Array();

// The frame at which its training ended: after it, it may wait for another film.
/** @param {Film} film */
export const ended = (film) => film.last - film.beyond;

const TOP = 1.5; // times the first loss: so high is the plot in which a guess is drawn, as
// recipes/curve_sketch.py has it

/** @param {Film} film */
export const topOf = (film) => TOP * recorded(film, "loss")[0];

const SPIKE = 10; // times the start: a loss beyond that hides all the rest on a linear scale

/** @param {Film} film @param {HistoryName[]} names @param {boolean} log @returns {Ends} */
export function extent(film, names, log) {
  let low = Infinity, high = -Infinity;
  for (const name of names) {
    for (const value of recorded(film, name)) {
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (!(low <= high)) return [log ? 0.1 : 0, 1];
  if (log) return low < high ? [low, high] : [low / 2, high * 2];
  const first = recorded(film, names[0])[0];
  return [0, Math.min(high, SPIKE * first || high) || 1];
}

/**
 * @param {Pen} g
 * @param {{ film: Film, look: Look, frame: number, guessing?: { furthest: number } }} stage
 * @param {Plot} plot
 * @param {HistoryName[]} names
 * @param {Ends} ends
 * @param {boolean} log
 */
export function paintCurve(g, stage, plot, names, [low, high], log) {
  const { film, look } = stage, furthest = stage.guessing?.furthest ?? Infinity;
  const share = (v) => (log ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low));
  plot.toY = (v) => plot.y + plot.height * (1 - Math.max(0, Math.min(1, share(v))));
  plot.toX = (frame) => plot.x + plot.width * alongSteps(film, film.steps[frame]);
  g.strokeStyle = look.faint;
  g.lineWidth = 1;
  g.strokeRect(plot.x, plot.y, plot.width, plot.height);
  g.strokeStyle = look.text;
  names.forEach((name, k) => {
    g.lineWidth = (k ? 0.1 : 0.17) * look.size;
    g.setLineDash(k ? [0.45 * look.size, 0.35 * look.size] : []);
    g.beginPath();
    let open = false;
    recorded(film, name).forEach((value, frame) => {
      if (!Number.isFinite(value) || film.steps[frame] > furthest || frame > ended(film)) open = false;
      else if (open) g.lineTo(plot.toX(frame), plot.toY(value));
      else {
        g.moveTo(plot.toX(frame), plot.toY(value));
        open = true;
      }
    });
    g.stroke();
  });
  g.setLineDash([]);
  const x = plot.toX(stage.frame);
  g.strokeStyle = look.accent;
  g.lineWidth = 0.13 * look.size;
  g.beginPath();
  g.moveTo(x, plot.y);
  g.lineTo(x, plot.y + plot.height);
  g.stroke();
}

/** @param {Pen} g @param {Look} look @param {number} x @param {number} y */
export function dot(g, look, x, y) {
  g.beginPath();
  g.arc(x, y, 0.32 * look.size, 0, 2 * Math.PI);
  g.fillStyle = look.accent;
  g.fill();
}

// A curve as it lies in a plot that is painted.
/** @param {Film} film @param {Plot} plot @param {HistoryName} name @returns {Dot[]} */
export const dotsOf = (film, plot, name) =>
  Array.from(recorded(film, name).slice(0, ended(film) + 1), (value, frame) => ({ x: plot.x + plot.width * alongSteps(film, film.steps[frame]), y: Number.isFinite(value) ? plot.toY(value) : NaN }))
    .filter(({ y }) => y === y);

// Where the loss on unseen points was lowest, if it has risen since: a ring, and near it the word for it.
/** @param {Pen} g @param {Stage} stage @param {Plot} plot */
function paintBeginning(g, { film, look }, plot) {
  const { step, lowest } = film.overfitting, { size } = look, radius = 0.42 * size;
  const x = plot.x + plot.width * alongSteps(film, step), y = plot.toY(lowest);
  g.strokeStyle = look.accent;
  g.lineWidth = 0.17 * size;
  g.beginPath();
  g.arc(x, y, radius, 0, 2 * Math.PI);
  g.stroke();
  g.font = font(look);
  g.fillStyle = look.text;
  const words = "overfitting begins", width = g.measureText(words).width;
  const ring = [{ x: x - radius, y: y - radius }, { x: x + radius, y: y + radius }];
  const lines = [dotsOf(film, plot, "loss"), dotsOf(film, plot, "val_loss")];
  const [free] = placesOfNames(plot, [{ width, curve: ring }], lines, size, 0.15 * size);
  const inside = Math.max(plot.x + width / 2, Math.min(plot.x + plot.width - width / 2, x));
  const { x: middle, y: line } = free ?? { x: inside, y: y + (y - plot.y > 2.2 * size ? -1.2 : 1.2) * size };
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillText(words, middle, line, plot.width);
}

// A title line with the numbers of the moment: name, training, test.
/**
 * @param {Pen} g
 * @param {Stage} stage
 * @param {Rectangle} plot
 * @param {string} name
 * @param {string} train
 * @param {string} [test]
 */
function curveTitle(g, stage, plot, name, train, test) {
  const { look } = stage;
  g.fillStyle = look.text;
  g.font = font(look);
  g.textAlign = "left";
  g.textBaseline = "bottom";
  const line = test === undefined ? `${name} ${train}` : `${name} ${train}, ┄ test ${test}`; // as its line is
  const beyond = Math.max(0, g.measureText(line).width - plot.width); // there is room on the left
  g.fillText(line, plot.x - Math.min(beyond, 3 * look.size), plot.y - 0.2 * look.size, plot.width + 3 * look.size);
}

/**
 * @param {Pen} g
 * @param {Look} look
 * @param {Rectangle} plot
 * @param {string} low
 * @param {string} high
 */
export function axisEnds(g, look, plot, low, high) {
  g.fillStyle = look.text;
  g.font = font(look);
  g.textAlign = "right";
  g.textBaseline = "top";
  g.fillText(high, plot.x - 0.3 * look.size, plot.y, 3 * look.size);
  g.textBaseline = "bottom";
  g.fillText(low, plot.x - 0.3 * look.size, plot.y + plot.height, 3 * look.size);
}

/** @param {Pen} g @param {Stage} stage */
export function paintCurves(g, stage) {
  const { film, look, box, scores, logLoss } = stage;
  if (!box.loss) return;
  /** @type {HistoryName[]} */
  const losses = ["loss", "val_loss"];
  /** @type {HistoryName[]} */
  const rates = ["accuracy", "val_accuracy"];
  const { guessing, sketching } = stage, range = extent(film, losses, logLoss);
  if (sketching.of === "loss") range[1] = topOf(film); // of the curve nothing is known but its beginning
  else range[1] = Math.max(range[1], guessing.highest);
  const beyond = !logLoss && losses.some((name) => recorded(film, name).some((v) => v > range[1]));
  paintCurve(g, stage, box.loss, losses, range, logLoss);
  axisEnds(g, look, box.loss, range[0] ? written(range[0], 2) : "0", `${beyond ? "≥ " : ""}${written(range[1], 2)}`);
  guessing.paintLoss(g, box.loss);
  sketching.paintLoss(g);
  if (Number.isFinite(scores.loss)) {
    dot(g, look, box.loss.toX(stage.frame), box.loss.toY(scores.loss));
  }
  if (film.overfitting && stage.guessing.furthest >= film.steps[film.last]) paintBeginning(g, stage, box.loss);
  const test = film.trained < film.t.length;
  curveTitle(g, stage, box.loss, "loss", written(scores.loss), test ? written(scores.testLoss) : undefined);
  let lowest = box.loss;
  if (film.classes) {
    lowest = box.accuracy;
    paintCurve(g, stage, box.accuracy, rates, [0, 1], false);
    axisEnds(g, look, box.accuracy, "0", "1");
    dot(g, look, box.accuracy.toX(stage.frame), box.accuracy.toY(scores.accuracy));
    curveTitle(
      g, stage, box.accuracy, "accuracy",
      percent(scores.accuracy), test ? percent(scores.testAccuracy) : undefined,
    );
  }
  g.fillStyle = look.text;
  g.textBaseline = "top";
  g.textAlign = "left";
  stepsAxis(g, look, lowest, sketching.of === "loss" ? ["start", "end"] : [film.steps[0], film.steps[film.last]].map(whole));
}

// Below a plot: its first step, its last one, and in what is free between them what they are.
/** @param {Pen} g @param {Look} look @param {Rectangle} plot @param {string[]} ends */
function stepsAxis(g, look, plot, [first, last]) {
  const y = plot.y + plot.height + 0.2 * look.size, end = plot.x + plot.width;
  g.textAlign = "left";
  g.fillText(first, plot.x, y);
  g.textAlign = "right";
  g.fillText(last, end, y);
  const from = plot.x + g.measureText(first).width, until = end - g.measureText(last).width;
  const room = until - from - 0.6 * look.size, wide = (words) => g.measureText(words).width;
  const words = ["steps (log)", "(log)"].find((one) => wide(one) <= room) ?? "log";
  const half = wide(words) / 2 + 0.3 * look.size; // in the middle, if that is free
  g.textAlign = "center";
  g.fillText(words, Math.max(from + half, Math.min(until - half, plot.x + plot.width / 2)), y);
}

// What the network on screen scores, edits included: losses, accuracies, and how often each class
// was taken for each (rows what is right, columns what it says), for the points it is tested on.
/** @param {Film} film */
export function scoresOf(film) {
  const { t, trained, loss } = film, { z, a } = film.pointRoom.at(-1);
  const n = t.length, kinds = film.classes || 2, right = (p) => kindOf(film, p) === kindSaid(film, a, p);
  const share = (first, last) => {
    let count = 0;
    for (let p = first; p < last; p++) count += Number(right(p));
    return count / (last - first);
  };
  const matrix = Array.from({ length: kinds }, () => Array(kinds).fill(0));
  for (let p = trained < n ? trained : 0; p < n; p++) {
    const said = kindSaid(film, a, p);
    if (said >= 0) matrix[kindOf(film, p)][said]++;
  }
  return {
    loss: meanLoss(loss, z, t, 0, trained),
    testLoss: meanLoss(loss, z, t, trained, n),
    accuracy: share(0, trained),
    testAccuracy: share(trained, n),
    matrix,
  };
}

// What training recorded at a frame, to the last digit; nothing where it recorded nothing.
/** @param {Film} film @param {number} frame */
export function recordedScores(film, frame) {
  const scores = {
    loss: recorded(film, "loss")[frame],
    testLoss: recorded(film, "val_loss")[frame],
    accuracy: recorded(film, "accuracy")[frame],
    testAccuracy: recorded(film, "val_accuracy")[frame],
  };
  return Object.fromEntries(Object.entries(scores).filter(([, value]) => Number.isFinite(value)));
}

// Of more classes than two how many are right, and the most frequent mistakes.
/** @param {Pen} g @param {Stage} stage */
function paintMistakes(g, { film, look, box, scores }) {
  const { x, y, width } = box.matrix, line = 1.45 * look.size;
  const counts = scores.matrix.flatMap((row, truth) => row.map((count, says) => ({ truth, says, count })));
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const wrong = counts.filter(({ truth, says, count }) => truth !== says && count).sort((one, other) => other.count - one.count);
  const right = all - wrong.reduce((sum, { count }) => sum + count, 0);
  const which = film.trained < film.t.length ? "test" : "training";
  g.font = font(look);
  g.fillStyle = look.text;
  g.textBaseline = "middle";
  g.textAlign = "left";
  g.fillText(fitting(g, `${which} points: ${whole(right)} of ${whole(all)} right`, width), x, y + line / 2);
  wrong.slice(0, 2).forEach(({ truth, says, count }, k) => {
    const room = (width - g.measureText(`${whole(count)}  called `).width) / 2;
    const name = (kind) => fitting(g, kindName(film, kind), room);
    g.fillText(`${whole(count)} ${name(truth)} called ${name(says)}`, x, y + line * (k + 1.5));
  });
}

// The confusion matrix, as a table of counts.
/** @param {Pen} g @param {Stage} stage */
export function paintMatrix(g, stage) {
  const { film, look, box, scores } = stage;
  if (!film.classes || !box.matrix) return;
  if (isSoftmax(film)) return paintMistakes(g, stage);
  const { x, y, width } = box.matrix, line = 1.45 * look.size;
  g.font = font(look);
  g.textBaseline = "middle";
  const which = film.trained < film.t.length ? "test" : "training";
  const columns = [x + 0.62 * width, x + 0.87 * width];
  g.fillStyle = look.text;
  g.textAlign = "left";
  g.fillText(`${which} points`, x, y + line / 2);
  g.textAlign = "center";
  columns.forEach((at, says) => g.fillText(`says ${says}`, at, y + line / 2));
  scores.matrix.forEach((row, truth) => {
    const at = y + line * (truth + 1.5);
    g.textAlign = "left";
    g.font = font(look);
    g.fillText(`should be ${truth}`, x, at);
    g.textAlign = "center";
    row.forEach((count, says) => {
      const wrong = says !== truth && count > 0;
      g.font = font(look, 1, wrong ? "bold" : "");
      g.fillText(whole(count), columns[says], at);
      if (wrong) {
        g.strokeStyle = look.text;
        g.lineWidth = 1.5;
        const half = g.measureText(whole(count)).width / 2 + 0.45 * look.size;
        g.beginPath();
        g.ellipse(columns[says], at, half, 0.62 * look.size, 0, 0, 2 * Math.PI);
        g.stroke();
      }
    });
  });
}
