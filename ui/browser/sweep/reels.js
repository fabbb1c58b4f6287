// @ts-check
// The films of a sweep, unpacked, and what of them is shown.

import { unpack } from "../shared/bytes.js";

// A film's frames: each was sent less the one before. Null where the film is still to come.
/** @param {SweepFilm} film @param {number} samples @returns {Promise<SweepReel | null>} */
export function reelOf({ tiles, reads }, samples) {
  if (!tiles) return Promise.resolve(null);
  const deflated = new Blob([unpack(tiles, Uint8Array)]).stream();
  const stream = deflated.pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer().then((bytes) => {
    const frames = new Int8Array(bytes);
    for (let k = samples; k < frames.length; k++) frames[k] += frames[k - samples];
    return { tiles: frames, reads: unpack(reads, Float32Array) };
  });
}

// What is shown if so much is made large. A row stays one; a column lies on its side, from the
// bottom to the left, for there is more room across.
/** @param {SweepMessage} sweep @param {"all" | "row" | "column" | "cell"} size @param {number} chosen @returns {SweepView} */
export function shownOf({ across, up, films }, size, chosen) {
  const columns = across.values.length, row = Math.floor(chosen / columns), column = chosen % columns;
  const one = (side, k) => ({ label: side.label, values: [side.values[k]] });
  if (size === "row") {
    return { grid: { across, up: one(up, row) }, films: across.values.map((_, k) => row * columns + k) };
  }
  if (size === "column") {
    return { grid: { across: up, up: one(across, column) }, films: up.values.map((_, k) => k * columns + column) };
  }
  if (size === "cell") return { grid: { across: one(across, column), up: one(up, row) }, films: [chosen] };
  return { grid: { across, up }, films: films.map((_, k) => k) };
}
