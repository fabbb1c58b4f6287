// What the parts keep on the page for longer than they stay themselves, and on their elements.

interface Plotly {
  react(plot: Element, figure: object): void;
  relayout(plot: Element, change: object): void;
  restyle(plot: Element, change: object, traces: number[]): void;
  update(plot: Element, change: object, layout: object, traces: number[]): void;
  purge(plot: Element): void;
  toImage(figure: object, options: object): Promise<string>;
  Fx: { unhover(plot: Element): void };
  Plots: { resize(plot: Element): Promise<void> };
}

interface Window {
  Plotly?: Plotly;
  glassboxPlotly?: Promise<Plotly | undefined>;
}

/** What a key can mean. */
type Deed =
  | "toggle" | "back" | "on" | "first" | "last" | "close" | "choose" | "point" | "pointBefore"
  | "black" | "notes" | "theme" | "speaker";

/** Where the reader of each walk is, by its key. */
declare var glassboxWalks: Record<string, WalkMemory> | undefined;

/** What the reader of each film has done, by its key. */
declare var glassboxFilms: Record<string, FilmMemory> | undefined;

/** The points that the reader of each film is placing, by its key. */
declare var glassboxDrafts: Record<string, Draft> | undefined;

/** What the browser says of light and dark, and what the reader chose instead. */
declare var glassboxMedia: { real: typeof matchMedia; theme: string } | undefined;

/** Whether the part of the page's link after a # has been sent to the server: page/rest.js */
declare var glassboxRestSent: boolean | undefined;

/** What a talk in a file of its own is made of (ui/offline/file.py), and what it has once that is unpacked. */
declare var glassboxPacked: { parts: string; scenes: string; plotly?: string };
declare var glassboxParts: TalkParts;

interface Moment {
  step: number;
  epoch: number;
  playing: boolean; // on its way to the next
}

interface DocumentEventMap {
  "glassbox-moment": CustomEvent<Moment | null>;
  "glassbox-paper": CustomEvent<null>;
  "glassbox-film": CustomEvent<string>;
}

type Talk = import("./talk/talk.js").Talk;
type Wall = import("./wall/wall.js").Wall;

/** Where a unit's picture is on the wall, and how high the strip below it. */
interface Picture {
  unit: number;
  x: number;
  y: number;
  size: number;
  strip: number;
}

/** A part's place, in pixels. */
interface PartPlace {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the pictures of a wall are, and how high it must be. */
interface Tiles {
  columns: number;
  height: number;
  tiles: { x: number; y: number; size: number; strip: number }[];
}

/** Where the parts of an opened unit are, and how high it must be. */
interface UnitPlaces {
  beside: boolean;
  edge: number; // of a test image's picture
  many: number; // of them, at most
  cell: number; // how wide one is with its name
  numbered: boolean; // whether each bar has its number on it
  height: number;
  least: number; // the height that it needs, whatever it says
  head: PartPlace;
  map: PartPlace;
  words: PartPlace;
  bars: PartPlace;
  seen: PartPlace;
}

/** A unit that is opened, as Python has it. */
type UnitDetails = Omit<UnitMessage, "weights" | "bias" | "outgoing" | "lowest" | "highest" | "answers" | "images"> & {
  weights: Float32Array;
  bias: number;
  outgoing: number[] | null;
  lowest: Float32Array;
  highest: Float32Array;
  answers: Float32Array;
  images: Uint8Array;
};

/** What is said of a unit that is opened. */
interface UnitFacts {
  weights: ArrayLike<number>; // of pixels, or of units of the layer before, row by row
  side: number;
  layer: number; // which hidden layer it is of, from 1 on
  paper: number | null; // its answer to what is on the paper; null without one
  lowest: number | null; // of its answers to test images; null until they are here
  highest: number | null;
  tried: number; // how many these are
  outgoing: number[] | null; // its weights to the classes, if they come right after
  exact: boolean;
  epoch: number | null; // of the moment on screen; null at the last one
  classes: string[]; // what each output stands for
  floor: number; // what a unit of its kind answers to a sum of −1
  off?: boolean; // whether it is switched off
  without?: string | null; // what is then read, as a sentence; null until it is counted
}

type CellsPlaces = ReturnType<typeof import("./shared/cells.js").cellsIn>;

/** What of a grid of two settings is at a point: one of these, the others are −1. */
interface CellsFound {
  cell: number;
  row: number;
  column: number;
}
