// @ts-check
// How fine canvases are painted: as the screen is, or finer while a picture is taken along.

let finer = 1;

// A canvas's pixels for each of the page's.
export const pixelRatio = () => finer * devicePixelRatio;

// Do something while `redraw` paints with so many pixels for each of the page's; then it is as before.
/**
 * @template T
 * @param {number} pixels
 * @param {() => void} redraw
 * @param {() => Promise<T>} does
 */
export const sharply = async (pixels, redraw, does) => {
  finer = pixels / devicePixelRatio;
  try {
    redraw();
    return await does();
  } finally {
    finer = 1;
    redraw();
  }
};
