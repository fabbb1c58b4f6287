// @ts-check
// What is said of the wall and of a unit that is opened: what is shown, in words, and nothing else.

import { aClass, areDigits } from "../shared/classes.js";
import { epochOf } from "../shared/numbers.js";

// Numbers beside each other, with as many places after the point as three digits of the largest take.
/** @param {number[]} beside @param {number} [finest] places, at most @returns {(value: number) => string} */
export function alike(beside, finest = 6) {
  const largest = Math.max(...beside.map(Math.abs).filter(Number.isFinite), 0);
  const places = largest ? Math.max(0, Math.min(finest, 2 - Math.floor(Math.log10(largest)))) : 0;
  return (value) => (Object.is(Number(value.toFixed(places)), -0) ? 0 : value).toFixed(places).replace("-", "−");
}

// What the strip below a picture has, from left to right; `brief` on one line, whatever the names.
/** @param {string[]} classes @param {boolean} [brief] */
export function stripWords(classes, brief = false) {
  if (brief && !areDigits(classes)) return "each class";
  const first = classes[0], last = classes[classes.length - 1];
  if (classes.length === 2) return `${first}, then ${last}`;
  const inOrder = areDigits(classes) && classes.every((name, k) => Number(name) === Number(first) + k);
  return inOrder ? `digits ${first} to ${last}` : `each class, ${first} first`;
}

// Where an image's ninths are, row by row.
const NINTHS = ["at the top left", "at the top", "at the top right", "on the left", "in the middle", "on the right",
  "at the bottom left", "at the bottom", "at the bottom right"];
const CLEAR = 4; // times as far from 0 as chance alone leads the mean of so many weights
const ALSO = 0.5; // of the largest mean: a ninth with so much is named beside it
const NAMED = { page: 2, projector: 1 }; // at most

// The mean weight of each ninth of an image.
/** @param {ArrayLike<number>} weights side² of them, row by row @param {number} side @returns {number[]} */
export function ninthsOf(weights, side) {
  const ends = [0, 1, 2, 3].map((k) => Math.round((k * side) / 3));
  return NINTHS.map((_, k) => {
    const [top, bottom] = ends.slice(Math.floor(k / 3)), [left, right] = ends.slice(k % 3);
    let sum = 0;
    for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) sum += weights[row * side + column];
    return sum / ((bottom - top) * (right - left));
  });
}

// What speaks for a unit for which no ninth clearly does: its strongest pixel, by its ninth.
/** @param {number[]} weights @param {number} side @param {boolean} brief */
function pixelFor(weights, side, brief) {
  const most = Math.max(...weights), at = weights.indexOf(most);
  if (most <= 0) return "No pixel speaks for it.";
  const third = (/** @type {number} */ k) => [1, 2].filter((part) => k >= Math.round((part * side) / 3)).length;
  const where = NINTHS[3 * third(Math.floor(at / side)) + third(at % side)];
  return brief ? `Single pixels speak for it, most ${where}.` : `No part of the image clearly speaks for it as a whole; the single pixel that does most is ${where}.`;
}

// What a unit looks for, as far as the ninths of its image say it: where ink speaks for it most, and
// where against. `brief` without the means.
/** @param {ArrayLike<number>} weights @param {number} side @param {boolean} [brief] */
export function lookedFor(weights, side, brief = false) {
  const means = ninthsOf(weights, side), all = Array.from(weights);
  const spread = Math.sqrt(all.reduce((sum, w) => sum + w * w, 0) / all.length);
  if (!Number.isFinite(spread)) return "";
  if (spread === 0) return "All its weights are 0: ink changes nothing.";
  const least = (CLEAR * spread) / (side / 3), say = alike(means, 4);
  const named = (sign) => {
    const most = Math.max(...means.map((mean) => sign * mean));
    if (most < least) return null;
    const places = means.map((_, k) => k).filter((k) => sign * means[k] >= Math.max(least, ALSO * most))
      .sort((a, b) => sign * (means[b] - means[a])).slice(0, brief ? NAMED.projector : NAMED.page);
    return { places: places.map((k) => NINTHS[k]).join(" and "), numbers: places.map((k) => say(means[k])).join(" and ") };
  };
  const speaks = named(1), against = named(-1);
  if (!speaks && !against) return "In no ninth of the image does ink clearly speak for it or against it.";
  const of = (found) => (brief ? "" : ` (mean weight ${found.numbers})`);
  if (!against) return `Ink ${speaks.places} speaks for it most${of(speaks)}.`;
  if (!speaks) return `${pixelFor(all, side, brief)} Ink ${against.places} speaks against it most${of(against)}.`;
  return `Ink ${speaks.places} speaks for it most${of(speaks)}, ink ${against.places} against it${brief ? "" : ` (${against.numbers})`}.`;
}

// To which units of the layer before it listens most: so many that speak for it, and against it.
/** @param {ArrayLike<number>} weights @param {number} before @param {number} most @param {boolean} negative whether those can answer below 0 */
export function listensTo(weights, before, most, negative) {
  const all = Array.from(weights, (weight, k) => ({ weight, unit: k + 1 }));
  if (!all.every(({ weight }) => Number.isFinite(weight))) return "";
  if (all.every(({ weight }) => weight === 0)) return "All its weights are 0: nothing before it changes anything.";
  const say = alike(all.map(({ weight }) => weight), 4);
  const loud = (sign) => all.filter(({ weight }) => sign * weight > 0).sort((a, b) => sign * (b.weight - a.weight)).slice(0, most);
  const [speaks, against] = [loud(1), loud(-1)], of = ` of layer ${before}`;
  const named = (units, words) => `${words}${units.map(({ weight, unit }) => `${unit} (${say(weight)})`).join(" and ")}`;
  const [first, second] = speaks.length ? [speaks, against] : [against, []];
  const many = first.length > 1, when = negative ? `Where ${many ? "their answers are" : "its answer is"} above 0, ` : "";
  const who = named(first, when ? (many ? "units " : "unit ") : many ? "Units " : "Unit ");
  const side = speaks.length ? "for" : "against", also = second.length ? `, ${named(second, "")} against it` : "";
  return `${when}${who}${of} speak${many ? "" : "s"} ${side} it most${also}.`;
}

// `brief` without what the bars and the test images beside it show.
/** @param {UnitFacts} facts @param {boolean} [brief] */
export function unitWords({ weights, side, layer, paper, lowest, highest, tried, outgoing, exact, epoch, classes, floor, off, without }, brief = false) {
  const finite = [...(outgoing ?? []), lowest ?? 0, highest ?? 0, paper ?? 0].every(Number.isFinite);
  if (!finite) return "Its numbers are no longer finite: it cannot answer anything.";
  const looks = layer === 1 ? lookedFor(weights, side, brief) : listensTo(weights, layer - 1, brief ? 1 : 2, floor < 0);
  if (off) return `${brief ? "Off: 0 to every image." : `${looks} It is off: it answers 0 to every image.`} ${without ?? "Counting …"}`;
  const answers = outputs({ paper, lowest, highest, tried, classes, exact }, brief);
  const spoken = brief && outgoing ? "" : spokenFor(outgoing, lowest ?? floor, classes);
  return [looks, answers, spoken, exact || brief ? "" : roughly(epoch)].filter(Boolean).join(" ");
}

// Its output for what is on the paper, beside those for test images.
/** @param {Pick<UnitFacts, "paper" | "lowest" | "highest" | "tried" | "classes" | "exact">} facts @param {boolean} brief */
function outputs({ paper, lowest, highest, tried, classes, exact }, brief) {
  const say = alike([paper ?? 0, lowest ?? 0, highest ?? 0]), digits = areDigits(classes), same = lowest === highest;
  const range = same ? say(highest ?? 0) : `between ${say(lowest ?? 0)} and ${say(highest ?? 0)}`; // null until they are here
  const tests = `${same ? "all " : ""}${tried} test ${digits ? "digits" : "images"}`;
  if (brief) return paper === null ? "" : `Its output for the paper: ${exact ? "" : "about "}${say(paper)}.`;
  if (paper === null) return tried ? `Its output for ${tests} is ${range}.` : "";
  const these = `Its output for ${digits ? "the digit" : "what is"} on the paper is ${say(paper)}`;
  return tried ? `${these}; for ${tests} it is ${range}.` : `${these}.`;
}

// For which class it speaks most, and against which; `lowest` is the least that it answers.
/** @param {number[] | null} outgoing @param {number} lowest @param {string[]} classes */
function spokenFor(outgoing, lowest, classes) {
  if (!outgoing) return "What it says goes on to the units of the next layer.";
  const most = outgoing.indexOf(Math.max(...outgoing)), least = outgoing.indexOf(Math.min(...outgoing));
  const say = alike(outgoing), parts = [];
  if (outgoing[most] > 0) parts.push(`most for ${aClass(classes[most])} (${say(outgoing[most])})`);
  if (outgoing[least] < 0) parts.push(`most against ${aClass(classes[least])} (${say(outgoing[least])})`);
  if (!parts.length) return "";
  const when = lowest < 0 ? "Where its answer is above 0 it speaks" : "It speaks";
  return `${when} ${parts.join(" and ")}.`;
}

/** @param {number | null} epoch null while the exact numbers are on their way */
function roughly(epoch) {
  if (epoch === null) return "Its weights are rounded until the exact ones are here.";
  return `This is ${epochOf(epoch)}, from weights each rounded to one of 255 values.`;
}
