// @ts-check
// Of answers that were so sure, how many were right: a dot for each ten percent.

import { element } from "../shared/elements.js";
import { inWords } from "./table.js";

const FEW = 20; // answers of which a share says little: their dot is hollow
const LEAST = 0.55; // of a dot's size, in letters
const MORE = 0.95; // with most of the answers

/** @param {ReliabilityBin} bin */
export function binWords({ low, high, count, right, sure }) {
  const answers = count === 1 ? "1 answer" : `${count} answers`;
  return `${answers} given with ${Math.round(100 * low)} to ${Math.round(100 * high)}% (${inWords(sure)} on average): ${inWords(right)} were right`;
}

/** @param {HTMLElement} field @param {ReliabilityBin[]} bins @param {(words: string) => void} say */
export function drawBelieved(field, bins, say) {
  const most = Math.max(...bins.map(({ count }) => count), 1);
  for (const old of field.querySelectorAll(".ge-dot")) old.remove();
  for (const bin of bins) {
    if (!bin.count) continue;
    const words = binWords(bin), size = `${LEAST + MORE * Math.sqrt(bin.count / most)}em`;
    const dot = element("button", "", { type: "button", class: `ge-dot${bin.count < FEW ? " ge-few" : ""}`, "aria-label": words });
    Object.assign(dot.style, { left: `${100 * bin.sure}%`, bottom: `${100 * bin.right}%`, width: size, height: size });
    dot.onpointerenter = dot.onfocus = dot.onclick = () => say(`${words}.`);
    field.append(dot);
  }
}
