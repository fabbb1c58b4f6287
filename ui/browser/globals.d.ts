// What the parts keep on the page for longer than they stay themselves, and on their elements.

interface Plotly {
  react(plot: Element, figure: object): void;
  relayout(plot: Element, change: object): void;
  purge(plot: Element): void;
  Plots: { resize(plot: Element): void };
}

interface Window {
  Plotly?: Plotly;
  glassboxPlotly?: Promise<Plotly | undefined>;
}

/** What a key can mean. */
type Deed =
  | "toggle" | "back" | "on" | "first" | "last" | "close" | "choose" | "point" | "pointBefore";

/** Where the reader of each walk is, by its key. */
declare var glassboxWalks: Record<string, WalkMemory> | undefined;

/** What the reader of each film has done, by its key. */
declare var glassboxFilms: Record<string, FilmMemory> | undefined;

/** What the browser says of light and dark, and what the reader chose instead. */
declare var glassboxMedia: { real: typeof matchMedia; theme: string } | undefined;

interface Moment {
  epoch: number;
  probabilities: number[] | null;
}

interface DocumentEventMap {
  "glassbox-moment": CustomEvent<Moment | null>;
  "glassbox-paper": CustomEvent<null>;
  "glassbox-film": CustomEvent<string>;
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
