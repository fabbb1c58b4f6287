// @ts-check
// A grid of two settings: where its cells and the values along its sides lie, and the way about it.

const WIDE_FOR_NAMES = 30; // in letters' heights: so wide a picture names its sides beside the values
const FLAT = 1.4; // if it is so many times as wide as high

// The places of all cells in a picture of this size, with letters of that size. Cells are counted
// row by row from the bottom, each from the left. What the values are values of stands above and
// below them; where height is dearer than width left and right of them.
/** @param {Pen} g @param {CellsGrid} grid @param {number} width @param {number} height @param {number} em */
export function cellsIn(g, { across, up }, width, height, em, flat = width > WIDE_FOR_NAMES * em && width > FLAT * height) {
  const columns = across.values.length, rows = up.values.length;
  const wide = (values) => Math.max(...values.map((text) => g.measureText(text).width));
  const left = wide(up.values) + (flat ? 2.2 : 0.7) * em, top = flat ? 2 : 1.6 * em;
  const right = flat ? g.measureText(across.label).width + 1.1 * em : 1;
  const cell = (width - left - right) / columns, longest = wide(across.values);
  const slanted = longest > cell - 0.3 * em; // names that have no room beside each other
  const below = slanted ? 0.72 * longest + 0.9 * em : 1.3 * em;
  return {
    em, columns, rows, left, right, top, slanted, below, flat,
    width: cell, height: Math.max(1, (height - top - below - (flat ? 0 : 1.5 * em)) / rows),
  };
}

/** @param {CellsPlaces} places @param {number} k */
export function cellAt({ left, top, width, height, columns, rows }, k) {
  const row = Math.floor(k / columns);
  return { x: left + (k % columns) * width, y: top + (rows - 1 - row) * height, width, height };
}

// What is at a point: a cell, a whole row or column where its value is written, or nothing.
/** @param {CellsPlaces} places @param {number} x @param {number} y @returns {CellsFound | null} */
export function cellUnder({ left, top, width, height, columns, rows, below }, x, y) {
  const column = Math.floor((x - left) / width), row = rows - 1 - Math.floor((y - top) / height);
  const inColumns = column >= 0 && column < columns, inRows = row >= 0 && row < rows;
  if (inColumns && inRows) return { cell: row * columns + column, row: -1, column: -1 };
  if (inRows && x >= 0 && x < left) return { cell: -1, row, column: -1 };
  if (inColumns && y > top + rows * height && y < top + rows * height + below) return { cell: -1, row: -1, column };
  return null;
}

// The cell that an arrow leads to, or an end of the row; null for another key.
/** @param {CellsGrid} grid @param {number} from @param {string} key @returns {number | null} */
export function cellBeside({ across, up }, from, key) {
  const columns = across.values.length, rows = up.values.length;
  const [row, column] = [Math.floor(from / columns), from % columns];
  const ways = {
    ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    ArrowUp: [row + 1, column], ArrowDown: [row - 1, column],
    Home: [row, 0], End: [row, columns - 1],
  };
  if (!ways[key]) return null;
  const [to, at] = ways[key];
  return Math.max(0, Math.min(rows - 1, to)) * columns + Math.max(0, Math.min(columns - 1, at));
}

// The values along both sides, and what they are values of.
/** @param {Pen} g @param {CellsGrid} grid @param {CellsPlaces} places @param {string} colour */
export function paintSides(g, { across, up }, places, colour) {
  const { em, left, top, width, height, rows, slanted, below } = places, bottom = top + rows * height;
  g.fillStyle = colour;
  g.textBaseline = "middle";
  g.textAlign = "right";
  up.values.forEach((text, row) => g.fillText(text, left - 0.5 * em, top + (rows - row - 0.5) * height));
  g.textAlign = slanted ? "right" : "center";
  across.values.forEach((text, column) => {
    g.save();
    g.translate(left + (column + (slanted ? 0.6 : 0.5)) * width, bottom + 0.75 * em);
    if (slanted) g.rotate(-Math.PI / 4);
    g.fillText(text, 0, 0);
    g.restore();
  });
  if (places.flat) return nameBeside(g, across.label, up.label, places);
  g.textBaseline = "alphabetic";
  g.textAlign = "left";
  g.fillText(up.label, 0, 1.05 * em);
  g.textAlign = "right";
  g.fillText(across.label, left + places.columns * width, bottom + below + 1.05 * em);
}

// What the values are values of: upward from bottom to top, across at the end of its line.
/** @param {Pen} g @param {string} across @param {string} up @param {CellsPlaces} places */
function nameBeside(g, across, up, { em, left, top, width, height, columns, rows }) {
  g.textAlign = "center";
  g.save();
  g.translate(0.7 * em, top + (rows * height) / 2);
  g.rotate(-Math.PI / 2);
  g.fillText(up, 0, 0);
  g.restore();
  g.textAlign = "left";
  g.fillText(across, left + columns * width + 0.8 * em, top + rows * height + 0.75 * em);
}
