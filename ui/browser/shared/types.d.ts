// What is seen of a part, as it is taken along: shared/shapes.js. All in pixels of the page.

/** What every shape has. */
interface SeenShape {
  clip: PartPlace | null; // what shows of it
  opacity: number;
}

interface OutlineShape extends SeenShape {
  kind: "outline";
  d: string; // its path
  units?: { a: number; b: number; c: number; d: number; e: number; f: number }; // of the path
  fill: string;
  fillOpacity?: number;
  stroke: string;
  strokeOpacity?: number;
  thick: number;
  dash: string;
  cap: string;
  join: string;
  along?: Gradient; // instead of a fill
}

/** Colours from left to right, each at its share of the way. */
interface Gradient {
  from: number;
  to: number;
  stops: { colour: string; at: number }[];
}

interface WordsShape extends SeenShape {
  kind: "words";
  words: string;
  font: string; // as CSS has it
  x: number; // where they begin, on their line
  y: number;
  width: number;
  fill: string;
  turned: boolean; // upward
  halo?: { stroke: string; thick: number };
  link?: string;
}

interface ImageShape extends SeenShape {
  kind: "image";
  image: HTMLCanvasElement | HTMLImageElement;
  place: PartPlace;
  pixelated: boolean;
}

/** What Plotly drew, as an SVG's text. */
interface DrawingShape extends SeenShape {
  kind: "drawing";
  svg: string;
  place: PartPlace;
}

type Shape = OutlineShape | WordsShape | ImageShape | DrawingShape;

interface Shapes {
  shapes: Shape[];
  width: number;
  height: number;
}

interface Visiting {
  shapes: Shape[];
  reach: { bottom: number }; // how far down it goes so far
  left: number; // of the picture on the screen
  top: number;
  clip: PartPlace | null;
  opacity: number;
}

interface Visited extends Visiting {
  seen: boolean;
  style: CSSStyleDeclaration;
}

/** A picture with what is said below it. */
interface PictureSheet extends Shapes {
  title: string;
  caption: string;
  link: string; // "" where there is no address to come back to
}

/** How a menu says how far it is; with `stop` it offers to stop. */
interface MenuVoice {
  say: (words: string, stop?: () => void) => void;
}

/** What plays, for whoever records it. */
interface Playable {
  last: number; // frame, from 0 on
  at: number; // the frame on screen
  rate: number; // frames a second
  goTo: (frame: number) => unknown;
}

/** What a part offers to be taken along. */
interface TakenAlong {
  title: () => string;
  redraw: () => void; // all of it, as fine as sharp.js says
  plays?: () => Playable | null;
  shapes?: (format: "png" | "svg", pixels: number, room: number) => Promise<Shapes>; // else what is seen of its element
}

/** A frame of a WebM: when it comes in seconds, and whether it is whole by itself. */
interface EncodedFrame {
  at: number;
  key: boolean;
  bytes: Uint8Array;
}

interface EncodedFilm {
  codec: string;
  width: number;
  height: number;
  seconds: number;
  words: Record<string, string>;
}
