// @ts-check
// The tables beside the drawing: a column fills when its step comes, a row that is a sample can be
// chosen.

import { element } from "../shared/elements.js";
import { fixed, isNumber, shown } from "./words.js";

/** @param {Walk} walk @param {WalkTable} table */
export function drawTable(walk, table) {
  const made = element("table"), head = element("tr"), { lit } = walk.known;
  for (const column of table.columns) {
    const cell = element("th", column.title, lit.has(column.id) ? { class: "gw-lit" } : {});
    cell.style.width = `${widthOfColumn(walk, column)}em`;
    head.append(cell);
  }
  made.append(head);
  for (let row = 0; row < table.columns[0].cells.length; row++) made.append(drawRow(walk, table, row));
  return made;
}

/** @param {Walk} walk @param {WalkTable} table @param {number} row */
function drawRow(walk, table, row) {
  const made = element("tr"), { lit, until } = walk.known;
  if (table.picks) pickable(walk, made, row);
  else if (!table.rows.length || lit.has(table.rows[row])) made.className = "gw-row";
  for (const column of table.columns) {
    const value = column.cells[row], filled = sinceOf(column, row) <= until;
    const cell = element("td", filled ? inCell(walk, value, column) : "", { "data-column": column.id });
    if (filled && isNumber(value)) cell.title = `${value}`;
    if (lit.has(column.id)) cell.className = "gw-lit";
    made.append(cell);
  }
  return made;
}

// A column comes all at once, or each of its cells at a step of its own.
/** @param {WalkColumn} column @param {number} row */
const sinceOf = ({ since }, row) => (Array.isArray(since) ? since[row] : since);

// Fixed, whether the column is filled or not, so that nothing moves when it is.
/** @param {Walk} walk @param {WalkColumn} column */
function widthOfColumn(walk, { title, digits }) {
  const letters = digits ? (walk.big ? 3 : digits) + 3 : 2;
  return Math.max(0.49 * letters, 0.52 * title.length) + 0.2;
}

/** @param {Walk} walk @param {Sendable} value @param {WalkColumn} column */
function inCell(walk, value, { digits }) {
  return digits ? fixed(value, walk.big ? 3 : digits) : shown(value, 3);
}

/** @param {Walk} walk @param {HTMLTableRowElement} made @param {number} row */
function pickable(walk, made, row) {
  made.className = row === walk.sample ? "gw-picks gw-picked" : "gw-picks";
  made.tabIndex = 0;
  made.title = "Follow this sample";
  made.setAttribute("aria-selected", `${row === walk.sample}`);
  made.onclick = () => walk.pick(row);
  made.onkeydown = (event) => {
    if (event.key === "Enter") walk.pick(row);
  };
}
