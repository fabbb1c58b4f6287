// @ts-check
// Where everything is: the network, the plane, and a column of curves, counts and hidden space.
// From sizes to rectangles, and nothing else: what it returns depends on what it is given alone.

// In letters' heights, if nothing else is said.
const LINE = 1.35; // from a line of signs to the next
const ROOMY = 26; // the column that shows everything at once
const COLUMN = 15; // its width
const PANEL = 17; // and where a panel stands in it
const LEAST_PLANE = 12; // the smallest plane
const LOWEST = 16; // the lowest picture
const LOW = 260; // and in pixels: points have a size of their own
const SMALLEST = 18; // pixels: the smallest tile
const LINKS = 24; // pixels: the least between two columns of tiles, that their lines can be followed
const ROW = 1.16; // from a tile to the one below it
const FEW = 6; // so many have more room between them:
const FEW_ROW = 1.25;
const NAMES = 3; // the room for an input's name
const HEAD = 1.5; // and above the columns, for theirs
const EDGE = 0.7; // by so much the last head may stick out
const TALLEST = 0.72; // of the width
const PAIR = 34; // the width in which plane and column still stand beside each other
const LAYERS = "layers"; // before all others stands what counts them
export const TOUCH = 24; // pixels: the smallest button
const STEPPER = TOUCH + 2; // pixels: the width of + above −, with what is before it
const BESIDE_NAMES = 21; // pixels: by so much an input's name has more room if there is a stepper above

// Where a network can be built, each layer has + above − beside its name, and each input a switch:
// `off` says how many are switched off, and null that nothing is built here.
/** @param {Arrangement} asked */
const headHeight = ({ size, off }) => (off === null ? HEAD * size : Math.max(HEAD * size, 2 * TOUCH + 0.3 * size));
/** @param {Arrangement} asked */
const namesWidth = ({ size, off }) => (off === null ? NAMES * size : (NAMES + 0.5) * size + BESIDE_NAMES);
/** @param {number} size */
const switchHeight = (size) => Math.max(TOUCH + 2, 1.25 * size);
// The height that all inputs need, with tiles that are so large.
/** @param {Arrangement} asked @param {number} tile */
const inputsHeight = ({ size, sizes, off }, tile) =>
  off === null ? 0 : sizes[0] * Math.max(ROW * tile, switchHeight(size)) + off * switchHeight(size);

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
  const least = namesWidth(asked) + EDGE * size + SMALLEST + (sizes.length - 1) * (SMALLEST + LINKS);
  const beside = least + (LEAST_PLANE + (asked.paired ? 0 : PANEL) + 3.7) * size <= width;
  const box = beside ? besideEachOther(asked, least) : belowEachOther(asked, least);
  return Object.assign(box, placeUnits(asked, box.network));
}

/** @param {Arrangement} asked @param {number} least @returns {Box} */
function besideEachOther(asked, least) {
  const { width, height: offered, size, sizes, opened, spaceOnly, classes, signs, paired } = asked;
  const most = Math.max(...sizes), around = headHeight(asked) + 0.5 * size;
  const lowest = Math.max(LOWEST * size, LOW, around + most * SMALLEST * ROW, around + inputsHeight(asked, SMALLEST));
  const height = Math.max(lowest, Math.min(offered, Math.max(TALLEST * width, (ROOMY + 1) * size)));
  const shown = signsIn(signs, height, size), lines = furtherLines(shown, size);
  const roomy = isRoomy(height, size);
  // Where a panel does not find room below the curves it stands beside the plane, not on it.
  const right = paired ? 0.5 * size : Math.max(0.24 * width, (opened && !roomy ? PANEL : COLUMN) * size);
  const tile = Math.min(3.4 * size, (height - around) / ROW / most);
  const wanted = namesWidth(asked) + tile + (sizes.length - 1) * (tile + Math.max(1.6 * tile, 3.6 * size));
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

// The network first; below it the plane, beside its column or above it, so large that it is in sight
// with the network where that can be. Where the network is wider
// than the page, so is the picture: it is scrolled in its frame.
/** @param {Arrangement} asked @param {number} least @returns {Box} */
function belowEachOther(asked, least) {
  const { width: offered, visible = Infinity, size, sizes, opened, spaceOnly, classes, signs, paired } = asked;
  const width = Math.max(offered, least), most = Math.max(...sizes), lines = furtherLines(signs, size);
  const head = headHeight(asked) + 0.2 * size, around = 0.2 * size + head + 2.6 * size + lines, below = 2.2 * size;
  const left = visible - around - LEAST_PLANE * size - below; // by the smallest plane
  const tile = Math.max(SMALLEST, Math.min(3.4 * size, (0.62 * width) / sizes.length, Math.min(30 * size, left) / most / ROW));
  const pitch = Math.max(most > FEW ? ROW : FEW_ROW, Math.min(1.5, 20 / most, left / most / tile));
  const tiles = Math.max(most * pitch * tile, inputsHeight(asked, tile));
  const network = { x: 0, y: 0.2 * size, width: width - EDGE * size, height: head + tiles };
  const y = around + tiles, pair = offered >= PAIR * size && !paired;
  const inSight = Math.max(LEAST_PLANE * size, visible - y - below);
  const side = Math.min(offered - 3.6 * size - (pair ? (COLUMN + 0.5) * size : 0), 26 * size, inSight);
  const plane = { x: 3.2 * size, y, side };
  if (paired) {
    return withPanel(/** @type {Box} */ ({ width, height: y + side + below, roomy: false, signs, network, plane }));
  }
  const x = pair ? plane.x + side + 0.5 * size : 0, top = pair ? y - lines - 1.7 * size : y + side + below;
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
    width, height, roomy: false, signs: shown, network: { x: 0, y: 0, width: 0, height: 0 }, units: [], switches: [], head: HEAD * size,
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

// Where every tile is, in a box; columns are inputs, hidden layers, the answer. The inputs that are
// switched off stand below the others, and have no tile.
/** @param {Arrangement} asked @param {Rectangle} box @returns {Placed} */
function placeUnits(asked, box) {
  const { sizes, size, off } = asked, head = headHeight(asked), names = namesWidth(asked);
  const columns = sizes.length, most = Math.max(...sizes);
  const top = box.y + head, height = box.height - head;
  const full = height / most / (most > FEW ? ROW : FEW_ROW);
  const across = (box.width - names - (columns - 1) * LINKS) / columns;
  const low = switchHeight(size), forInputs = height - (off ?? 0) * low;
  const tile = Math.min(3.4 * size, (0.62 * box.width) / columns, across, full, forInputs / sizes[0] / ROW);
  const left = box.x + names + tile / 2;
  /** @type {Tile[]} */
  const units = [];
  sizes.forEach((count, layer) => {
    const pitch = Math.min((layer ? height : forInputs) / count, 2.2 * tile);
    const x = left + ((box.x + box.width - tile / 2 - left) * layer) / (columns - 1);
    const above = layer ? 0 : ((off ?? 0) * low) / 2;
    for (let unit = 0; unit < count; unit++) {
      const y = top + height / 2 + (unit - (count - 1) / 2) * pitch - above;
      units.push({ layer, unit, x, y, side: tile });
    }
  });
  const first = units.slice(0, sizes[0]), last = first.at(-1), pitch = Math.min(forInputs / sizes[0], 2.2 * tile);
  const ys = off === null ? [] : [...first.map((u) => u.y), ...Array.from({ length: off }, (_, k) => last.y + pitch / 2 + (k + 0.5) * low)];
  const width = names - 0.3 * size;
  return { units, head, switches: ys.map((y) => ({ x: box.x, y: y - low / 2 + 1, width, height: low - 2 })) };
}

// What stands above the columns: words where each has its room, else the shortest, in all of them.
// Where a network can be built, + and − stand right of a hidden layer's name, at `stepper`, and the
// ones for layers before all others.
/**
 * @param {number[]} sizes
 * @param {Tile[]} units
 * @param {number} size
 * @param {(words: string) => number} widthOf
 * @param {boolean} [built]
 * @returns {Head[]}
 */
export function headsOf(sizes, units, size, widthOf, built = false) {
  const last = sizes.length - 1, gap = widthOf("n");
  const words = (long) => sizes.map((_, layer) =>
    layer === 0 ? (long ? "inputs" : "in") : layer === last ? (long ? "answer" : "out") : long ? `layer ${layer}` : `${layer}`);
  const xs = sizes.map((_, layer) => units.find((u) => u.layer === layer).x);
  const beside = (layer) => (built && layer > 0 && layer < last ? STEPPER : 0);
  const wide = (heads, k) => widthOf(heads[k]) + beside(k);
  const layers = { head: LAYERS, x: widthOf(LAYERS) / 2, stepper: widthOf(LAYERS) + STEPPER - TOUCH };
  const fits = (heads) => (!built || layers.stepper + TOUCH + gap < xs[0] - wide(heads, 0) / 2) && heads.every((_, k) =>
    k === last || (wide(heads, k) + wide(heads, k + 1)) / 2 + gap < xs[k + 1] - xs[k]);
  const inner = (heads) => widthOf(heads[last]) <= units[0].side + 2 * EDGE * size;
  const long = words(true), heads = fits(long) && inner(long) ? long : words(false);
  const placed = heads.map((head, k) => {
    const x = xs[k] - beside(k) / 2;
    return beside(k) ? { head, x, stepper: x + widthOf(head) / 2 + STEPPER - TOUCH } : { head, x };
  });
  return built ? [layers, ...placed] : placed;
}

// The two buttons of a stepper: + above −.
/** @param {Rectangle} network @param {number} x @returns {Rectangle[]} */
export function stepperAt({ y }, x) {
  return [y, y + TOUCH].map((top) => ({ x, y: top, width: TOUCH, height: TOUCH }));
}
