// @ts-check
// A scale of powers of ten.

/** @param {(number | null)[]} values @returns {[number, number]} the powers between which they lie */
export function decades(values) {
  const powers = values.filter((value) => value > 0).map((value) => Math.log10(value));
  if (!powers.length) return [-1, 0];
  const low = Math.floor(Math.min(...powers)), high = Math.ceil(Math.max(...powers));
  return [low, Math.max(high, low + 1)];
}

// Where a number is between two powers, from 0 to 1; one that is not above 0 is at the bottom.
/** @param {number | null} value @param {number} low @param {number} high */
export function placeOf(value, low, high) {
  if (value === null) return null;
  return value > 0 ? (Math.log10(value) - low) / (high - low) : 0;
}
