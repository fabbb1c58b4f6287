// @ts-check
// What is said of the wall and of a unit that is opened: what is shown, in words, and nothing else.

import { aClass, areDigits } from "../shared/classes.js";

// Numbers beside each other, with as many places after the point as three digits of the largest take.
/** @param {number[]} beside @param {number} [finest] places, at most @returns {(value: number) => string} */
export function alike(beside, finest = 6) {
  const largest = Math.max(...beside.map(Math.abs).filter(Number.isFinite), 0);
  const places = largest ? Math.max(0, Math.min(finest, 2 - Math.floor(Math.log10(largest)))) : 0;
  return (value) => (Object.is(Number(value.toFixed(places)), -0) ? 0 : value).toFixed(places).replace("-", "−");
}

/** @param {number} epoch */
export const epochOf = (epoch) => `epoch ${epoch < 1 ? epoch.toFixed(2) : epoch.toFixed(1)}`;

// What the strip below a picture has, from left to right.
/** @param {string[]} classes */
export function stripWords(classes) {
  const first = classes[0], last = classes[classes.length - 1];
  if (classes.length === 2) return `${first}, then ${last}`;
  const inOrder = areDigits(classes) && classes.every((name, k) => Number(name) === Number(first) + k);
  return inOrder ? `digits ${first} to ${last}` : `each class, ${first} first`;
}

// `brief` without what the bars beside it show.
/** @param {UnitFacts} facts @param {boolean} [brief] */
export function unitWords({ paper, lowest, highest, tried, outgoing, exact, epoch, classes, floor }, brief = false) {
  const finite = [...(outgoing ?? []), lowest ?? 0, highest ?? 0, paper ?? 0].every(Number.isFinite);
  if (!finite) return "Its numbers are no longer finite: it cannot answer anything.";
  const say = alike([paper ?? 0, lowest ?? 0, highest ?? 0]), digits = areDigits(classes);
  const same = lowest === highest, which = `${same ? "all " : ""}${tried} test ${digits ? "digits" : "images"}`;
  const range = !tried ? "" : same ? say(highest) : `${say(lowest)} to ${say(highest)}`; // null until they are here
  let answers = "";
  if (paper !== null) answers = `It answers ${digits ? "the digit" : "what is"} on the paper with ${say(paper)}${tried ? `; ${which} get ${range}` : ""}.`;
  else if (tried) answers = `It answers ${which} with ${range}.`;
  const spoken = brief && outgoing ? "" : spokenFor(outgoing, lowest ?? floor, classes);
  return [answers, spoken, exact ? "" : roughly(epoch, brief)].filter(Boolean).join(" ");
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

/** @param {number | null} epoch null while the exact numbers are on their way @param {boolean} brief */
function roughly(epoch, brief) {
  if (epoch === null) return "Its weights are rounded until the exact ones are here.";
  if (brief) return `At ${epochOf(epoch)}, from rounded weights.`;
  return `This is ${epochOf(epoch)}, from the weights as the wall keeps them: each rounded to one of 255 values.`;
}
