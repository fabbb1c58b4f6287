// @ts-check
// The class of the points that a reader places: a button for each, and one for another class.

import { element } from "../shared/elements.js";
import { kindColour } from "./kinds.js";
import { traceSign } from "./signs.js";

export const MOST_KINDS = 10; // as datasets/own_points.py has it
export const COLOUR_KEYS = { o: 0, b: 1 }; // the others are chosen by their numbers

/** @param {Placing} placing */
export function offerKinds(placing) {
  const { stage, draft } = placing, { film } = stage, row = stage.find("kinds");
  const focused = [...row.children].indexOf(document.activeElement);
  const buttons = Array.from({ length: draft.kinds }, (_, kind) => {
    const called = placing.called(kind), key = Object.keys(COLOUR_KEYS)[kind] ?? (kind + 1) % 10;
    const button = element("button", "", {
      type: "button", title: `What is placed is ${called} (${key})`, "aria-pressed": String(kind === draft.kind),
    });
    const name = draft.kinds > 2 ? called : [called, film.names[kind] ?? ""].join(" ").trim();
    button.append(sign(kind, kindColour(film, kind)), name);
    button.onclick = () => placing.choose(kind);
    return button;
  });
  if (draft.kinds < MOST_KINDS) {
    const next = `Another class: ${film.colours.classes[draft.kinds].name} (+)`;
    const more = element("button", "+", { type: "button", title: next, "aria-label": next });
    more.onclick = () => placing.choose(draft.kinds);
    buttons.push(more);
  }
  row.replaceChildren(...buttons);
  row.children[focused]?.focus();
}

const SIDE_OF_SIGN = 14; // pixels

// A class's sign, to stand in a line of text.
/** @param {number} kind @param {string} colour */
function sign(kind, colour) {
  const made = /** @type {HTMLCanvasElement} */ (element("canvas", "", { class: "gs-sign", "aria-hidden": "true" }));
  made.width = made.height = SIDE_OF_SIGN * 2;
  const g = made.getContext("2d");
  g.scale(2, 2);
  traceSign(g, kind, SIDE_OF_SIGN / 2, SIDE_OF_SIGN / 2, 0.36 * SIDE_OF_SIGN);
  g.fillStyle = colour;
  g.fill();
  return made;
}
