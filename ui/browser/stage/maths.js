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
 * @param {ActivationName} output
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

// z = x W + b, a = f(z), layer by layer, into `room`.
/** @param {Layer[]} layers @param {Numbers} theta @param {Plane[]} inputs @param {Room[]} room */
export function forward(layers, theta, inputs, room) {
  let x = inputs;
  layers.forEach((layer, l) => {
    const { z, a } = room[l], f = ACTIVATIONS[layer.activation].f;
    for (let j = 0; j < layer.units; j++) {
      const sum = z[j], out = a[j], points = sum.length;
      sum.fill(theta[layer.b + j]);
      for (let i = 0; i < layer.inputs; i++) {
        const w = theta[layer.W + i * layer.units + j], from = x[i];
        for (let p = 0; p < points; p++) sum[p] += w * from[p];
      }
      for (let p = 0; p < points; p++) out[p] = f(sum[p]);
    }
    x = a;
  });
  return room;
}

// The loss of one answer, and its derivative with respect to the last z.
/**
 * @type {Record<LossName, { value: (z: number, t: number) => number, slope: (z: number, t: number) => number }>}
 */
export const LOSSES = {
  cross_entropy: {
    value: (z, t) => softplus(z) - t * z,
    slope: (z, t) => sigmoid(z) - t,
  },
  squared_error: {
    value: (z, t) => (z - t) ** 2,
    slope: (z, t) => 2 * (z - t),
  },
};

// The mean loss of the points from `first` up to `last`.
/**
 * @param {LossName} loss
 * @param {Numbers} z
 * @param {Numbers} t
 * @param {number} first
 * @param {number} last
 */
export function meanLoss(loss, z, t, first, last) {
  let sum = 0;
  for (let p = first; p < last; p++) sum += LOSSES[loss].value(z[p], t[p]);
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
  const last = room.length - 1;
  const slope = LOSSES[loss].slope;
  let dz = [Float64Array.from({ length: count }, (_, p) => slope(room[last].z[0][p], t[p]) / count)];
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
    const { slope: bend } = ACTIVATIONS[layers[l - 1].activation], { z, a } = room[l - 1];
    dz = dx.map((plane, i) => plane.map((d, p) => d * bend(z[i][p], a[i][p])));
  }
  return grad;
}
