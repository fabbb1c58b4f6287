// @ts-check
// What is what, for whoever is here for the first time: three small notes with an arrow, until
// anything is touched, and never again.

import { element } from "../shared/elements.js";
import { BROWSER, keep, kept } from "../shared/kept.js";

const SEEN = "glassbox-seen";
const WORDS = {
  unit: "What one unit sees",
  plane: "Blue says yes, orange no",
  time: "Drag to any moment of its training",
};

// In a browser that keeps nothing nobody is here for the first time.
function firstVisit() {
  if (kept(BROWSER, SEEN) !== null) return false;
  keep(BROWSER, SEEN, "yes");
  return kept(BROWSER, SEEN) !== null;
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
    stage.notes = [];
    over.abort();
    stage.paint();
  };
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, end, { signal });
  return notes;
}

// Below the inputs, with an arrow to the first layer's last unit; and in the place of the plane's
// heading, which says no more. What they point at stays in sight.
/** @param {Stage} stage */
export function placeNotes({ notes, units, box, look }) {
  if (!notes.length) return;
  const input = units.findLast((u) => u.layer === 0), tile = units.findLast((u) => u.layer === 1);
  const [unit, plane] = notes, under = input.y + input.side / 2 + 0.3 * look.size, right = input.x + input.side / 2;
  unit.style.width = `${right}px`;
  unit.style.setProperty("--reach", `${tile.x - tile.side / 2 - right - 0.2 * look.size}px`);
  unit.style.top = `${Math.min(Math.max(under, tile.y - unit.offsetHeight / 2), box.height - unit.offsetHeight)}px`;
  Object.assign(plane.style, {
    left: `${box.plane.x + box.plane.side / 2}px`,
    maxWidth: `${1.25 * box.plane.side}px`,
  });
  plane.style.top = `${Math.max(0, box.plane.y - plane.offsetHeight - 0.5 * look.size)}px`;
}
