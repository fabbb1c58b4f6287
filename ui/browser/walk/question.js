// @ts-check
// A box for one's own answer, and what it says to it.

const MOST_TYPED = 30;

// As many digits as were typed are asked for, but at least two.
/** @param {string} typed @param {number} answer */
function halfAUnit(typed, answer) {
  const digits = typed.replace(/e.*$/i, "").split(".")[1]?.length ?? 0;
  return Math.max(0.5001 * 10 ** -digits, 0) <= 0.051 * Math.abs(answer)
    ? 0.5001 * 10 ** -digits
    : 0.0051 * Math.abs(answer);
}

// What to say to a typed answer: right, nearly, or where to look again.
/** @param {string} text @param {WalkQuestion} question */
export function judge(text, { answer: known, look_again }) {
  const typed = text.trim().replaceAll("−", "-").replace(",", ".");
  const answer = Number(known);
  const value = typed === "" ? NaN : Number(typed);
  if (!Number.isFinite(value)) {
    return { sentence: `“${text.slice(0, MOST_TYPED)}” is not a number: expected one such as −0.15.` };
  }
  const off = Math.abs(value - answer), size = Math.abs(answer);
  if (off <= Math.max(halfAUnit(typed, answer), 1e-12)) return { right: true, sentence: "Right." };
  if (off <= 0.1 * size) return { sentence: "Nearly: less than a tenth off. Work out one more digit." };
  if (Math.abs(value + answer) <= 0.1 * size) return { sentence: `The size fits, the sign does not. ${look_again}` };
  if (Math.abs(value - 2 * answer) <= 0.1 * size) return { sentence: `Twice too large. ${look_again}` };
  if (Math.abs(2 * value - answer) <= 0.1 * size) return { sentence: `Half of it: a factor 2 is missing. ${look_again}` };
  return { sentence: `Not yet. ${look_again}` };
}
