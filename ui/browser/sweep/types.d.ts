// What the sweep's modules hand to each other.

type SweepLook = ReturnType<typeof import("./drawing.js").sweepLook>;

/** What is shown of a sweep: a grid, and which film stands in each of its cells. */
interface SweepView {
  grid: CellsGrid;
  films: number[];
}

/** A film's tiles, unpacked, and what is read of it at each frame. */
interface SweepReel {
  tiles: Int8Array;
  reads: Float32Array;
}

/** Where everything is: the grid, and the film that stands large beside it, if there is room. */
interface SweepPlaces {
  cells: CellsPlaces;
  beside: PartPlace | null;
}
