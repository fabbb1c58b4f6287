// @ts-check
// Scores as probabilities that add up to 1.

/** @param {number[] | Float32Array} scores */
export function softmaxOf(scores) {
  const most = Math.max(...scores), powers = Array.from(scores, (score) => Math.exp(score - most));
  const all = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / all);
}
