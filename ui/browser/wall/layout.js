// @ts-check
// Where everything on the wall is: the pictures of the units, and of a unit that is opened its
// large picture, its weights to the classes, what it answers most, and the words. From sizes to
// places, and nothing else: nothing is drawn here.

const STRIP = 0.16; // of a picture's edge: how high the strip below it is
const FREE = { image: 0.06, cells: 0.16 }; // of it: what stays free to the next one; cells have colour at their very edge
const SMALLEST = 26; // pixels from a picture to the next one; below that the wall gets higher instead

// How much is written, in letters' heights.
const LINE = { page: 1.35, projector: 1.25 }; // from one line of words to the next
const LETTER_WIDTH = 0.46; // the width of a letter
const LONGEST_SAID = { page: 420, projector: 120 }; // what a unit says has hardly ever more letters
const BARS = { page: 6.6, projector: 2.6 }; // the least height of the ten bars, with their numbers and classes
const TALLEST = 11; // and the most
const ROW = { page: 1.3, projector: 1.15 }; // the height of one that lies, after its class' name
const NUMBERED = 2.5; // the width of a bar that has its number on it
const SEEN = { page: 3.4, projector: 2 }; // the least edge of a test image's picture
const MOST_SEEN = 6; // of them
const NAME = 5.6; // the width of a class' name below it, where names are long
const BETWEEN = 0.2; // between two of them
const BESIDE = { page: 40, projector: 32 }; // the least width at which an opened unit's parts stand beside each other
const APART = { page: 0.8, projector: 0.5 }; // between two parts
const UNIT_HEAD = 2.1; // the height of the line with its name
const FINGER = 48; // pixels: the same where fingers touch it
const MAP = { page: 19, projector: 14 }; // the least edge of the large picture with its axes and its scale
const SCALE = 4; // the width of that scale

// Where each unit's picture is: as large as fits, row by row; a wall of many is as high as it must be.
/** @param {{ width: number, height: number, count: number, strips: boolean, cells?: boolean }} asked @returns {Tiles} */
export function tilesIn({ width, height, count, strips, cells = false }) {
  const tall = strips ? 1 + STRIP : 1;
  let size = 0, columns = 1;
  for (let n = 1; n <= count; n++) {
    const fits = Math.min(width / n, height / Math.ceil(count / n) / tall);
    if (fits > size) [size, columns] = [fits, n];
  }
  if (size < SMALLEST) {
    columns = Math.max(1, Math.min(count, Math.floor(width / SMALLEST)));
    size = Math.min(width / columns, 2 * SMALLEST);
  }
  const gap = Math.max(1, (cells ? FREE.cells : FREE.image) * size);
  const tiles = Array.from({ length: count }, (_, k) => ({
    x: (k % columns) * size,
    y: Math.floor(k / columns) * size * tall,
    size: size - gap,
    strip: strips ? Math.max(2, STRIP * size - gap) : 0,
  }));
  return { columns, height: Math.ceil(count / columns) * size * tall, tiles };
}

// At most so many round numbers between two, and one more, equally far from each other.
/** @param {number} from @param {number} to @param {number} most */
export function ticksIn(from, to, most) {
  const least = (to - from) / most, ten = 10 ** Math.floor(Math.log10(least));
  const apart = [1, 2, 5, 10].map((times) => times * ten).find((step) => step >= least) ?? 1;
  const first = Math.ceil(from / apart - 1e-9), count = Math.max(0, Math.floor(to / apart + 1e-9) - first + 1);
  return Array.from({ length: count || 0 }, (_, k) => Number(((first + k) * apart).toPrecision(6)));
}

/** @param {number} letters @param {number} width @param {number} size */
const linesFor = (letters, width, size) => Math.ceil((1.08 * LETTER_WIDTH * size * letters) / width);

// The parts of an opened unit: beside its picture where that is wide enough, else below each other.
// `bars` is how many there are, `rows` whether they lie, `letters` how many it says. Its height has
// room for the longest that a unit says, so that none is higher than another.
/** @param {{ width: number, height: number, size: number, big: boolean, bars: number, rows: boolean, letters: number, finger: boolean }} asked @returns {UnitPlaces} */
export function unitIn({ width, height, size, big, bars, rows, letters, finger }) {
  const where = big ? "projector" : "page", apart = APART[where] * size, line = LINE[where] * size;
  const beside = width >= BESIDE[where] * size, head = Math.max(UNIT_HEAD * size, finger ? FINGER : 0);
  const map = beside ? Math.max(MAP[where] * size, Math.min(0.54 * width, height - head + SCALE * size)) : width;
  const x = beside ? map + apart : 0, side = width - x;
  const picture = { x: 0, y: head, width: map, height: beside ? map : Math.max(MAP[where] * size, 0.9 * map) };
  const said = (many) => linesFor(many, side, size) * line, top = beside ? head : head + picture.height + apart;
  const words = { x, y: top, width: side, height: said(letters) }, longest = said(Math.max(letters, LONGEST_SAID[where]));
  const many = rows ? Math.max(1, Math.min(MOST_SEEN, Math.floor((side / size + BETWEEN) / (NAME + BETWEEN)))) : MOST_SEEN;
  const widest = (side - (many - 1) * BETWEEN * size) / many, least = rows ? bars * ROW[where] : BARS[where];
  let edge = Math.min(SEEN[where] * size, widest), tall = bars ? least * size + line : 0;
  // On a projector, which does not scroll, the bars go where there is no room for all.
  const rest = apart + edge + 2 * line, room = top + longest + rest, without = big && beside && room + tall + apart > height;
  if (without) tall = 0;
  const needed = room + (tall ? tall + apart : 0);
  // What is left beside the picture goes to the bars and the test images.
  const left = Math.max(0, (beside ? height : 0) - needed + longest - words.height);
  if (tall && !rows) tall += Math.min(left / 2, (TALLEST - least) * size);
  edge = Math.min(widest, edge + left / 2);
  const under = top + words.height + apart;
  const weights = { x, y: under, width: side, height: tall };
  const seen = { x, y: under + (tall ? tall + apart : 0), width: side, height: edge + 2 * line };
  const high = Math.max(height, needed, seen.y + seen.height, head + MAP[where] * size);
  if (beside) picture.height = high - head;
  return {
    beside, edge, many, cell: rows ? Math.min(widest, Math.max(edge, NAME * size)) : edge,
    numbered: rows || side / 10 >= NUMBERED * size, height: high, least: Math.max(needed, head + MAP[where] * size),
    head: { x: 0, y: 0, width, height: head }, map: picture, words, bars: weights, seen,
  };
}
