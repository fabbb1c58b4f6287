// @ts-check
// What is what, for whoever is here for the first time: three small notes with an arrow, until
// anything is touched, and never again.

import { element } from "../shared/elements.js";

const SEEN = "glassbox-seen";
const WORDS = {
  unit: "What one unit sees",
  plane: "Its answer: blue yes, orange no",
  time: "Drag to any moment of its training",
};

// A browser may keep nothing, and refuse to say so: then nobody is here for the first time.
function firstVisit() {
  try {
    const seen = localStorage.getItem(SEEN);
    localStorage.setItem(SEEN, "yes");
    return seen === null;
  } catch {
    return false;
  }
}

// The notes, if this is a first visit: two on the picture, one on the bar below it.
/** @param {Stage} stage @returns {HTMLElement[]} */
export function notesOn(stage) {
  if (!firstVisit()) return [];
  const notes = Object.entries(WORDS).map(([kind, words]) =>
    element("div", words, { class: `gs-hint gs-hint-${kind}`, role: "note" }));
  stage.find("picture").append(notes[0], notes[1]);
  stage.find("bar").append(notes[2]);
  const over = new AbortController(), signal = AbortSignal.any([stage.gone.signal, over.signal]);
  const end = () => {
    notes.forEach((note) => note.remove());
    over.abort();
  };
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, end, { signal });
  return notes;
}

// Left of the first layer, between two inputs or below them; and on the heading of the plane, never
// on what it shows.
/** @param {Stage} stage */
export function placeNotes({ notes, units, box, look }) {
  if (!notes.length) return;
  const input = units.findLast((u) => u.layer === 0), tile = units.findLast((u) => u.layer === 1);
  const [unit, plane] = notes, inputs = units.filter((u) => u.layer === 0), under = input.y + input.side / 2 + 0.5 * look.size;
  unit.style.width = `${tile.x - tile.side / 2 - 1.6 * look.size}px`;
  const between = (inputs[0].y + inputs.at(-1).y) / 2, free = input.y - between - input.side / 2;
  const y = inputs.length === 2 && 2 * free >= unit.offsetHeight ? between - unit.offsetHeight / 2
    : Math.min(Math.max(under, tile.y - unit.offsetHeight / 2), box.height - unit.offsetHeight);
  unit.style.top = `${y}px`;
  Object.assign(plane.style, {
    left: `${box.plane.x + box.plane.side / 2}px`,
    maxWidth: `${1.25 * box.plane.side}px`,
  });
  plane.style.top = `${Math.max(0, box.plane.y - plane.offsetHeight - 0.1 * look.size)}px`;
}
