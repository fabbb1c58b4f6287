// @ts-check
// Where everything is: the network, the plane, and a column of curves, counts and hidden space.
// From sizes to rectangles, and nothing else: what it returns depends on what it is given alone.

// In letters' heights, if nothing else is said.
const LINE = 1.35; // from a line of signs to the next
const ROOMY = 26; // the column that shows everything at once
const COLUMN = 15; // its width
const PANEL = 18; // and where a panel stands in it
const LEAST_PLANE = 12; // the smallest plane
const LOWEST = 16; // the lowest picture
const LOW = 260; // and in pixels: points have a size of their own
const SMALLEST = 18; // pixels: the smallest tile
const LINKS = 24; // pixels: the least between two columns of tiles, that their lines can be followed
const ROW = 1.16; // from a tile to the one below it
const NAMES = 3; // the room for an input's name
const EDGE = 0.7; // by so much the last head may stick out
const TALLEST = 0.72; // of the width
const PAIR = 34; // the width in which plane and column still stand beside each other

/** @param {number} height @param {number} size */
const isRoomy = (height, size) => height > ROOMY * size;

// What lines of signs above the plane take, beyond the one that has room there anyway.
/** @param {number} signs @param {number} size */
const furtherLines = (signs, size) => LINE * Math.max(0, signs - 1) * size;

// As many of them as leave the smallest plane in a picture so high.
/** @param {number} signs @param {number} height @param {number} size */
const signsIn = (signs, height, size) => Math.min(signs, 1 + Math.floor((height / size - 3.3 - LEAST_PLANE) / LINE));

// The picture, at least as wide and high as it takes to read it: beside each other from the data to
// the answer, and below each other where that is too narrow. `height` is what the page offers.
/** @param {Arrangement} asked @returns {Box} */
export function layoutOf(asked) {
  const { width, size, sizes } = asked;
  if (asked.paired === "plane") return planeAlone(asked);
  const least = (NAMES + EDGE) * size + SMALLEST + (sizes.length - 1) * (SMALLEST + LINKS);
  const beside = least + (LEAST_PLANE + (asked.paired ? 0 : PANEL) + 3.7) * size <= width;
  const box = beside ? besideEachOther(asked, least) : belowEachOther(asked, least);
  box.units = placeUnits(sizes, box.network, size);
  return box;
}

/** @param {Arrangement} asked @param {number} least @returns {Box} */
function besideEachOther({ width, height: offered, size, sizes, opened, spaceOnly, classes, signs, paired }, least) {
  const most = Math.max(...sizes);
  const lowest = Math.max(LOWEST * size, LOW, 2 * size + most * SMALLEST * ROW);
  const height = Math.max(lowest, Math.min(offered, Math.max(TALLEST * width, (ROOMY + 1) * size)));
  const shown = signsIn(signs, height, size), lines = furtherLines(shown, size);
  const roomy = isRoomy(height, size);
  // Where a panel does not find room below the curves it stands beside the plane, not on it.
  const right = paired ? 0.5 * size : Math.max(0.24 * width, (opened && !roomy ? PANEL : COLUMN) * size);
  const tile = Math.min(3.4 * size, (height - 2 * size) / ROW / most);
  const wanted = NAMES * size + tile + (sizes.length - 1) * (tile + Math.max(1.6 * tile, 3.6 * size));
  const left = width - right - 3.7 * size;
  const free = left - (paired ? least : wanted); // in a pair the network is as narrow as can be read
  const side = Math.max(LEAST_PLANE * size, Math.min(height - 3.3 * size - lines, (paired ? 0.5 : 0.37) * width - 2 * size, free));
  const planeX = width - right - side - 0.5 * size;
  const box = /** @type {Box} */ ({
    width, height, roomy, signs: shown,
    network: { x: 0, y: 0.2 * size, width: planeX - 3.2 * size, height: height - 0.4 * size },
    plane: { x: planeX, y: 1.7 * size + lines, side },
  });
  if (paired) return withPanel(box);
  fillColumn(box, { x: width - right, y: 0, width: right, height }, size, { opened, spaceOnly, classes, roomy });
  return box;
}

// The network first; below it the plane, beside its column or above it. Where the network is wider
// than the page, so is the picture: it is scrolled in its frame.
/** @param {Arrangement} asked @param {number} least @returns {Box} */
function belowEachOther({ width: offered, size, sizes, opened, spaceOnly, classes, signs, paired }, least) {
  const width = Math.max(offered, least), most = Math.max(...sizes), lines = furtherLines(signs, size);
  const tile = Math.max(SMALLEST, Math.min(3.4 * size, (0.62 * width) / sizes.length, (30 * size) / most / ROW));
  const network = { x: 0, y: 0.2 * size, width: width - EDGE * size, height: 1.7 * size + most * Math.min(1.5, Math.max(ROW, 20 / most)) * tile };
  const y = network.y + network.height + 2.6 * size + lines, pair = offered >= PAIR * size && !paired;
  const side = Math.min(offered - 3.6 * size - (pair ? (COLUMN + 0.5) * size : 0), 26 * size);
  const plane = { x: 3.2 * size, y, side };
  if (paired) {
    return withPanel(/** @type {Box} */ ({ width, height: y + side + 2.2 * size, roomy: false, signs, network, plane }));
  }
  const x = pair ? plane.x + side + 0.5 * size : 0, top = pair ? y - lines - 1.7 * size : y + side + 2.2 * size;
  const column = { x, y: top, width: offered - x, height: Math.max(30 * size, pair ? side + lines + 3.3 * size : 0) };
  const box = /** @type {Box} */ ({ width, height: top + column.height, roomy: true, signs, network, plane });
  fillColumn(box, column, size, { opened, spaceOnly, classes, roomy: true });
  return box;
}

// A pair without room for its networks has its planes alone.
/** @param {Arrangement} asked @returns {Box} */
function planeAlone({ width, height: offered, size, signs }) {
  const height = Math.max(LOWEST * size, LOW, offered);
  const shown = signsIn(signs, height, size), lines = furtherLines(shown, size);
  const side = Math.max(LEAST_PLANE * size, Math.min(height - 3.3 * size - lines, width - 3.7 * size));
  const box = /** @type {Box} */ ({
    width, height, roomy: false, signs: shown, network: { x: 0, y: 0, width: 0, height: 0 }, units: [],
    plane: { x: 3.2 * size, y: 1.7 * size + lines, side },
  });
  return Object.assign(box, { tabs: { x: 0, y: 0 }, panel: { x: 0, y: 0, width, height } });
}

// In a pair there is no column, and an open panel lies on the network.
/** @param {Box} box */
function withPanel(box) {
  const { network } = box;
  return Object.assign(box, { tabs: { x: 0, y: 0 }, panel: { ...network, x: 0, width: network.x + network.width } });
}

// In a roomy column curves, counts and hidden space stand below each other, and the curves make
// room for an open panel; in a low one there are either the curves or a layer's hidden space.
// Without classes there is no accuracy, and the loss takes its place too.
/**
 * @param {Box} box
 * @param {Rectangle} column
 * @param {number} size
 * @param {{ opened: boolean, spaceOnly: boolean, classes: boolean, roomy: boolean }} shown
 */
function fillColumn(box, column, size, { opened, spaceOnly, classes, roomy }) {
  const left = column.x + 1.6 * size, across = column.width - 1.6 * size, end = column.y + column.height;
  const spaceAt = (y) => ({ x: left + 0.8 * size, y, width: across - 1.2 * size, height: end - y - 1.7 * size });
  const curvesAt = (y, free, shares) => {
    const x = column.x + 3.6 * size, inner = column.width - 4.2 * size;
    const [loss, accuracy] = shares.map((share) => share * free);
    box.loss = { x, y, width: inner, height: loss };
    box.accuracy = { x, y: y + loss + 1.8 * size, width: inner, height: accuracy };
    const below = box.accuracy.y + accuracy;
    if (!classes) box.loss.height = below - y;
    return below + 1.9 * size;
  };
  if (roomy) {
    const shares = opened ? [0.24, 0.12] : [0.36, 0.2];
    const below = curvesAt(column.y + 1.7 * size, column.height - 14.2 * size, shares);
    box.matrix = { x: left, y: below, width: across };
    box.tabs = { x: left, y: below + 4.7 * size };
    box.space = spaceAt(box.tabs.y + 2 * size);
    box.panel = { x: left - 0.6 * size, y: below, width: across + 0.6 * size, height: end - below };
  } else {
    box.tabs = { x: left, y: column.y };
    if (spaceOnly) box.space = spaceAt(column.y + 2 * size);
    else if (!opened) curvesAt(column.y + 3.7 * size, column.height - 7.3 * size, [0.62, 0.38]);
    box.panel = { x: left - size, y: column.y, width: across + size, height: column.height };
  }
}

// Where every tile is, in a box; columns are inputs, hidden layers, the answer.
/** @param {number[]} sizes @param {Rectangle} box @param {number} size @returns {Tile[]} */
function placeUnits(sizes, box, size) {
  const columns = sizes.length, most = Math.max(...sizes);
  const top = box.y + 1.5 * size, height = box.height - 1.5 * size;
  const roomy = (0.8 * height) / most, full = height / most / ROW;
  const across = (box.width - NAMES * size - (columns - 1) * LINKS) / columns;
  const tile = Math.min(3.4 * size, (0.62 * box.width) / columns, across, most > 6 ? full : roomy);
  const left = box.x + NAMES * size + tile / 2;
  const units = [];
  sizes.forEach((count, layer) => {
    const pitch = Math.min(height / count, 2.2 * tile);
    const x = left + ((box.x + box.width - tile / 2 - left) * layer) / (columns - 1);
    for (let unit = 0; unit < count; unit++) {
      const y = top + height / 2 + (unit - (count - 1) / 2) * pitch;
      units.push({ layer, unit, x, y, side: tile });
    }
  });
  return units;
}

// What stands above the columns: words where each has its room, else the shortest, in all of them.
/**
 * @param {number[]} sizes
 * @param {Tile[]} units
 * @param {number} size
 * @param {(words: string) => number} widthOf
 */
export function headsOf(sizes, units, size, widthOf) {
  const last = sizes.length - 1;
  const words = (long) => sizes.map((_, layer) =>
    layer === 0 ? (long ? "inputs" : "in") : layer === last ? (long ? "answer" : "out") : long ? `layer ${layer}` : `${layer}`);
  const xs = sizes.map((_, layer) => units.find((u) => u.layer === layer).x);
  const fits = (heads) => heads.every((head, k) =>
    k === last || (widthOf(head) + widthOf(heads[k + 1])) / 2 + widthOf("n") < xs[k + 1] - xs[k]);
  const inner = (heads) => widthOf(heads[last]) <= units[0].side + 2 * EDGE * size;
  const long = words(true), heads = fits(long) && inner(long) ? long : words(false);
  return heads.map((head, k) => ({ head, x: xs[k] }));
}
