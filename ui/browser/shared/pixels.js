// @ts-check
// A small picture of ink.

/** @param {HTMLCanvasElement} canvas @param {Uint8Array} pixels @param {number} side @param {string} ink */
export function paintPixels(canvas, pixels, side, ink) {
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d"), image = pen.createImageData(side, side);
  const [red, green, blue] = ink.match(/[\d.]+/g).map(Number);
  pixels.forEach((opaque, i) => image.data.set([red, green, blue, opaque], 4 * i));
  pen.putImageData(image, 0, 0);
}
