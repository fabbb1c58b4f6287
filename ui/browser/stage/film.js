// @ts-check
// A film as Python packed it, unpacked once: a network's shape, its parameters at each frame, the
// history beside them, and the points it was asked about.

import { unpack } from "../shared/bytes.js";
import { isSoftmax, kindName } from "./kinds.js";
import { inputPlanes, layersOf, roomFor } from "./maths.js";

/** @param {FilmMessage} message @returns {Film} */
export function openFilm(message) {
  const { sizes, activations, output, inputs } = message;
  const layers = layersOf(sizes, activations, output);
  const parameters = layers.at(-1).b + layers.at(-1).units;
  const thetas = unpack(message.thetas, Float32Array);
  const steps = unpack(message.steps, Int32Array);
  const points = unpack(message.points, Float32Array); // x1, x2, t of each, training ones first
  const [x1, x2, t] = [0, 1, 2].map((k) => points.filter((_, i) => i % 3 === k));
  const histories = Object.entries(message.history);
  return {
    ...message,
    layers,
    parameters,
    steps,
    last: steps.length - 1,
    history: Object.fromEntries(histories.map(([name, packed]) => [name, unpack(packed, Float64Array)])),
    x1,
    x2,
    t,
    middle: (message.low + message.high) / 2,
    theta: (frame) => thetas.subarray(frame * parameters, (frame + 1) * parameters),
    pointInputs: inputPlanes(inputs, x1, x2),
    pointRoom: roomFor(layers, t.length),
  };
}

// Whether a film is what was `before`, trained further: the same frames, and others after them.
/** @param {Film} film @param {Film} before */
export function growsFrom(film, before) {
  const facts = ({ sizes, activations, inputs, loss, points, names }) =>
    String([sizes, activations, inputs, loss, points, names]);
  const same = (frame) => String(film.theta(frame)) === String(before.theta(frame));
  return facts(film) === facts(before) && before.steps.every((step, i) => step === film.steps[i]) &&
    same(0) && same(before.last);
}

// A square grid over the film's part of the plane, rows from top to bottom as pixels are.
/** @param {Film} film @param {number} cells */
export function gridOver(film, cells) {
  const count = cells * cells, x1 = new Float64Array(count), x2 = new Float64Array(count);
  const width = film.right - film.left;
  for (let p = 0; p < count; p++) {
    x1[p] = film.left + ((p % cells) / (cells - 1)) * width;
    x2[p] = film.right - (Math.floor(p / cells) / (cells - 1)) * width;
  }
  return { cells, inputs: inputPlanes(film.inputs, x1, x2), room: roomFor(film.layers, count) };
}

// A unit's name: layer 0 are the inputs, the last one is the answer, or each class's (−1 all of them).
/** @param {Film} film @param {number} layer @param {number} unit */
export function unitName(film, layer, unit) {
  if (layer === 0) return film.inputs[unit];
  if (layer === film.layers.length) return isSoftmax(film) && unit >= 0 ? `answer ${kindName(film, unit)}` : "answer";
  return `unit ${unit + 1} of hidden layer ${layer}`;
}

// Which unit and which of its inputs a parameter belongs to; input −1 is the bias.
/** @param {Film} film @param {number} index */
export function parameterAt(film, index) {
  const layer = film.layers.findIndex((l) => index < l.b + l.units);
  const { W, b, units } = film.layers[layer];
  if (index >= b) return { layer: layer + 1, unit: index - b, input: -1 };
  return { layer: layer + 1, unit: (index - W) % units, input: Math.floor((index - W) / units) };
}

/** @param {Film} film @param {number} index */
export function parameterName(film, index) {
  const { layer, unit, input } = parameterAt(film, index);
  const to = unitName(film, layer, unit);
  return input < 0 ? `bias of ${to}` : `weight from ${unitName(film, layer - 1, input)} to ${to}`;
}
