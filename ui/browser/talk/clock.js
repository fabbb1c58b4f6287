// @ts-check
// When a talk began: kept for this tab, so that neither a reload nor a server that starts again
// loses it. Where nothing can be kept it counts from when the page was loaded.

import { asClock } from "../shared/clock.js";
import { TAB, keep, kept } from "../shared/kept.js";

const loaded = Date.now();
const placeOf = (/** @type {string} */ name) => `glassbox-talk-${name}`;

/** @param {string} name */
export const beginAgain = (name) => keep(TAB, placeOf(name), String(Date.now()));

/** @param {string} name */
export const forgetBeginning = (name) => keep(TAB, placeOf(name), null);

// When it began, in milliseconds.
/** @param {string} name */
export function beganAt(name) {
  if (kept(TAB, placeOf(name)) === null) beginAgain(name);
  return Number(kept(TAB, placeOf(name))) || loaded;
}

// When this scene of it came, also after a reload.
/** @param {string} name @param {number} at */
export function cameAt(name, at) {
  const place = `${placeOf(name)}-came`, now = Date.now();
  const [scene, came] = (kept(TAB, place) ?? "").split(" ");
  if (scene === String(at)) return Number(came) || now;
  keep(TAB, place, `${at} ${now}`);
  return now;
}

// How long it has gone on, as 12:34.
/** @param {string} name */
export const since = (name) => asClock(Date.now() - beganAt(name));
