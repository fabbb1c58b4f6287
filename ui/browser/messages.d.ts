// What Python sends to each part, as its `message()` or its `show_…` makes it. Arrays of numbers
// that are called Packed are their bytes as base64; null is what Python's None becomes.

type Packed = string;

interface Colours {
  negative: string;
  positive: string;
}

interface ClassColour {
  name: string;
  colour: string;
}

/** Of a film also each class's: two of them are negative and positive. */
interface FilmColours extends Colours {
  classes: ClassColour[];
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
  saved?: string; // the address of the page that a chart is saved in; in such a page there is none
  clicks?: boolean; // whether a click on the first panel is told
  key?: string; // of the chart, by which the words about it know where its film is
  at?: string; // the step that the page's link asks for, "" if it asks for none
  said?: SaidWords[]; // its caption
  asking?: boolean; // whether it waits for a guess: what comes then plays from its start
}

/** Words of a caption, and the step from which on they are true (figures/words.py: Said). */
interface SaidWords {
  since: number;
  words: string;
}

/** Where the name of a curve stands, and what it says there. */
interface NamePlace {
  index: number; // of the annotation
  x: number;
  xref: string;
  y: number;
  text: string;
  visible: boolean;
}

/** What of a chart moves, unpacked: figures/playing.py */
interface ChartTrack {
  trace: number;
  follows?: number; // the trace at whose end it is
  towards?: Record<string, number[]>; // how far its arrow reaches from there
  rows?: object; // given if it has values of its own at each frame
  logarithms?: string; // which of them are log₁₀ of what is shown
  values: Record<string, any[]>;
  side?: number[]; // on which side of its arrow's tip the name stands
}

/** A name beside a point: its box, and how far it is away. */
interface NameSize {
  wide: number;
  high: number;
  away: number;
}

/** One beside a tip, and what each side of it costs. */
interface NameToPlace {
  tip: number[];
  size: NameSize;
  costs: number[];
}

/** A chart's panel, in pixels. */
interface ChartPanel {
  left: number;
  right: number;
  top: number;
  bottom: number;
  toX: (value: number) => number;
  toY: (value: number) => number;
}

interface ChartBox {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface ChartFilm {
  steps: number[];
  tracks: ChartTrack[];
  readings: [string, number[]][]; // told beside the step
  last: number; // frame
  seconds: number;
  opens: number; // frame
}

// The stage

type ActivationName =
  | "identity" | "step" | "sigmoid" | "tanh" | "relu" | "leaky_relu" | "elu" | "softplus" | "silu"
  | "gelu" | "gelu_tanh";

/** What the last layer's sums become. */
type OutputName = ActivationName | "softmax";

type LossName = "cross_entropy" | "softmax_cross_entropy" | "squared_error";

type FeatureName = "x₁" | "x₂" | "x₁²" | "x₂²" | "x₁x₂" | "sin x₁" | "sin x₂";

type HistoryName = "loss" | "accuracy" | "val_loss" | "val_accuracy";

/** Where the loss on unseen points was lowest, if it has risen since. */
interface FilmOverfitting {
  step: number;
  lowest: number;
}

/** figures.stage.StageFilm */
interface FilmMessage {
  sizes: number[]; // units a layer, inputs first
  activations: ActivationName[]; // one a hidden layer
  inputs: FeatureName[];
  output: "sigmoid" | "softmax" | "identity";
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
  classes: number; // how many; 0 if an answer is any number from low to high
  names: string[]; // of the classes, if a reader gave them names
  diverged_at: number | null;
  whole: boolean; // or it is still in training
  beyond: number; // frames after its end, in which it waits for another film to end
  overfitting: FilmOverfitting | null;
  colours: FilmColours;
  digest: string;
}

/** A network as a reader builds it: its inputs, and the units of each hidden layer. */
interface BuildPlan {
  inputs: FeatureName[];
  units: number[];
}

/** recipes.building: what there is, and what there can be. */
interface Buildable {
  plan: BuildPlan;
  inputs: FeatureName[];
  layers: number; // at most
  units: number; // at most
  usual: number; // units of a first layer
}

/** Where the network on screen stands; without parameters if they are more than a computer can hold. */
interface FilmNow {
  step: number;
  theta: Packed | null; // float64
}

interface StageData extends Place {
  key: string;
  film: FilmMessage;
  trains: boolean;
  keeps: boolean; // does a changed setting go on from here
  built: Buildable | null; // null where the network cannot be built on its drawing
  places: boolean; // can points be placed on it
  at: string; // the moment that the link asks for, "" if it asks for none
  opening: boolean; // it plays once by itself, and says what is what
  guess: GuessOnStage | null; // null where nothing is to be guessed
  fixed: boolean; // weights can be read, and not be changed
  unseen: boolean; // its curves go no further than it has played
}

/** ui.browser.stage.GuessOnStage */
interface GuessOnStage {
  asking: boolean; // the film is its first frame, and plays as soon as this ends
  drawing: "" | Sketched; // what is to be drawn now
  only: boolean; // there are no answers to go back to
  said: string; // the guess, "" as long as there is none
  of: "" | Sketched; // what was drawn
  lines: number[][]; // of that: corners across and up, from 0 to 1
}

/** talks.talk.SKETCHES: on the plane, or on the plot of the loss. */
type Sketched = "boundary" | "loss";

// The race

/** figures.race.Race */
interface RaceMessage {
  films: FilmMessage[]; // two; the left one leads
  names: string[]; // what each has otherwise than the other
  values: string[]; // the same without its name
  colours: string[]; // of their curves
}

interface RaceData extends Place {
  key: string;
  race: RaceMessage;
  big: boolean; // for a projector
  at: string; // the moment that the link asks for, "" if it asks for none
  fixed: boolean; // weights can be read, and not be changed
}

// The sentences of a film, which come and go with it

interface SaidData {
  film: string; // the film's key
}

// What belongs to the whole page

interface TooLargeData {
  box: string; // the key of the container that the box for files is in
  limit: number; // megabytes
  advice: string;
}

interface AddressData {
  said: Record<string, string>; // parameters of the page's address; "" if it is to have none
  now: number; // another one in every run, so that all of them are heard
}

interface AlongData {
  place: number; // of the control's value among all that it can have
  places: number;
  heard: number; // how often Python has been asked to move it
}

interface PageData {
  theme: "light" | "dark" | "";
  big: boolean; // for a projector
  terms: string; // the address of what the terms of captions mean
}

/** What a page adds to its reader's talk. */
interface AddViewData {
  link: string; // the page's
  key: string; // of the talk that this visit added to last, "" before
  title: string; // of that talk
  said: string; // what came of the last one
}

/** A talk of the reader's own, as the browser knows it. */
interface MyTalk {
  key: string; // by which it is changed
  title: string;
  when?: number; // it was worked on last, in milliseconds since 1970
}

interface MyTalksData {
  key: string; // of the talk on the page, "" if there is none
  title: string;
  gone: boolean; // whether it was deleted
}

interface TalkData {
  name: string;
  title: string;
  at: number; // the scene that is on, from 0
  scenes: TalkScene[];
  end: string; // the address to which the talk's end leads
  guess: string; // what was guessed of the scene that is on, "" as long as its question is open
  now: number; // to be told again what the address has to say
  inFile: boolean; // no app is there: no second window, and whoever holds the bar shows the notes
}

/** What the bar sends: the scene, counted from 1, and what was guessed of it. */
interface TalkGuess {
  scene: number;
  guess: string;
}

interface TalkScene {
  title: string;
  caption: string; // for the audience
  notes: string; // for whoever speaks
  link: string; // seen from any page
  ask: string; // before it is shown, "" if nothing is asked
  answers: string[];
  number: number; // the most that can be guessed, 0 if no number is asked for
  of: string; // of what the number is
  sketch: "" | Sketched; // what is drawn on the stage before it is shown
  over: boolean; // the picture is seen meanwhile, as it begins
}

// A talk in a file of its own

/** A part that shows something of a scene, and what it gets; a paper its networks by their keys. */
interface TalkPiece {
  part: string;
  share: number; // of the width
  data: any;
}

/** Test images for the paper. */
interface TalkSamples {
  images: Packed; // uint8: images × side²
  labels: number[];
}

interface SceneInFile {
  title: string;
  caption: string;
  notes: string;
  ask: string; // before it is shown, "" if nothing is asked
  answers: string[];
  number: number; // the most that can be guessed, 0 if no number is asked for
  of: string;
  sketch: "" | Sketched; // what is drawn on the stage before it is shown: its data have what it is `asking` by
  how: string; // to draw it
  over: boolean; // the picture is seen meanwhile, as it begins
  pieces: TalkPiece[];
  said: SaidWords[];
  edited: string; // said once the reader has changed the network, "" where that cannot be
  begins: boolean; // whether its film opens at its beginning, else at its end
  missing: string; // why there is no picture, "" if there is one
  samples: TalkSamples | null;
}

/** ui.offline.file */
interface TalkFile {
  title: string;
  about: string;
  networks: Record<string, NetworkMessage>;
  scenes: SceneInFile[];
}

/** Each part's HTML, and the function that Streamlit calls. */
type TalkParts = Record<string, { html: string; call: (component: Component<any>) => () => void }>;
/** What the speaker's window is told of a talk. */
interface TalkTold {
  title: string;
  scenes: Pick<TalkScene, "title" | "caption" | "notes" | "ask" | "answers">[];
}

/** And of where it is. */
interface TalkPlace {
  at: number; // the scene that is on, from 0
  since: number; // when the stage was loaded, in milliseconds
  began: number; // when the talk began
  came: number; // when this scene came
  asking: boolean; // its question is open
  black: boolean; // the screen is
  step: number; // of a walk, from 1; 0 where there is none
  steps: number;
}

/** From the stage to the speaker's window. */
type FromStage =
  | { talk?: TalkTold; place: TalkPlace }
  | { left: true }; // the talk

/** From the speaker's window to the stage. */
type FromSpeaker =
  | { hello: "all" | "place" } // what is to be told
  | { key: string; shift: boolean } // as if pressed there
  | { go: number }; // to a scene, from 0

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
  slope: string;
}

interface WalkLink {
  id: Id;
  source: Id;
  target: Id;
  label: string;
  slope: string;
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
  anew: boolean;
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
  sample: number; // that is in the drawing at first
  parameter: string;
  big: boolean;
}

// The wall

/** views.mnist.training.wall.WeightWall, with the activation of its units and what an opened one is drawn with */
interface WallMessage {
  layer: number; // which hidden layer, from 1 on
  layers: number;
  side: number; // cells along an edge: pixels, or units of the layer before, row by row
  inputs: number; // how many of them there are
  hidden: number;
  units: number[]; // which of them have a picture
  steps: number[];
  epochs: number[];
  ranges: number[]; // what 127 stands for, at each moment
  limits: number[]; // which byte has the full colour, at each moment
  pictures: Packed; // int8: moments × units × side²
  outgoing: Packed | null; // int8: moments × units × outputs
  outgoingRanges: number[] | null;
  biases: Packed | null; // int8: moments × (hidden + outputs)
  classes: string[]; // what each output stands for
  orders: Record<string, number[]>;
  norms: number[];
  matters: number[];
  colours: Colours;
  activation: ActivationName;
  figure?: string; // Plotly's JSON of an opened unit's weights, blank; none in a file of its own
  script: string; // the address of Plotly's own script
  off?: string; // which units are off, "1.3,1.17"; none in a file of its own
  withoutThem?: string; // what is read without them, as a sentence
}

/** views.mnist.training.unit.OpenedUnit */
interface UnitMessage {
  layer: number;
  unit: number;
  weights: Packed; // float32: inputs
  bias: Packed; // float32: one
  outgoing: Packed | null; // float32: one a class
  tried: number;
  lowest: Packed; // float32, one a moment
  highest: Packed;
  most: number[][]; // places in images, a row a moment
  answers: Packed; // float32, as many
  images: Packed; // uint8: n × side²
  labels: number[];
}

interface WallData extends Place {
  key: string;
  wall: WallMessage;
  opened: number; // the unit that is open, from 1 on; 0 if none is
  details: UnitMessage | null;
  big: boolean;
}

// Many trainings, one of which opens: the lottery, the map, the sweep

interface ManyData extends Place {
  shown: unknown;
  big: boolean;
  opens: boolean; // can anything be opened in it
  leads: boolean; // does an image in it lead to its own view
}

// The lottery

interface LotteryGroup {
  words: string;
  count: number;
}

/** figures.lottery.Lottery; all that is one a start is in the order of the wall */
interface LotteryMessage {
  of: number; // starts in all, trained or not
  groups: LotteryGroup[]; // how they ended, the best first
  to_come: string; // what those that are not trained yet are called
  names: string[]; // one a start
  said: string[]; // one a start
  seeds: number[]; // one a start
  own: number; // which start is the reader's; −1 if none is
  side: number; // of a tile, in samples
  tiles: Packed; // int8: starts × side², −128 where it diverged
  points: number; // of a curve
  curves: Packed; // uint16: starts × points, 65534 at the top, 65535 where it had diverged
  across: number[]; // where a curve's points lie, from 0 to 1
  bars: number[]; // which bar of the histogram, one a start
  counts: number[]; // starts in each bar, the last for those that diverged
  between: string[]; // the losses of each bar, in words; the last is for those that diverged
  losses: number[]; // the heights of some round ones, from 0 to 1
  labels: string[]; // what those are
  last: number; // step
  colours: Colours;
  kinds: string[]; // the colours of more classes than two
}

interface LotteryData extends ManyData {
  shown: LotteryMessage;
}

// A grid of two settings

interface CellsSide {
  label: string;
  values: string[];
}

interface CellsGrid {
  across: CellsSide;
  up: CellsSide;
}

// The map

interface MapCell {
  fill: number | null; // how dark it is, from 0 to 1
  hatched: number; // the share of its starts that diverged
  trained: number; // starts
  text: string; // on it
  said: string;
}

/** What the colours say: the name, and what the palest and the darkest stand for. */
interface MapScale {
  name: string;
  least: string;
  most: string;
}

/** figures.map.SettingsMap; cells row by row from the bottom, each from the left */
interface MapMessage extends CellsGrid {
  cells: MapCell[];
  of: number; // starts of each cell, trained or not
  own: number; // which cell is the reader's; −1 if none is
  scale: MapScale;
}

interface MapData extends ManyData {
  shown: MapMessage;
}

// The sweep

interface SweepFilm {
  name: string;
  tiles: Packed; // deflated int8: frames × side², each frame less the one before; "" if to come
  reads: Packed; // float32, one a frame: the share that is right, else the loss
  ended: string;
  last: number; // step, after which it stands still
}

/** figures.sweep.Sweep; films row by row from the bottom, each from the left */
interface SweepMessage extends CellsGrid {
  steps: number[]; // one a frame
  side: number; // of a tile, in samples
  films: SweepFilm[];
  own: number; // which film is the reader's; −1 if none is
  points: Packed; // float32: x1, x2, t of each; none if they differ from film to film
  left: number;
  right: number;
  classes: boolean;
  colours: Colours;
  kinds: string[]; // the colours of more classes than two
}

interface SweepData extends ManyData {
  shown: SweepMessage;
}

// The pad

/** A network as the pad reads with it: views.mnist.training.networks */
interface NetworkMessage {
  key: string;
  sizes: number[]; // units a layer, inputs first
  activation: ActivationName;
  theta: Packed; // float32; with scales int8, in units of its layer's scale / 127
  scales: number[] | null; // one a layer
  half?: boolean; // whether theta is float16, in a file
  trust: TrustMessage | null; // how far it is to be believed, if that was measured
}

/** recipes.trust.Trust */
interface TrustMessage {
  means: Packed; // float16: classes × pixels
  ways: Packed; // float16: classes × ways × pixels
  tooStrange: number;
  sureFrom: number;
}

interface PadReader {
  name: string; // "" where there is one only
  network: string; // its key; "" if it is not to be had
  walled: boolean; // whether the wall shows this network
  answer: string;
  probabilities: (number | null)[];
  classes: string[]; // what each of them stands for
}

interface PadData extends Place {
  seen: Packed; // uint8: side²; empty if there is nothing on the paper
  side: number;
  readers: PadReader[];
  networks: NetworkMessage[]; // that the pad has asked for
  unsure: number;
  second: number; // a second class at least so likely is worth naming
  orElse: number; // the same of a network of which it is known how far to believe it
  sample: number; // which test digit, from 1 on; 0 for a drawing
  strokes: number[][]; // x, y, x, y, … in 1023rds of the paper
  thing: "digit" | "image";
  big: boolean;
  large: boolean; // it has all of the page's width
}

// One thing to try next

interface TryThisData {
  what: string;
  why: string;
  link: string;
  here: boolean; // whether it opens the page that is here already
}

// A training on digits, saved as a file

/** ui.browser.mnist.digits_as_html */
interface DigitsFile {
  wall: WallMessage;
  images: Packed; // uint8: test images × side²
  labels: number[]; // which class each of them is
  unsure: number; // an answer less likely than that is no answer
  second: number; // a second class at least so likely is worth naming
  orElse: number; // the same of a network of which it is known how far to believe it
  big: boolean;
}

// What looks into a trained network

/** Moments of training that can be asked for, by their steps, the latest as −1; `at` is shown. */
interface MomentsMessage {
  moments: number[];
  epochs: number[];
  at: number;
}

interface MistakenImage {
  number: number; // from 1 on
  label: number;
  said: number;
  sure: string;
}

/** Answers whose probability lies between two bounds: recipes.mistakes.Reliability */
interface ReliabilityBin {
  low: number;
  high: number;
  count: number;
  sure: number; // on average
  right: number; // the share of them
}

/** What is taken for what. */
interface ConfusionMessage extends MomentsMessage {
  classes: string[];
  counts: number[][]; // what an image is, what it is taken for
}

/** A row and a column of it. */
interface ConfusionCell {
  truth: number;
  guess: number;
}

/** figures.mistakes.Mistakes */
interface MistakesMessage extends ConfusionMessage {
  truth: number; // −1 any
  guess: number; // −1 any
  heading: string;
  many: number; // images of which some are shown
  side: number;
  images: Packed; // uint8
  shown: MistakenImage[];
  believed: ReliabilityBin[];
}

interface MistakesData extends ManyData {
  shown: MistakesMessage;
}

/** A part of a sum: what a unit before it adds. */
interface ThroughRow {
  unit: number; // from 0 on
  sum: number; // its own
  value: number; // what it answers
  weight: number;
  adds: number;
}

/** A step of a waterfall, which begins where the one before has ended. */
interface ThroughStep {
  name: string;
  adds: number;
  from: number;
  to: number;
  row?: ThroughRow;
  text?: string; // what it adds, where that is written with as many digits as the others
}

/** figures.turned.turned_message: a few pixels that turn the answer */
interface TurnedMessage {
  title: string; // or why there are none
  pixels: number[]; // which ones, in reading order; none if none were found
  change: Packed; // float32: what was added to each pixel of the image
  image: Packed; // uint8, with the change
  words: string[]; // below the three pictures
}

/** figures.through.ThroughPicture */
interface ThroughMessage extends MomentsMessage {
  classes: string[];
  number: number; // of the image, from 1 on; 0 of a drawing
  of: number;
  drawn: boolean; // whether there is a drawing
  nextMistake: number; // 0 if there is none
  side: number;
  image: Packed; // uint8
  label: number; // −1 of a drawing
  scores: number[];
  shares: string[];
  probabilities: number[];
  score: number; // the class whose score it is about
  layers: number; // dense ones
  layer: number; // of the opened sum, from 0 on
  unit: number;
  activation: string;
  bias: number;
  total: number;
  answer: number | null; // what the opened unit makes of it; null of a score
  ink: string[]; // of a sum of pixels: ink for it, against it, the bias, what they come to
  rows: ThroughRow[]; // none where pixels are summed up
  pictured: Packed; // float32, pixels × weights of the first rows
  products: Packed; // float32, of the opened unit, where pixels are summed up
  weights: Packed; // float32, the same
  gradient: Packed; // float32, of the score
  turned: TurnedMessage | null; // if that is opened, and not a sum
  colours: Colours;
}

interface ThroughData extends ManyData {
  shown: ThroughMessage;
}

/** A hidden unit that can be switched off. */
interface SwitchedUnit {
  unit: number; // from 0 on
  more: number; // images that are read right without it alone, less those with all on
  tile: number; // its picture, −1 if it has none
}

interface AskedAnswer {
  said: number;
  sure: string;
}

/** An image, and what it is read as with all units on and without those that are off. */
interface AskedMessage {
  name: string;
  side: number;
  image: Packed; // uint8
  before: AskedAnswer;
  now: AskedAnswer;
}

/** figures.units.UnitsPicture */
interface UnitsMessage extends ConfusionMessage {
  layers: number;
  layer: number; // from 1 on
  units: SwitchedUnit[]; // least damage first
  side: number;
  tiles: Packed; // int8, side² each
  full: number; // from which size on a weight has the full colour
  tried: number; // images, of which each unit was tried
  together: number[]; // of them read right without the first so many of the units
  spare: number; // how many of those it can do without
  written: string; // which are off, as the link has it
  off: number[][]; // layer and unit of each, both from 1 on
  before: number[][]; // as counts, with all units on
  asked: AskedMessage;
  colours: Colours;
}

interface UnitsData extends ManyData {
  shown: UnitsMessage;
}

/** A hidden unit, and how long its weights and their gradient are. */
interface GradientUnit {
  unit: number; // from 0 on
  weights: number;
  gradient: number | null; // null if it is not finite
}

interface LengthLine {
  name: string;
  colour: string;
  lengths: (number | null)[]; // one a moment
}

/** figures.unit_gradients.UnitGradients */
interface GradientsMessage extends MomentsMessage {
  layers: number; // hidden ones
  layer: number; // from 1 on
  units: number;
  shown: GradientUnit[]; // the longest gradient first
  side: number;
  weights: Packed; // int8, side² each
  gradients: Packed; // int8, side² each
  weightsTo: number; // from which size on a weight has the full colour
  gradientsTo: number;
  batch: number; // of test images, from 1 on; 0 is the next one of the run's own order
  batches: number;
  own: boolean; // whether there is such a one
  named: string;
  lines: LengthLine[];
  fixed: number; // images on which the lengths are found
  stuck: string[]; // of each hidden layer
  colours: Colours;
}

interface GradientsData extends ManyData {
  shown: GradientsMessage;
}

/** figures.space.SpacePicture */
interface SpaceMessage extends MomentsMessage {
  classes: string[];
  marks: string[]; // what stands for a point of each class
  colours: string[]; // one a class
  labels: Packed; // uint8, the class of each point
  places: Packed; // int16: across, up, of each point at each moment
  drawn: number[][] | null; // the same of what the reader drew, one place a moment
  low: number[]; // the least of all places across and up
  high: number[];
  counts: number[]; // points of each class
  own: number[]; // those whose nearest is of their own class, at the moment that was asked for
  shares: string[]; // of the spread that each direction keeps
  layer: number; // from 1 on
  layers: number; // hidden ones
}

interface SpaceData extends ManyData {
  shown: SpaceMessage;
}

/** A run that this browser has seen: ui/browser/shared/seen.js */
interface SeenRun {
  run: string; // its name
  settings: Record<string, string>; // in words
  at: number; // when it was seen last, in milliseconds
}

interface SeenData {
  run: string;
  settings: Record<string, string>;
}

interface BeforeImage {
  number: number; // from 1 on
  label: number;
  said: number[]; // by the first, and by the second
  sure: string[];
}

/** figures.before_after.Images */
interface BeforeImages {
  heading: string;
  pixels: Packed; // uint8
  images: BeforeImage[];
}

/** figures.before_after.Pair */
interface BeforePair {
  counts: number[]; // images of each class
  right: number[][]; // of each class, read right by the first, and by the second
  side: number;
  gained: BeforeImages;
  lost: BeforeImages;
  units: number[][]; // that are shown of both, from 0 on
  weights: Packed[]; // int8 of both, and of their difference if there is one
  full: number; // the weight that 127 stands for
}

/** figures.before_after.BeforeAfter */
interface BeforeMessage {
  classes: string[];
  names: string[]; // of the first and the second
  other: string; // which run the first is of, "" of the same
  gone: boolean; // whether that one is not here any more
  choices: Record<string, string>; // what can be the first, beside the runs this browser has seen
  run: string; // the name of the second's, "" of a recording
  settings: Record<string, string>; // of the second's run, in words
  truth: number; // the class whose images are shown, −1 any
  pair: BeforePair | null; // null where there is nothing to set beside each other
  first: MomentsMessage;
  second: MomentsMessage;
  colours: Colours;
}

interface BeforeData extends ManyData {
  shown: BeforeMessage;
}
