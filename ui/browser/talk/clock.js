// @ts-check
// When a talk began: kept for this tab, so that neither a reload nor a server that starts again
// loses it. Where nothing can be kept it counts from when the page was loaded.

import { asClock } from "../shared/clock.js";

const loaded = Date.now();
const placeOf = (/** @type {string} */ name) => `glassbox-talk-${name}`;

/** @param {string} name */
export function beginAgain(name) {
  try {
    sessionStorage.setItem(placeOf(name), String(Date.now()));
  } catch { /* a browser that keeps nothing */ }
}

/** @param {string} name */
export function forgetBeginning(name) {
  try {
    sessionStorage.removeItem(placeOf(name));
  } catch { /* a browser that keeps nothing */ }
}

// When it began, in milliseconds.
/** @param {string} name */
export function beganAt(name) {
  try {
    if (sessionStorage.getItem(placeOf(name)) === null) beginAgain(name);
    return Number(sessionStorage.getItem(placeOf(name))) || loaded;
  } catch {
    return loaded; // a browser that keeps nothing
  }
}

// When this scene of it came, also after a reload.
/** @param {string} name @param {number} at */
export function cameAt(name, at) {
  const place = `${placeOf(name)}-came`, now = Date.now();
  try {
    const [scene, came] = (sessionStorage.getItem(place) ?? "").split(" ");
    if (scene === String(at)) return Number(came) || now;
    sessionStorage.setItem(place, `${at} ${now}`);
  } catch { /* a browser that keeps nothing */ }
  return now;
}

// How long it has gone on, as 12:34.
/** @param {string} name */
export const since = (name) => asClock(Date.now() - beganAt(name));
