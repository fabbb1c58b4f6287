// @ts-check
// The table of what is taken for what: a row what an image is, a column what it is read as.

import { rgbOf } from "../shared/colours.js";
import { element } from "../shared/elements.js";

const WRITTEN = 12; // classes, at most, of which each cell has its number written in it
const DARKEST = 0.6; // of the accent in a cell with a number, which is read in the page's own colour
const LONG = 2; // letters of a name that stand beside each other

// A share of a row in percent, as a cell has it, and as words have it.
/** @param {number} share */
const inCell = (share) => (share < 0.0005 ? "" : share < 0.0995 ? (100 * share).toFixed(1) : (100 * share).toFixed(0));
/** @param {number} share */
export const inWords = (share) => `${share > 0 && share < 0.0995 ? (100 * share).toFixed(1) : (100 * share).toFixed(0)}%`;

/** @param {number[]} counts */
export const total = (counts) => counts.reduce((sum, n) => sum + n, 0);

// What a cell says.
/** @param {ConfusionMessage} shown @param {number} truth @param {number} guess */
export function cellWords({ classes, counts }, truth, guess) {
  const all = total(counts[truth]), some = counts[truth][guess];
  if (!all) return `No test image is of class ${classes[truth]}.`;
  const what = truth === guess ? `${classes[truth]} read right` : `${classes[truth]} read as ${classes[guess]}`;
  return `${what}: ${some} of ${all}, ${inWords(some / all)}`;
}

// The cells of a table for so many classes, made anew, of the part with that prefix.
/** @param {HTMLElement} table @param {string[]} classes @param {string} [prefix] @returns {HTMLElement[][]} */
export function makeCells(table, classes, prefix = "ge") {
  const head = element("thead"), body = element("tbody"), columns = element("tr");
  columns.append(element("td", "", { "aria-hidden": "true", style: "border: 0" }), ...classes.map((name) => element("th", name, { scope: "col" })));
  head.append(columns);
  const cells = classes.map((name) => {
    const row = element("tr"), made = classes.map(() => element("td", "", { role: "gridcell", tabindex: "-1" }));
    row.append(element("th", name, { scope: "row", title: name }), ...made);
    body.append(row);
    return made;
  });
  table.replaceChildren(head, body);
  table.classList.toggle(`${prefix}-many`, classes.length > WRITTEN);
  const longest = Math.max(...classes.map((name) => name.length));
  table.classList.toggle(`${prefix}-long`, longest > LONG);
  table.style.setProperty(`--${prefix}-label`, `${Math.min(6.5, Math.max(1.6, 0.62 * longest))}em`);
  return cells;
}

// The mistake of the strongest colour: the largest share of a row that is taken for another class.
/** @param {number[][]} counts */
export function mostMistaken(counts) {
  return Math.max(...counts.map((row, k) => Math.max(0, ...row.map((n, j) => (j === k || !n ? 0 : n / total(row))))));
}

/** @param {HTMLElement[][]} cells @param {ConfusionMessage} shown @param {ConfusionCell} at @param {string} [prefix] */
export function fillCells(cells, shown, at, prefix = "ge") {
  const { counts, classes } = shown, most = mostMistaken(counts), look = getComputedStyle(cells[0][0].closest(`.${prefix}`));
  const [paper, accent] = ["background", "primary"].map((name) => rgbOf(look.getPropertyValue(`--st-${name}-color`).trim()));
  const written = classes.length <= WRITTEN;
  cells.forEach((row, truth) => {
    const all = total(counts[truth]);
    row.forEach((cell, guess) => {
      const share = all ? counts[truth][guess] / all : 0, right = truth === guess;
      const dark = right || !most ? 0 : (written ? DARKEST : 1) * (share / most);
      cell.textContent = written ? inCell(share) : "";
      cell.className = right ? `${prefix}-right` : "";
      cell.style.background = `rgb(${paper.map((c, i) => Math.round(c + (accent[i] - c) * dark))})`;
      cell.setAttribute("aria-label", cellWords(shown, truth, guess));
      cell.setAttribute("aria-selected", String(truth === at.truth && guess === at.guess));
    });
  });
}

// The cell that an arrow leads to, or an end of the row; nothing for another key.
/** @param {string} key @param {ConfusionCell} at @param {number} last @returns {ConfusionCell | undefined} */
export function cellBy(key, { truth, guess }, last) {
  const ways = {
    ArrowLeft: [truth, guess - 1], ArrowRight: [truth, guess + 1], ArrowUp: [truth - 1, guess],
    ArrowDown: [truth + 1, guess], Home: [truth, 0], End: [truth, last],
  };
  if (!ways[key]) return undefined;
  const [row, column] = ways[key].map((/** @type {number} */ k) => Math.max(0, Math.min(last, k)));
  return { truth: row, guess: column };
}
