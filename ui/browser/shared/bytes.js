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
