// @ts-check
// What images are of, in words, as figures/words.py and datasets/digits.py have it; and which of
// many classes have a bar.

const FINEST = 3; // digits of a percentage after the point, at most
const MOST_BARS = 10;
const SHORT = 2; // letters that fit below a bar; where names are longer, bars lie
const MOST_IN_CAPTION = 16; // letters that a caption below a small image has room for
const EM_A_LETTER = 0.45; // em that one takes, about

/** @param {string} name */
const isDigit = (name) => /^[0-9]$/.test(name);

// Whether they are digits, and not clothes or letters.
/** @param {string[]} classes */
export const areDigits = (classes) => classes.every(isDigit);

// What a class is called, as one says it: an 8, Shirt.
/** @param {string} name */
export const aClass = (name) => (isDigit(name) ? `${name === "8" ? "an" : "a"} ${name}` : name);

/** @param {string[]} classes */
export const needRows = (classes) => classes.some((name) => name.length > SHORT);

// How wide a small image's caption is that has one of these names on a line, and "as" before it.
/** @param {string[]} classes */
export function captionWidth(classes) {
  const letters = Math.max(...classes.map((name) => name.length)) + 3;
  return `${EM_A_LETTER * Math.min(letters, MOST_IN_CAPTION)}em`;
}

// The places of the largest numbers, in their order.
/** @param {(number | null)[]} values @param {number} [most] */
export function largest(values, most = MOST_BARS) {
  const order = values.map((_, k) => k).sort((a, b) => values[b] - values[a]);
  return order.slice(0, most).sort((a, b) => a - b);
}

// A probability in percent, as figures/image_words.py has it: one that is no certainty is not
// written as one.
/** @param {number} p */
export function shareOf(p) {
  for (let digits = 0; digits <= FINEST; digits++) {
    const text = (100 * p).toFixed(digits), told = p < 0.5 ? 100 * p >= 10 ** -digits : Number(text) < 100;
    if (p === 0 || p === 1 || told) return `${text}%`;
  }
  return p < 0.5 ? `<0.${"0".repeat(FINEST - 1)}1%` : `>99.${"9".repeat(FINEST)}%`;
}
