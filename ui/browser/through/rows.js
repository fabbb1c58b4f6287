// @ts-check
// The parts of a sum, one below the other, each where the one above has ended: a waterfall.

import { element } from "../shared/elements.js";
import { written } from "../shared/numbers.js";

// The steps of a waterfall: the bias, the parts that count most, all others, and what they come to.
/** @param {ThroughMessage} shown @param {number} most parts by themselves @returns {ThroughStep[]} */
export function stepsOf({ rows, bias }, most) {
  /** @type {ThroughStep[]} */ const steps = [{ name: "bias", adds: bias, from: 0, to: bias }];
  const add = (/** @type {string} */ name, /** @type {number} */ adds, /** @type {ThroughRow} */ row = undefined) => {
    const from = steps[steps.length - 1].to;
    steps.push({ name, adds, from, to: from + adds, row });
  };
  for (const row of rows.slice(0, most)) add(`unit ${row.unit + 1}`, row.adds, row);
  const others = rows.slice(most);
  const many = others.length === 1 ? "1 other" : `${others.length} others`;
  if (others.length) add(many, others.reduce((sum, { adds }) => sum + adds, 0));
  return steps;
}

// The parts of a sum of pixels: the ink that speaks for the unit, and that against it.
/** @param {Float32Array} products @param {ThroughMessage} shown @returns {ThroughStep[]} */
export function stepsOfInk(products, { bias, ink }) {
  const part = (/** @type {number} */ sign) => products.reduce((sum, v) => sum + (sign * v > 0 ? v : 0), 0);
  const [speaks, against] = [part(1), part(-1)];
  return [
    { name: "bias", adds: bias, from: 0, to: bias, text: ink[2] },
    { name: "ink for it", adds: speaks, from: bias, to: bias + speaks, text: ink[0] },
    { name: "ink against it", adds: against, from: bias + speaks, to: bias + speaks + against, text: ink[1] },
  ];
}

/** @param {number} value */
export const signed = (value) => (value > 0 ? `+${written(value)}` : written(value));

// A product, of factors with so many digits that whoever multiplies them gets what is written.
/** @param {number} value @param {number} weight */
export function product(value, weight) {
  const adds = value * weight;
  const right = (/** @type {number} */ digits) =>
    written(Number(value.toPrecision(digits)) * Number(weight.toPrecision(digits))) === written(adds);
  const digits = [3, 4, 5].find(right) ?? 6;
  return `${written(value, digits)} × ${written(weight, digits)} ${adds ? "≈" : "="} ${signed(adds)}`;
}

// A bar from one place of the scale to another, and where 0 is.
/** @param {HTMLElement} cell @param {number} from @param {number} to @param {[number, number]} ends @param {string} colour */
export function bar(cell, from, to, [low, high], colour) {
  const place = (/** @type {number} */ value) => (high > low ? (100 * (value - low)) / (high - low) : 0);
  const zero = element("b"), made = element("i"), left = Math.min(place(from), place(to));
  zero.style.left = `${place(0)}%`;
  Object.assign(made.style, { left: `${left}%`, width: `${Math.abs(place(to) - place(from))}%`, background: colour });
  cell.append(zero, made);
}

// Where a waterfall begins and ends.
/** @param {ThroughStep[]} steps @returns {[number, number]} */
export function endsOf(steps) {
  const all = steps.flatMap(({ from, to }) => [from, to]).filter(Number.isFinite);
  return [Math.min(0, ...all), Math.max(0, ...all)];
}
