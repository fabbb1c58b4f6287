// @ts-check
// Points of a plane: where they lie in a picture, who is the nearest, and the way from one to another.

const EDGE = 1; // letters' heights that the picture leaves around them

// Places as they come, as places in a picture of this size; both axes have one scale.
/** @param {SpaceMessage} shown @param {number} width @param {number} height @param {number} em */
export function fitted({ low, high }, width, height, em) {
  const wide = high[0] - low[0] || 1, tall = high[1] - low[1] || 1, edge = EDGE * em;
  const scale = Math.min((width - 2 * edge) / wide, (height - 2 * edge) / tall);
  const left = (width - scale * wide) / 2, top = (height - scale * tall) / 2;
  return (/** @type {number} */ x, /** @type {number} */ y) => [left + scale * (x - low[0]), top + scale * (high[1] - y)];
}

const NARROWEST = 0.8; // of the picture's height: how wide it is at least
const WIDEST = 2.4;

// How many times as wide as high a picture is that all places fill, both axes having one scale.
/** @param {{ low: number[], high: number[] }} shown */
export function aspectOf({ low, high }) {
  const wide = high[0] - low[0] || 1, tall = high[1] - low[1] || 1;
  return Math.max(NARROWEST, Math.min(WIDEST, wide / tall));
}

// The point nearest to a place, of those that `among` allows; −1 if there is none.
/** @param {Int32Array} places @param {number} x @param {number} y @param {(dx: number, dy: number, point: number) => boolean} among */
export function nearestTo(places, x, y, among) {
  let found = -1, least = Infinity;
  for (let point = 0; point < places.length / 2; point++) {
    const dx = places[2 * point] - x, dy = places[2 * point + 1] - y, far = dx * dx + dy * dy;
    if (far < least && among(dx, dy, point)) [found, least] = [point, far];
  }
  return found;
}

// Which ways lie in the direction of an arrow.
export const TOWARDS = {
  ArrowLeft: (/** @type {number} */ dx, /** @type {number} */ dy) => -dx > 0 && -dx >= Math.abs(dy),
  ArrowRight: (/** @type {number} */ dx, /** @type {number} */ dy) => dx > 0 && dx >= Math.abs(dy),
  ArrowUp: (/** @type {number} */ dx, /** @type {number} */ dy) => dy > 0 && dy >= Math.abs(dx),
  ArrowDown: (/** @type {number} */ dx, /** @type {number} */ dy) => -dy > 0 && -dy >= Math.abs(dx),
};
