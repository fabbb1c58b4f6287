// @ts-check
// A time in milliseconds as 12:34.

/** @param {number} time */
export function asClock(time) {
  const seconds = Math.max(0, Math.floor(time / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
