// What the parts keep on the page for longer than they stay themselves, and on their elements.

interface Plotly {
  react(plot: Element, figure: object): void;
  relayout(plot: Element, change: object): void;
  restyle(plot: Element, change: object, traces: number[]): void;
  purge(plot: Element): void;
  toImage(figure: object, options: object): Promise<string>;
  Fx: { unhover(plot: Element): void };
  Plots: { resize(plot: Element): void };
}

interface Window {
  Plotly?: Plotly;
  glassboxPlotly?: Promise<Plotly | undefined>;
}

/** Where the reader of each walk is, by its key. */
declare var glassboxWalks: Record<string, WalkMemory> | undefined;

interface Moment {
  epoch: number;
  probabilities: number[] | null;
}

interface DocumentEventMap {
  "glassbox-moment": CustomEvent<Moment | null>;
  "glassbox-paper": CustomEvent<null>;
}

type Wall = import("./wall/wall.js").Wall;

/** Where a unit's picture is on the wall, and how high the strip below it. */
interface Picture {
  unit: number;
  x: number;
  y: number;
  size: number;
  strip: number;
}
