// @ts-check
// What a point's look means: in words where they have room beside the plane's title, else in signs.

import { plain } from "../shared/numbers.js";
import { isSoftmax, kindColour } from "./kinds.js";
import { paintSign, traceSign } from "./signs.js";

/** @param {Film} film */
const tested = (film) => film.trained < film.t.length;

// The words for how points are drawn, the longest first.
/** @param {Film} film @returns {string[]} */
export function pointWordings(film) {
  const wrong = film.classes ? ["ringed: wrong"] : [];
  const all = tested(film) ? [["filled: training", "hollow: test", ...wrong], ["hollow: test", ...wrong]] : [wrong];
  return all.map((words) => words.join(", ")).filter(Boolean);
}

// The same in signs, each with what it means: the two classes, unseen points, wrong answers.
/** @param {Film} film @returns {Entry[]} */
function entriesOf(film) {
  const called = (kind) => film.names[kind] ?? plain(kind ? film.high : film.low);
  const kinds = film.classes && !isSoftmax(film) ? [0, 1].map((kind) => ({ look: "kind", kind, words: called(kind) })) : [];
  return /** @type {Entry[]} */ ([
    ...kinds,
    ...(tested(film) ? [{ look: "hollow", kind: 1, words: "test" }] : []),
    ...(film.classes ? [{ look: "ringed", kind: 0, words: "wrong" }] : []),
  ]);
}

const SIGN_WIDTH = 1.35; // of the letters' height
const BETWEEN = 0.6;

/** @param {Pen} g @param {Stage} stage @param {Entry[]} entries */
const entriesWidth = (g, { look }, entries) =>
  entries.reduce((sum, { words }) => sum + SIGN_WIDTH * look.size + g.measureText(words).width, BETWEEN * look.size * (entries.length - 1));

// Paint the signs from a place on, and say that they had room; what has none is left out whole.
/** @param {Pen} g @param {Stage} stage @param {number} x @param {number} y @param {number} room */
export function paintEntries(g, stage, x, y, room) {
  const entries = entriesOf(stage.film), { size } = stage.look;
  if (!entries.length || entriesWidth(g, stage, entries) > room) return false;
  for (const entry of entries) {
    paintEntry(g, stage, entry, x + 0.55 * size, y);
    g.fillStyle = stage.look.text;
    g.textAlign = "left";
    g.textBaseline = "middle";
    g.fillText(entry.words, x + SIGN_WIDTH * size, y);
    x += (SIGN_WIDTH + BETWEEN) * size + g.measureText(entry.words).width;
  }
  return true;
}

/** @param {Pen} g @param {Stage} stage @param {Entry} entry @param {number} x @param {number} y */
function paintEntry(g, stage, { look, kind }, x, y) {
  const { text, rim, size } = stage.look, r = 0.34 * size;
  if (look === "kind") return paintSign(g, stage, kind, x, y, r);
  traceSign(g, kind, x, y, look === "hollow" ? r : 0.6 * r);
  g.fillStyle = look === "hollow" ? rim : text;
  g.strokeStyle = look === "hollow" ? kindColour(stage.film, kind) : text;
  g.lineWidth = 0.14 * size;
  g.fill();
  if (look === "hollow") return g.stroke();
  g.beginPath();
  g.arc(x, y, 0.5 * size, 0, 2 * Math.PI);
  g.lineWidth = 1.5;
  g.stroke();
}
