// @ts-check
// The runs that this browser has seen, in its own storage: nobody is sent them.

import { keepList, keptList } from "./kept.js";

const RUNS_SEEN = "glassbox-runs";
const MOST_SEEN = 20;

/** @param {any} one @returns {one is SeenRun} */
const isRun = (one) => typeof one?.run === "string" && typeof one.at === "number"
  && typeof one.settings === "object" && one.settings !== null
  && Object.values(one.settings).every((value) => typeof value === "string");

// The latest first.
/** @returns {SeenRun[]} */
export const runsSeen = () => keptList(RUNS_SEEN, isRun);

/** @param {string} run @param {Record<string, string>} settings */
export function remember(run, settings) {
  const others = runsSeen().filter((one) => one.run !== run);
  keepList(RUNS_SEEN, [{ run, settings, at: Date.now() }, ...others].slice(0, MOST_SEEN));
}

// Forget one, or all.
/** @param {string} [run] */
export function forget(run) {
  keepList(RUNS_SEEN, run === undefined ? [] : runsSeen().filter((one) => one.run !== run));
}

// What a run has otherwise than another, in words.
/** @param {Record<string, string>} one @param {Record<string, string>} here */
export function otherwise(one, here) {
  const names = Object.keys(here).filter((name) => one[name] !== here[name]);
  return names.length ? names.map((name) => `${name} ${one[name] ?? "unknown"}`).join(", ") : "the same settings";
}
