// @ts-check
// A guess of a scene in a file, as the address has it: what was chosen, a number, or what was drawn.

import { whole } from "../shared/numbers.js";

const NONE = "-"; // in its place where the scene was shown without one, as in talk/talk.js
const LOSS = "loss"; // names a drawing of it, as in recipes/curve_sketch.py
const LINES = /^\d{1,4}(\.\d{1,4}){3,}(~\d{1,4}(\.\d{1,4}){3,})*$/; // as in recipes/sketch.py
const ALONG = 1000; // to which corners go

/** @param {string} guess */
const linesOf = (guess) => guess.replace(`${LOSS}~`, "");

// Whether a text, from an address, can be a guess.
/** @param {SceneInFile} scene @param {string} guess */
export function fits({ ask, answers, number, sketch }, guess) {
  if (!ask || guess === NONE) return ask !== "";
  if (sketch) return (sketch === LOSS) === guess.startsWith(`${LOSS}~`) && LINES.test(linesOf(guess));
  const [least, most] = answers.length ? [1, answers.length] : [0, number];
  return /^\d{1,9}$/.test(guess) && Number(guess) >= least && Number(guess) <= most;
}

// A guess in words; "" where there is none.
/** @param {SceneInFile} scene @param {string} guess */
export function inWords({ answers, number, of, sketch }, guess) {
  if (guess === "" || guess === NONE) return "";
  if (sketch) return "Your guess is dashed.";
  return `Your guess: ${number ? `${whole(Number(guess))} ${of}`.trim() : answers[Number(guess) - 1]}.`;
}

// A drawing as the stage has it; nothing where there is none.
/** @param {"" | Sketched} sketch @param {string} guess @returns {GuessOnStage | null} */
export function onStage(sketch, guess) {
  if (!sketch || guess === NONE) return null;
  const lines = linesOf(guess).split("~").map((line) => line.split(".").map((v) => Number(v) / ALONG));
  return { asking: false, drawing: "", only: true, said: "drawn", of: sketch, lines };
}
