// @ts-check
// Hidden space: where a layer puts the points, and the straight line that parts them there.

import { isSoftmax } from "./kinds.js";
import { font } from "./look.js";
import { forward, roomFor } from "./maths.js";
import { paintPoints } from "./plane.js";

// The line's weights and bias: the network's own in the last space, for there a straight line is
// all that is left to do; before it the best one by least squares. No one line parts more classes.
/** @param {Stage} stage @param {number} layer @returns {{ w: number[], b: number }} */
function partingLine(stage, layer) {
  const { film, theta } = stage;
  if (isSoftmax(film)) return { w: [NaN], b: NaN };
  const last = film.layers.at(-1);
  if (layer === film.layers.length - 1) {
    const level = film.output === "sigmoid" ? 0 : film.middle;
    return { w: [...theta.subarray(last.W, last.W + last.inputs)], b: theta[last.b] - level };
  }
  return leastSquares(spaceOf(stage, layer), film.t, film.middle, film.trained);
}

// The planes of all units of a layer, over the points.
/** @param {Stage} stage @param {number} layer @returns {Plane[]} */
function spaceOf({ film }, layer) {
  return layer === 0 ? film.pointInputs : film.pointRoom[layer - 1].a;
}

// w, b that bring Σ (x w + b − (t − middle))² + a little |w|² to its minimum over n points.
/** @param {Plane[]} x @param {Numbers} t @param {number} middle @param {number} n */
function leastSquares(x, t, middle, n) {
  const size = x.length + 1;
  const column = (i, p) => (i < x.length ? x[i][p] : 1);
  const rows = Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(size + 1);
    for (let p = 0; p < n; p++) {
      for (let j = 0; j < size; j++) row[j] += column(i, p) * column(j, p);
      row[size] += column(i, p) * (t[p] - middle);
    }
    row[i] += 1e-6 * n;
    return row;
  });
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= size; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const w = rows.map((row, i) => row[size] / row[i]);
  return { b: w.pop(), w };
}

/** @param {number[]} u @param {number[] | Plane} v */
const dotProduct = (u, v) => u.reduce((sum, value, i) => sum + value * v[i], 0);

// Two coordinates for each point. Two units are shown as they are. More of them are seen from the
// side: across is the distance from the parting line, up is a direction along it, the one in which
// the points of the last frame spread most. One unit is a line, its points drawn apart.
/** @param {Stage} stage @param {number} layer @returns {SpaceView} */
function viewOfSpace(stage, layer) {
  const { film } = stage, x = spaceOf(stage, layer), n = film.t.length;
  const line = partingLine(stage, layer);
  const finite = line.w.every(Number.isFinite) && Number.isFinite(line.b);
  if (x.length === 1) {
    const across = x[0], up = Float64Array.from({ length: n }, (_, p) => ((p * 0.618034) % 1) - 0.5);
    return { across, up, names: [nameIn(film, layer, 0), ""], line: finite ? [line.w[0], 0, line.b] : null };
  }
  if (x.length === 2) {
    const names = [nameIn(film, layer, 0), nameIn(film, layer, 1)];
    return { across: x[0], up: x[1], names, line: finite ? [...line.w, line.b] : null };
  }
  if (isSoftmax(film)) {
    const [first, second] = spreadOf(stage, layer);
    const at = (vector) => Float64Array.from({ length: n }, (_, p) => vector.reduce((sum, v, i) => sum + v * x[i][p], 0));
    return { across: at(first), up: at(second), names: ["along the widest spread", "the next widest"], line: null };
  }
  const length = Math.hypot(...line.w);
  if (!finite || length === 0) {
    return { across: x[0], up: x[1], names: [nameIn(film, layer, 0), nameIn(film, layer, 1)], line: null };
  }
  const unit = line.w.map((w) => w / length);
  const [spread] = spreadOf(stage, layer), along = dotProduct(spread, unit);
  const direction = spread.map((s, i) => s - along * unit[i]);
  const size = Math.hypot(...direction) || 1;
  const at = (vector, p) => vector.reduce((sum, v, i) => sum + v * x[i][p], 0);
  const across = Float64Array.from({ length: n }, (_, p) => at(unit, p) + line.b / length);
  const up = Float64Array.from({ length: n }, (_, p) => at(direction, p) / size);
  return { across, up, names: ["distance from the line", "along the line"], line: [1, 0, 0] };
}

/** @param {Film} film @param {number} layer @param {number} unit */
const nameIn = (film, layer, unit) => (layer === 0 ? film.inputs[unit] : `unit ${unit + 1}`);

// The two directions in which a layer's points spread most at the film's last frame, so that the view
// stays the same while the film moves: the first principal axes, by repeated multiplication.
/** @param {Stage} stage @param {number} layer @returns {number[][]} */
function spreadOf(stage, layer) {
  const { film } = stage;
  stage.spreads ??= [];
  if (stage.spreads[layer]) return stage.spreads[layer];
  const room = forward(film.layers, film.theta(film.last), film.pointInputs, roomFor(film.layers, film.t.length));
  const x = layer === 0 ? film.pointInputs : room[layer - 1].a;
  const centred = x.map((plane) => {
    const mean = plane.reduce((sum, v) => sum + v, 0) / plane.length;
    return plane.map((v) => v - mean);
  });
  const first = widest(centred, 0), along = projected(centred, first);
  const rest = centred.map((plane, i) => plane.map((v, p) => v - first[i] * along[p]));
  return (stage.spreads[layer] = [first, widest(rest, 1)]);
}

// The direction in which centred planes spread most; the one of a single plane if they do not at all.
/** @param {Plane[]} centred @param {number} otherwise */
function widest(centred, otherwise) {
  let axis = centred.map((_, i) => 1 + 0.1 * i);
  for (let round = 0; round < 50; round++) {
    const along = projected(centred, axis);
    axis = centred.map((plane) => dotProduct([...plane], along));
    const length = Math.hypot(...axis);
    if (!(length > 0 && length < Infinity)) return centred.map((_, i) => Number(i === otherwise));
    axis = axis.map((a) => a / length);
  }
  return axis;
}

// Where each point lies along a direction.
/** @param {Plane[]} planes @param {number[]} axis */
const projected = (planes, axis) => planes[0].map((_, p) => planes.reduce((sum, plane, i) => sum + plane[p] * axis[i], 0));

/** @param {Plane} values */
function rangeAround(values) {
  let low = Infinity, high = -Infinity;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  if (!(low <= high)) return [-1, 1];
  const margin = 0.12 * (high - low) || 1;
  return [low - margin, high + margin];
}

/** @param {Pen} g @param {Stage} stage */
export function paintSpace(g, stage) {
  const { look, box } = stage, plot = box.space;
  if (!plot) return;
  const layer = stage.spaceLayer, view = viewOfSpace(stage, layer);
  const [left, right] = rangeAround(view.across), [low, high] = rangeAround(view.up);
  plot.toX = (v) => plot.x + ((v - left) / (right - left)) * plot.width;
  plot.toY = (v) => plot.y + ((high - v) / (high - low)) * plot.height;
  stage.spaceView = view;
  g.save();
  g.beginPath();
  g.rect(plot.x, plot.y, plot.width, plot.height);
  g.clip();
  if (view.line) paintLine(g, look, plot, view.line, [left, right, low, high]);
  paintPoints(g, stage, (p) => [plot.toX(view.across[p]), plot.toY(view.up[p])], 0.7);
  g.restore();
  g.strokeStyle = look.faint;
  g.lineWidth = 1;
  g.strokeRect(plot.x, plot.y, plot.width, plot.height);
  g.fillStyle = look.text;
  g.font = font(look);
  g.textAlign = "center";
  g.textBaseline = "top";
  g.fillText(view.names[0], plot.x + plot.width / 2, plot.y + plot.height + 0.2 * look.size, plot.width);
  g.save();
  g.translate(plot.x - 0.4 * look.size, plot.y + plot.height / 2);
  g.rotate(-Math.PI / 2);
  g.textBaseline = "bottom";
  g.fillText(view.names[1], 0, 0, plot.height);
  g.restore();
}

// The line u x + v y + c = 0, across a plot whose edges are given.
/**
 * @param {Pen} g
 * @param {Look} look
 * @param {Plot} plot
 * @param {number[]} line
 * @param {number[]} edges
 */
function paintLine(g, look, plot, [u, v, c], [left, right, low, high]) {
  g.strokeStyle = look.text;
  g.lineWidth = 0.17 * look.size;
  g.beginPath();
  if (Math.abs(v) * (right - left) > Math.abs(u) * (high - low)) {
    g.moveTo(plot.toX(left), plot.toY(-(c + u * left) / v));
    g.lineTo(plot.toX(right), plot.toY(-(c + u * right) / v));
  } else if (u !== 0) {
    g.moveTo(plot.toX(-(c + v * low) / u), plot.toY(low));
    g.lineTo(plot.toX(-(c + v * high) / u), plot.toY(high));
  }
  g.stroke();
}
