// @ts-check
// Where everything is: the network, the plane, and a column of curves, counts and hidden space.

const ROOMY = 26; // lines of text that must fit for the column to show everything at once

/** @param {number} height @param {number} size */
export const isRoomy = (height, size) => height > ROOMY * size;

// In a roomy column curves, counts and hidden space stand below each other, and the curves make
// room for an open panel; in a narrow one there are either the curves or a layer's hidden space.
// Without classes there is no accuracy, and the loss takes its place too.
/**
 * @param {number} width
 * @param {number} height
 * @param {number} size
 * @param {Arrangement} arrangement
 */
export function layoutOf(width, height, size, { opened, spaceOnly, classes }) {
  const roomy = isRoomy(height, size);
  // Where a panel does not find room below the curves it stands beside the plane, not on it.
  const right = Math.max(0.24 * width, (opened && !roomy ? 18 : 15) * size);
  const side = Math.max(60, Math.min(height - 3.3 * size, 0.37 * width - 2 * size));
  const planeX = width - right - side - 0.5 * size;
  const box = /** @type {Box} */ ({
    network: { x: 0, y: 0.2 * size, width: planeX - 3.2 * size, height: height - 0.4 * size },
    plane: { x: planeX, y: 1.7 * size, side },
  });
  const left = width - right + 1.6 * size, across = width - left;
  const spaceAt = (y) =>
    ({ x: left + 0.8 * size, y, width: across - 1.2 * size, height: height - y - 1.7 * size });
  const curvesAt = (y, free, shares) => {
    const x = width - right + 3.6 * size, inner = right - 4.2 * size;
    const [loss, accuracy] = shares.map((share) => share * free);
    box.loss = { x, y, width: inner, height: loss };
    box.accuracy = { x, y: y + loss + 1.8 * size, width: inner, height: accuracy };
    const end = box.accuracy.y + accuracy;
    if (!classes) box.loss.height = end - y;
    return end + 1.9 * size;
  };
  if (roomy) {
    const below = curvesAt(1.7 * size, height - 14.2 * size, opened ? [0.24, 0.12] : [0.36, 0.2]);
    box.matrix = { x: left, y: below, width: across };
    box.tabs = { x: left, y: below + 4.7 * size };
    box.space = spaceAt(box.tabs.y + 2 * size);
    box.panel = { x: left - 0.6 * size, y: below, width: across + 0.6 * size };
  } else {
    box.tabs = { x: left, y: 0 };
    if (spaceOnly) box.space = spaceAt(2 * size);
    else curvesAt(3.7 * size, height - 7.3 * size, [0.62, 0.38]);
    box.panel = { x: left - size, y: 0, width: across + size };
  }
  return box;
}
