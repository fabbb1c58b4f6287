// @ts-check
// The activations, by nn_core's names: what a unit says of its sum z.

/** @param {number} z */
export const sigmoid = (z) => 1 / (1 + Math.exp(-z));
/** @param {number} z */
export const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
/** @param {number} z */
const normalDensity = (z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

// The share of a normal distribution below z, by its series, and by the continued fraction of
// its tail where the series would need too many terms (Abramowitz & Stegun 26.2.10 and 26.2.14).
/** @param {number} z */
function shareBelow(z) {
  const x = Math.abs(z);
  if (x < 3) {
    let term = x, sum = x;
    for (let n = 1; Math.abs(term) > 1e-12; n++) {
      term *= (-x * x) / (2 * n);
      sum += term / (2 * n + 1);
    }
    const half = sum / Math.sqrt(2 * Math.PI);
    return z < 0 ? 0.5 - half : 0.5 + half;
  }
  let fraction = x;
  for (let n = 30; n >= 1; n--) fraction = x + n / fraction;
  const tail = normalDensity(x) / fraction;
  return z < 0 ? tail : 1 - tail;
}

/** @param {number} z */
const tanhCurve = (z) => Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z));

// Each beside its derivative; the middle is where the unit says neither less nor more.
/**
 * @type {Record<ActivationName, { f: (z: number) => number, slope: (z: number, a: number) => number, middle: number }>}
 */
export const ACTIVATIONS = {
  identity: { f: (z) => z, slope: () => 1, middle: 0 },
  step: { f: (z) => (z > 0 ? 1 : 0), slope: () => 0, middle: 0.5 },
  sigmoid: { f: sigmoid, slope: (z, a) => a * (1 - a), middle: 0.5 },
  tanh: { f: Math.tanh, slope: (z, a) => 1 - a * a, middle: 0 },
  relu: { f: (z) => (z > 0 ? z : z === z ? 0 : z), slope: (z) => (z > 0 ? 1 : 0), middle: 0 },
  leaky_relu: { f: (z) => (z > 0 ? z : 0.01 * z), slope: (z) => (z > 0 ? 1 : 0.01), middle: 0 },
  elu: { f: (z) => (z > 0 ? z : Math.expm1(z)), slope: (z, a) => (z > 0 ? 1 : a + 1), middle: 0 },
  softplus: { f: softplus, slope: (z) => sigmoid(z), middle: 0 },
  silu: {
    f: (z) => z * sigmoid(z),
    slope: (z) => sigmoid(z) * (1 + z * (1 - sigmoid(z))),
    middle: 0,
  },
  gelu: {
    f: (z) => z * shareBelow(z),
    slope: (z) => shareBelow(z) + z * normalDensity(z),
    middle: 0,
  },
  gelu_tanh: {
    f: (z) => 0.5 * z * (1 + tanhCurve(z)),
    slope: (z) => {
      const t = tanhCurve(z), small = Math.max(-100, Math.min(100, z));
      const du = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * small * small);
      return 0.5 * (1 + t) + 0.5 * small * (1 - t * t) * du;
    },
    middle: 0,
  },
};
