// What the stage's modules hand to each other.

type Stage = import("./stage.js").Stage;

type Placing = import("./placing.js").Placing;

type Pen = CanvasRenderingContext2D;

/** One number for each of many points. */
type Plane = Float64Array | Float32Array;

/** Any array of numbers. */
type Numbers = ArrayLike<number>;

/** Where a layer's parameters begin in theta: W (in, out) row by row, then b. */
interface Layer {
  inputs: number;
  units: number;
  W: number;
  b: number;
  activation: OutputName; // the last one's may be softmax
}

/** Room for the z and a of each unit of a layer. */
interface Room {
  z: Float64Array[];
  a: Float64Array[];
}

/** A film's message, unpacked. */
interface Film extends Omit<FilmMessage, "steps" | "history"> {
  layers: Layer[];
  parameters: number; // how many
  steps: Int32Array;
  history: Partial<Record<HistoryName, Float64Array>>;
  x1: Float32Array;
  x2: Float32Array;
  t: Float32Array;
  middle: number; // between low and high
  last: number; // frame
  along?: (step: number) => number; // where a step lies on the curves' axis, from 0 to 1, if not as usual
  theta: (frame: number) => Float32Array;
  pointInputs: Float64Array[];
  pointRoom: Room[];
}

interface Grid {
  cells: number; // along an edge
  inputs: Float64Array[];
  room: Room[];
}

interface Scores {
  loss: number;
  testLoss: number;
  accuracy: number;
  testAccuracy: number;
  matrix: number[][];
}

interface Look extends Colours {
  text: string;
  background: string;
  faint: string;
  accent: string;
  rim: string;
  size: number; // of its letters, in pixels
  family: string;
  shades: Uint8ClampedArray; // 256 colours, from negative to positive
  kinds: Uint8ClampedArray[]; // 256 colours a class, from none of it to certainty
}

/** A unit's name in numbers: layer 0 are the inputs. */
interface UnitId {
  layer: number;
  unit: number;
}

interface Tile extends UnitId {
  x: number; // its middle
  y: number;
  side: number;
}

interface Curve {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  bend: number;
}

interface Spot {
  x: number;
  y: number;
}

interface Square extends Spot {
  side: number;
}

interface Rectangle extends Spot {
  width: number;
  height: number;
}

/** A plot that has been painted knows where its values are. */
interface Plot extends Rectangle {
  toX?: (value: number) => number;
  toY?: (value: number) => number;
}

/** Where everything is, in pixels; width and height are the whole picture's. */
interface Box {
  width: number;
  height: number;
  roomy: boolean; // does the column show curves, counts and hidden space at once
  signs: number; // lines of signs and names above the plane
  network: Rectangle;
  plane: Square;
  units: Tile[];
  switches: Rectangle[]; // of the inputs: those with a tile, then those that are off; none if nothing is built
  head: number; // the height of what stands above the columns
  tabs: Spot;
  panel: Rectangle;
  loss?: Plot;
  accuracy?: Plot;
  matrix?: Spot & { width: number };
  space?: Plot;
}

type Placed = Pick<Box, "units" | "switches" | "head">;

/** What stands above a column, around which middle; and where + and − begin, if there are any. */
interface Head {
  head: string;
  x: number;
  stepper?: number;
}

/** Something to press on the drawing, and what the network then is; null at a limit. */
interface Builder extends Rectangle {
  name: string;
  text: string;
  title: string;
  then: BuildPlan | null;
  on?: boolean; // of an input
}

interface SpaceView {
  across: Plane;
  up: Plane;
  names: string[];
  line: number[] | null; // u, v, c of u x + v y + c = 0
}

type Hit =
  | { kind: "parameter"; index: number }
  | ({ kind: "unit" } & Tile)
  | { kind: "point"; point: number }
  | { kind: "plane"; x1: number; x2: number }
  | { kind: "curve"; frame: number }
  | { kind: "space" };

interface PlacedPoint {
  x1: number;
  x2: number;
  kind: number; // its class
}

/** Points that a reader places, and how to undo that: what had gone comes back, else one goes. */
interface Draft {
  of: Packed; // the points that it began with
  points: PlacedPoint[];
  done: { at: number; gone: PlacedPoint[] }[];
  kind: number; // of the next one
  kinds: number; // how many can be placed
  active: boolean;
}

/** Fills the panel, and returns what keeps it current. */
type Fill = (panel: HTMLElement) => () => void;

interface Touched {
  unit: UnitId | null;
  parameter: number | null;
  point: number | null;
}

/** The least and the most of an axis. */
type Ends = [low: number, high: number];

/** Whether it stands beside another one, and with what: network and plane, or the plane alone. */
type Paired = "" | "both" | "plane";

/** What a layout follows from: the room there is, and what must stand in it. */
interface Arrangement {
  width: number;
  height: number;
  visible?: number; // of the picture's height, above what plays it
  size: number; // of the letters
  sizes: number[]; // units of each layer, the inputs first
  opened: boolean; // is the panel
  spaceOnly: boolean; // is hidden space shown instead of the curves, where there is no room for both
  classes: boolean;
  signs: number; // lines of signs and names above the plane; 0 with one line of words
  paired: Paired;
  off: number | null; // how many inputs are switched off; null where the network cannot be built
}

/** What the reader of a film has done with it. */
interface FilmMemory {
  film: Film;
  playing: boolean;
  following: boolean;
  logLoss: boolean;
  spaceOnly: boolean;
  spaceLayer: number;
  at: string;
  chosenSpeed: string;
  moment: string | null;
  step: number;
  edited: boolean; // is its network no longer the one that was trained
}

/** A look that a point can have, and what it means. */
interface Entry {
  look: "kind" | "hollow" | "ringed";
  kind: number; // whose sign it is
  words: string;
}

/** A place of a plot, in pixels. */
interface Dot {
  x: number;
  y: number;
}
