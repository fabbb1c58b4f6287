// @ts-check
// Arrays of numbers as JSON can carry them: their bytes, as base64.

/**
 * @template T
 * @param {Packed} packed
 * @param {new (buffer: ArrayBuffer) => T} Type
 */
export function unpack(packed, Type) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return new Type(bytes.buffer);
}

/** @param {Uint8Array | Uint8ClampedArray | Float64Array} numbers */
export function pack(numbers) {
  const bytes = new Uint8Array(numbers.buffer);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

const FRACTION = 10; // bits of a number of 16
const EXPONENTS = 31;

// Numbers of 16 bits: a sign, five bits of exponent, ten of fraction.
/** @param {Packed} packed */
export function halves(packed) {
  return Float32Array.from(unpack(packed, Uint16Array), (bits) => {
    const sign = bits >> 15 ? -1 : 1, exponent = (bits >> FRACTION) & EXPONENTS, fraction = bits & 1023;
    const parts = exponent ? 1024 + fraction : fraction;
    return sign * parts * 2 ** (Math.max(exponent, 1) - 25);
  });
}
