// @ts-check
// The network itself, as nn_core has it: theta holds every layer's W (in, out) row by row, then b.
// A "plane" is one number for each of many points: a layer's output is one plane a unit.

import { ACTIVATIONS, sigmoid, softplus } from "../shared/activations.js";

/** @type {Record<FeatureName, (x1: number, x2: number) => number>} */
const FEATURES = {
  "x₁": (x1) => x1,
  "x₂": (x1, x2) => x2,
  "x₁²": (x1) => x1 * x1,
  "x₂²": (x1, x2) => x2 * x2,
  "x₁x₂": (x1, x2) => x1 * x2,
  "sin x₁": (x1) => Math.sin(x1),
  "sin x₂": (x1, x2) => Math.sin(x2),
};

// Where each layer's W and b begin in theta.
/**
 * @param {number[]} sizes
 * @param {ActivationName[]} activations
 * @param {OutputName} output
 * @returns {Layer[]}
 */
export function layersOf(sizes, activations, output) {
  let start = 0;
  return sizes.slice(1).map((units, i) => {
    const inputs = sizes[i];
    const activation = i < activations.length ? activations[i] : output;
    const layer = { inputs, units, W: start, b: start + inputs * units, activation };
    start = layer.b + units;
    return layer;
  });
}

/** @param {number} count @param {number} points */
const planes = (count, points) => Array.from({ length: count }, () => new Float64Array(points));

// Room for the z and a of every unit at so many points, to be filled again and again.
/** @param {Layer[]} layers @param {number} points */
export function roomFor(layers, points) {
  return layers.map(({ units }) => ({ z: planes(units, points), a: planes(units, points) }));
}

// What the network hears of points (x1, x2): one plane an input.
/** @param {FeatureName[]} names @param {Numbers} x1 @param {Numbers} x2 */
export function inputPlanes(names, x1, x2) {
  return names.map((name) => Float64Array.from(x1, (x, p) => FEATURES[name](x, x2[p])));
}

// z = x W + b, a = f(z), layer by layer, into `room`. Softmax is of all of a layer's sums together.
/** @param {Layer[]} layers @param {Numbers} theta @param {Plane[]} inputs @param {Room[]} room */
export function forward(layers, theta, inputs, room) {
  let x = inputs;
  layers.forEach((layer, l) => {
    const { z, a } = room[l], f = layer.activation === "softmax" ? null : ACTIVATIONS[layer.activation].f;
    for (let j = 0; j < layer.units; j++) {
      const sum = z[j], out = a[j], points = sum.length;
      sum.fill(theta[layer.b + j]);
      for (let i = 0; i < layer.inputs; i++) {
        const w = theta[layer.W + i * layer.units + j], from = x[i];
        for (let p = 0; p < points; p++) sum[p] += w * from[p];
      }
      if (f) for (let p = 0; p < points; p++) out[p] = f(sum[p]);
    }
    if (!f) softmax(z, a);
    x = a;
  });
  return room;
}

// aⱼ = e^zⱼ / Σ e^z at every point; the largest z is taken from all, so that nothing overflows.
/** @param {Plane[]} z @param {Plane[]} a */
function softmax(z, a) {
  for (let p = 0; p < z[0].length; p++) {
    const most = largestOf(z, p);
    let total = 0;
    for (let j = 0; j < z.length; j++) total += a[j][p] = Math.exp(z[j][p] - most);
    for (let j = 0; j < z.length; j++) a[j][p] /= total;
  }
}

/** @param {Plane[]} z @param {number} p */
function largestOf(z, p) {
  let most = z[0][p];
  for (let j = 1; j < z.length; j++) most = Math.max(most, z[j][p]);
  return most;
}

// The loss of the answer to a point, and its derivatives with respect to the last z: one an output.
/**
 * @type {Record<LossName, {
 *   value: (z: Plane[], p: number, t: number) => number,
 *   slopes: (z: Plane[], p: number, t: number) => number[],
 * }>}
 */
export const LOSSES = {
  cross_entropy: {
    value: ([z], p, t) => softplus(z[p]) - t * z[p],
    slopes: ([z], p, t) => [sigmoid(z[p]) - t],
  },
  softmax_cross_entropy: {
    value: (z, p, t) => {
      const most = largestOf(z, p);
      return Math.log(z.reduce((sum, plane) => sum + Math.exp(plane[p] - most), 0)) + most - z[t][p];
    },
    slopes: (z, p, t) => {
      const most = largestOf(z, p), powers = z.map((plane) => Math.exp(plane[p] - most));
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power, j) => power / total - Number(j === t));
    },
  },
  squared_error: {
    value: ([z], p, t) => (z[p] - t) ** 2,
    slopes: ([z], p, t) => [2 * (z[p] - t)],
  },
};

// The mean loss of the points from `first` up to `last`.
/**
 * @param {LossName} loss
 * @param {Plane[]} z
 * @param {Numbers} t
 * @param {number} first
 * @param {number} last
 */
export function meanLoss(loss, z, t, first, last) {
  let sum = 0;
  for (let p = first; p < last; p++) sum += LOSSES[loss].value(z, p, t[p]);
  return sum / (last - first);
}

// The chain rule from the last layer back: the gradient of the mean loss of the first `count`
// points with respect to every parameter, from a forward pass over them.
/**
 * @param {Layer[]} layers
 * @param {Numbers} theta
 * @param {Plane[]} inputs
 * @param {Room[]} room
 * @param {LossName} loss
 * @param {Numbers} t
 * @param {number} count
 */
export function backward(layers, theta, inputs, room, loss, t, count) {
  const grad = new Float64Array(theta.length);
  const last = room.length - 1, answers = room[last].z;
  let dz = planes(answers.length, count);
  for (let p = 0; p < count; p++) {
    LOSSES[loss].slopes(answers, p, t[p]).forEach((slope, j) => { dz[j][p] = slope / count; });
  }
  for (let l = last; l >= 0; l--) {
    const layer = layers[l], x = l ? room[l - 1].a : inputs;
    const dx = planes(layer.inputs, count);
    for (let j = 0; j < layer.units; j++) {
      for (let p = 0; p < count; p++) grad[layer.b + j] += dz[j][p];
      for (let i = 0; i < layer.inputs; i++) {
        const at = layer.W + i * layer.units + j;
        for (let p = 0; p < count; p++) {
          grad[at] += x[i][p] * dz[j][p];
          dx[i][p] += dz[j][p] * theta[at];
        }
      }
    }
    if (l === 0) break;
    const { slope: bend } = ACTIVATIONS[/** @type {ActivationName} */ (layers[l - 1].activation)];
    const { z, a } = room[l - 1];
    dz = dx.map((plane, i) => plane.map((d, p) => d * bend(z[i][p], a[i][p])));
  }
  return grad;
}
