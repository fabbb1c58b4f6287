// @ts-check
// What a network sees of strokes: the rule of datasets/drawn.py, line by line, so that it can be
// followed at every movement of the pen. A stroke is x, y, x, y, … in 1023rds of the paper.

const SPECK = 0.1;
const DOT = 20;
const ASIDE = 0.06;
const BELOW = 0.15;
const HALF = 0.5;
const LONG = 5.5;
// Of MNIST's images, in pixels.
const PEN = 2.4;
const BOX = 20;
const MIDDLE = 14.5;
// Of the bitmaps from which the bundled ones are made.
const BITMAP = 32;
const WIDE = 19;
const THIN_PEN = 3.5;
const INK = 312;

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */

/** @param {number[]} stroke */
function boxOf(stroke) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < stroke.length; i += 2) {
    box.left = Math.min(box.left, stroke[i]);
    box.right = Math.max(box.right, stroke[i]);
    box.top = Math.min(box.top, stroke[i + 1]);
    box.bottom = Math.max(box.bottom, stroke[i + 1]);
  }
  return box;
}

/** @param {number[]} stroke */
function sizeOf(stroke) {
  const { left, right, top, bottom } = boxOf(stroke);
  return Math.max(right - left, bottom - top);
}

// The strokes that are large enough to be meant.
/** @param {number[][]} strokes */
export function withoutSpecks(strokes) {
  const sizes = strokes.map(sizeOf), least = Math.max(DOT, ...sizes.map((size) => SPECK * size));
  return strokes.filter((_, i) => sizes[i] >= least);
}

// Why strokes may be no digit, "" where nothing says so; views/mnist/training/paper.py has the words.
/** @param {number[][]} strokes */
export function doubtOf(strokes) {
  const kept = withoutSpecks(strokes);
  if (inTwoPlaces(kept.map(boxOf))) return "ink in two places";
  return scribbled(kept) ? "more ink than one has" : "";
}

// Whether a gap parts boxes in two that are both large: beside, or below each other.
/** @param {Box[]} boxes */
function inTwoPlaces(boxes) {
  if (boxes.length < 2) return false;
  const least = (/** @type {Box[]} */ some, /** @type {keyof Box} */ edge) => Math.min(...some.map((box) => box[edge]));
  const most = (/** @type {Box[]} */ some, /** @type {keyof Box} */ edge) => Math.max(...some.map((box) => box[edge]));
  const wide = most(boxes, "right") - least(boxes, "left"), tall = most(boxes, "bottom") - least(boxes, "top");
  /** @type {[number, keyof Box, keyof Box, keyof Box, keyof Box, number][]} */
  const ways = [[ASIDE, "left", "right", "top", "bottom", tall], [BELOW, "top", "bottom", "left", "right", wide]];
  return ways.some(([gap, low, high, from, to, whole]) => {
    const order = [...boxes].sort((a, b) => a[low] - b[low]);
    return order.slice(1).some((_, k) => {
      const parts = [order.slice(0, k + 1), order.slice(k + 1)];
      const apart = least(parts[1], low) - most(parts[0], high);
      const sizes = parts.map((part) => most(part, to) - least(part, from));
      return apart > gap * Math.max(wide, tall) && Math.min(...sizes) >= HALF * whole;
    });
  });
}

// Whether the pen went a longer way than for any digit.
/** @param {number[][]} strokes */
function scribbled(strokes) {
  let way = 0;
  eachSegment(strokes, (x, y, u, v) => { way += Math.hypot(u - x, v - y); });
  return strokes.length > 0 && way > LONG * sizeOf(strokes.flat());
}

// How wide the pen is, in 1023rds of the paper, that MNIST's would be for a digit of this size.
/** @param {number[][]} strokes */
export const penFor = (strokes) => (sizeOf(strokes.flat()) * PEN) / (BOX - PEN);

// What a network sees: side² numbers from 0 to 1; null if there is no digit.
/** @param {number[][]} strokes @param {number} side @returns {Float32Array | null} */
export function asDigit(strokes, side) {
  const kept = withoutSpecks(strokes);
  if (!kept.length) return null;
  return side === 8 ? asBundled(kept) : asMnist(kept, side);
}

// The same as bytes, to be shown.
/** @param {Float32Array} ink */
export const asBytes = (ink) => Uint8Array.from(ink, (value) => Math.round(255 * value));

/** @param {number[][]} strokes @param {number} side */
function asMnist(strokes, side) {
  const { left, right, top, bottom } = boxOf(strokes.flat());
  const scale = (BOX - PEN) / Math.max(right - left, bottom - top);
  const here = moved(strokes, (x, y) => [(x - left) * scale, (y - top) * scale]);
  const { x, y } = middleOf(here), edge = PEN / 2;
  const start = (middle, length) => Math.min(Math.max(MIDDLE - middle, edge), 28 - edge - length * scale);
  const across = start(x, right - left), down = start(y, bottom - top);
  const unit = side / 28;
  const far = distances(moved(here, (u, v) => [(u + across) * unit, (v + down) * unit]), side, unit * edge + 0.5);
  return Float32Array.from(far, (d) => Math.min(Math.max(unit * edge + 0.5 - d, 0), 1));
}

/** @param {number[][]} strokes */
function asBundled(strokes) {
  const middle = middleOf(strokes), slant = slantOf(strokes);
  const upright = moved(strokes, (x, y) => [x - (y - middle.y) * slant, y]);
  const { left, right, top, bottom } = boxOf(upright.flat());
  const tall = (BITMAP - THIN_PEN) / Math.max(bottom - top, 1e-9);
  const across = Math.min((WIDE - THIN_PEN) / Math.max(right - left, 1e-9), 1.5 * tall);
  const down = Math.min(tall, 8 * across);
  const far = distances(moved(upright, (x, y) => [
    (x - (left + right) / 2) * across + BITMAP / 2, (y - (top + bottom) / 2) * down + BITMAP / 2,
  ]), BITMAP, BITMAP);
  const edge = Float64Array.from(far).sort()[INK - 1], counts = new Float32Array(64);
  far.forEach((d, i) => {
    if (d <= edge) counts[8 * Math.floor(i / BITMAP / 4) + Math.floor((i % BITMAP) / 4)] += 1;
  });
  return counts.map((count) => count / 16);
}

/** @param {number[][]} strokes */
function slantOf(strokes) {
  const middle = middleOf(strokes), { top, bottom } = boxOf(strokes.flat());
  let leaning = 0, upright = 0;
  eachSegment(strokes, (x, y, u, v) => {
    const length = Math.hypot(u - x, v - y), across = (x + u) / 2 - middle.x, down = (y + v) / 2 - middle.y;
    leaning += length * (across * down + ((u - x) * (v - y)) / 12);
    upright += length * (down * down + (v - y) ** 2 / 12);
  });
  const height = Math.max(bottom - top, 1e-9);
  const leftmost = (within) => {
    let least = Infinity;
    for (const stroke of strokes) {
      for (let i = 0; i < stroke.length; i += 2) if (within(stroke[i + 1])) least = Math.min(least, stroke[i]);
    }
    return least;
  };
  const ends = leftmost((y) => y >= bottom - 0.1 * height) - leftmost((y) => y <= top + 0.1 * height);
  return Math.min(Math.max((leaning / Math.max(upright, 1e-9) + ends / height) / 2, -0.6), 0.6);
}

/** @param {number[][]} strokes @param {(x: number, y: number) => number[]} to */
const moved = (strokes, to) =>
  strokes.map((stroke) => {
    const there = [];
    for (let i = 0; i < stroke.length; i += 2) there.push(...to(stroke[i], stroke[i + 1]));
    return there;
  });

// Calls with every segment of all strokes: from x, y to u, v.
/** @param {number[][]} strokes @param {(x: number, y: number, u: number, v: number) => void} call */
function eachSegment(strokes, call) {
  for (const stroke of strokes) {
    for (let i = 2; i < stroke.length; i += 2) call(stroke[i - 2], stroke[i - 1], stroke[i], stroke[i + 1]);
  }
}

// The centre of mass of lines that are everywhere equally heavy.
/** @param {number[][]} strokes */
function middleOf(strokes) {
  let all = 0, across = 0, down = 0;
  eachSegment(strokes, (x, y, u, v) => {
    const length = Math.hypot(u - x, v - y);
    all += length;
    across += (length * (x + u)) / 2;
    down += (length * (y + v)) / 2;
  });
  return { x: across / all, y: down / all };
}

// How far the middle of each pixel is from the nearest stroke, where that is no further than `reach`.
/** @param {number[][]} strokes @param {number} side @param {number} reach */
function distances(strokes, side, reach) {
  const nearest = new Float64Array(side * side).fill(Infinity);
  const first = (/** @type {number} */ low) => Math.max(0, Math.floor(low - reach));
  const last = (/** @type {number} */ high) => Math.min(side - 1, Math.floor(high + reach));
  eachSegment(strokes, (x, y, u, v) => {
    const wx = u - x, wy = v - y, length = Math.max(wx * wx + wy * wy, 1e-12);
    const right = last(Math.max(x, u)), bottom = last(Math.max(y, v)), left = first(Math.min(x, u));
    for (let row = first(Math.min(y, v)); row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const dx = column + 0.5 - x, dy = row + 0.5 - y, i = row * side + column;
        const along = Math.min(Math.max((dx * wx + dy * wy) / length, 0), 1);
        const square = (dx - along * wx) ** 2 + (dy - along * wy) ** 2;
        if (square < nearest[i]) nearest[i] = square;
      }
    }
  });
  return nearest.map(Math.sqrt);
}
