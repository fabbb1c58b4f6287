// What Python sends to each part, as its `message()` or its `show_…` makes it. Arrays of numbers
// that are called Packed are their bytes as base64; null is what Python's None becomes.

type Packed = string;

interface Colours {
  negative: string;
  positive: string;
}

/** What Streamlit gives to a component's function. */
interface Component<Data> {
  parentElement: HTMLElement;
  data: Data;
  setStateValue: (name: string, value: unknown) => void;
  setTriggerValue: (name: string, value: unknown) => void;
}

/** A part's size, in CSS; big is a projector's. */
interface Place {
  height: string;
  size: string;
  big?: boolean;
}

// The chart

interface ChartData {
  figure: string; // Plotly's JSON
  height: string;
  big: boolean; // for a projector
  label: string;
  script: string; // the address of Plotly's own script
}

// The stage

type ActivationName =
  | "identity" | "step" | "sigmoid" | "tanh" | "relu" | "leaky_relu" | "elu" | "softplus" | "silu"
  | "gelu" | "gelu_tanh";

type LossName = "cross_entropy" | "squared_error";

type FeatureName = "x₁" | "x₂" | "x₁²" | "x₂²" | "x₁x₂" | "sin x₁" | "sin x₂";

type HistoryName = "loss" | "accuracy" | "val_loss" | "val_accuracy";

/** figures.stage.StageFilm */
interface FilmMessage {
  sizes: number[]; // units a layer, inputs first
  activations: ActivationName[]; // one a hidden layer
  inputs: FeatureName[];
  output: "sigmoid" | "identity";
  loss: LossName;
  steps: Packed; // int32, one a frame
  thetas: Packed; // float32, all parameters of each frame
  history: Partial<Record<HistoryName, Packed>>; // float64, one a frame
  steps_per_epoch: number;
  points: Packed; // float32: x1, x2, t of each, training ones first
  trained: number; // how many of them are for training
  left: number;
  right: number;
  low: number;
  high: number;
  classes: boolean;
  diverged_at: number | null;
  colours: Colours;
  digest: string;
}

interface StageData extends Place {
  key: string;
  film: FilmMessage;
  trains: boolean;
  at: string; // the moment that the link asks for, "" if it asks for none
  opening: boolean; // it plays once by itself, and says what is what
}

// The sentences of a film, which come and go with it

interface SaidData {
  film: string; // the film's key
}

// What belongs to the whole page

interface PageData {
  theme: "light" | "dark" | "";
  big: boolean; // for a projector
}

// The walk

type Id = string;

/** A number, or the word for one that JSON has not. */
type Sendable = number | string;

interface WalkNode {
  id: Id;
  label: string;
  column: number;
  row: number;
  box: boolean;
}

interface WalkLink {
  id: Id;
  source: Id;
  target: Id;
  label: string;
}

interface WalkQuestion {
  ask: string;
  answer: Sendable;
  look_again: string;
}

interface WalkStep {
  title: string;
  formula: string;
  sentence: string;
  lit: Id[];
  back: boolean;
  values: Record<Id, Sendable>;
  gradients: Record<Id, Sendable>;
  notes: Record<Id, string>;
  locks: Id[];
  question: WalkQuestion | null;
}

interface WalkColumn {
  id: Id;
  title: string;
  cells: Sendable[];
  since: number | number[];
  digits: number | null;
}

interface WalkTable {
  columns: WalkColumn[];
  rows: Id[];
  picks: boolean;
}

/** figures.walk.Walk */
interface WalkMessage {
  digest: string;
  nodes: WalkNode[];
  links: WalkLink[];
  samples: WalkStep[][];
  tables: WalkTable[];
  colours: Colours;
}

interface WalkData extends Place {
  key: string;
  walk: WalkMessage;
  start: number;
  parameter: string;
  big: boolean;
}

// The wall

/** figures.weights.WeightWall, and the activation of its units */
interface WallMessage {
  side: number;
  hidden: number;
  units: number[]; // which of them have a picture
  steps: number[];
  epochs: number[];
  ranges: number[]; // what 127 stands for, at each moment
  limits: number[]; // which byte has the full colour, at each moment
  pictures: Packed; // int8: moments × units × side²
  outgoing: Packed | null; // int8: moments × units × 10
  outgoingRanges: number[] | null;
  biases: Packed | null; // int8: moments × (hidden + 10)
  orders: Record<string, number[]>;
  norms: number[];
  matters: number[];
  colours: Colours;
  activation: ActivationName;
}

interface WallData extends Place {
  wall: WallMessage;
  big: boolean;
}

// The pad

interface PadReader {
  name: string; // "" where there is one only
  walled: boolean; // whether the wall shows this network
  answer: string;
  probabilities: (number | null)[];
}

interface PadData extends Place {
  seen: Packed; // uint8: side²; empty if there is nothing on the paper
  side: number;
  readers: PadReader[];
  unsure: number;
  sample: number; // which test digit, from 1 on; 0 for a drawing
  strokes: number[][]; // x, y, x, y, … in 1023rds of the paper
  big: boolean;
}
