// @ts-check
// How a number is written.

const MOST_DIGITS = 12; // after the point
const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

// A number as captions write it: so many significant digits, a true minus.
/** @param {number} value @param {number} [digits] */
export function written(value, digits = 3) {
  if (value !== value) return "not a number";
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) {
    const [digit, power] = value.toExponential(digits - 1).split("e");
    const raised = [...power.replace("+", "")].map((c) => RAISED[c]).join("");
    return `${digit.replace("-", "−")} × 10${raised}`;
  }
  const text = size >= 10 ** (digits - 1) ? value.toFixed(0) : value.toPrecision(digits);
  return text.replace("-", "−");
}

// An epoch, as Python writes it (figures/image_words.py): moments of a training read differently.
/** @param {number} epoch */
export function epochOf(epoch) {
  if (Number.isInteger(epoch)) return `epoch ${epoch}`;
  let digits = Math.max(1, 1 - Math.floor(Math.log10(epoch)));
  while (digits < MOST_DIGITS && Number.isInteger(Number(epoch.toFixed(digits)))) digits += 1;
  return `epoch ${epoch.toFixed(digits)}`;
}

/** @param {number} value */
export const plain = (value) => `${value}`.replace("-", "−");
/** @param {number} share */
export const percent = (share) => `${(100 * share).toFixed(share === 1 || share === 0 ? 0 : 1)}%`;
/** @param {number} n */
export const whole = (n) => n.toLocaleString("en-US");
