// @ts-check
// A small picture of whole numbers from −127 to 127, in shades made once for all of them.

/** @param {HTMLCanvasElement} canvas @param {Int8Array} values @param {number} side @param {Uint32Array} shades from −128 on */
export function paintShades(canvas, values, side, shades) {
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d"), image = pen.createImageData(side, side), pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < values.length; i++) pixels[i] = shades[values[i] + 128];
  pen.putImageData(image, 0, 0);
}
