// @ts-check
// When a talk began: kept for this tab, so that neither a reload nor a server that starts again
// loses it. Where nothing can be kept it counts from when the page was loaded.

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

// How long it has gone on, as 12:34.
/** @param {string} name */
export function since(name) {
  let began = loaded;
  try {
    if (sessionStorage.getItem(placeOf(name)) === null) beginAgain(name);
    began = Number(sessionStorage.getItem(placeOf(name))) || loaded;
  } catch { /* a browser that keeps nothing */ }
  const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
