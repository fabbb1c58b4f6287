// @ts-check
// A grid of two settings: where its cells and the values along its sides lie, and the way about it.

// The places of all cells in a picture of this size, with letters of that size. Cells are counted
// row by row from the bottom, each from the left.
/** @param {Pen} g @param {CellsGrid} grid @param {number} width @param {number} height @param {number} em */
export function cellsIn(g, { across, up }, width, height, em) {
  const columns = across.values.length, rows = up.values.length;
  const wide = (values) => Math.max(...values.map((text) => g.measureText(text).width));
  const left = wide(up.values) + 0.7 * em, top = 1.6 * em;
  const cell = (width - left - 1) / columns, longest = wide(across.values);
  const slanted = longest > cell - 0.3 * em; // names that have no room beside each other
  const below = slanted ? 0.72 * longest + 0.9 * em : 1.3 * em;
  return {
    em, columns, rows, left, top, slanted, below,
    width: cell, height: Math.max(1, (height - top - below - 1.5 * em) / rows),
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
  g.textBaseline = "alphabetic";
  g.textAlign = "left";
  g.fillText(up.label, 0, 1.05 * em);
  g.textAlign = "right";
  g.fillText(across.label, left + places.columns * width, bottom + below + 1.05 * em);
}
