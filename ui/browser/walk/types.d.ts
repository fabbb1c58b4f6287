// What the walk's modules hand to each other.

type Walk = import("./walk.js").Walk;

/** All that the reader may see at a step. */
interface Known {
  until: number; // the last step that is revealed
  values: Record<Id, Sendable>;
  gradients: Record<Id, Sendable>;
  notes: Record<Id, string[]>;
  locks: Set<Id>;
  lit: Set<Id>;
  back: boolean;
}

/** Where a node is, in pixels, and its shape. */
interface NodePlace {
  x: number;
  y: number;
  radius: number;
  half: { width: number; height: number };
  words: number; // half the width of the widest of its words, its shape included
  box: boolean;
  pill: boolean;
  inside: boolean; // are its words
  double: boolean; // are they on two lines
  room: number;
  tight: boolean;
  pitch: number;
}

/** What a full width stands for. */
interface Largest {
  node: number;
  link: number;
  slope: number;
}

/** Words and the class of their looks. */
type Line = [words: string, looks: string];

/** A line of words, and where its middle is. */
interface Words {
  text: string;
  looks: string;
  x: number;
  y: number;
}

/** What the drawing's layout follows from, besides the room. */
interface Drawn {
  message: { nodes: WalkNode[]; links: WalkLink[] };
  steps: WalkStep[];
  size: number; // of the letters, in pixels
  big: boolean;
  digits: number;
}

interface WalkMemory {
  step: number;
  sample: number;
  start: number | null;
  opens: number; // the sample that it opened with
}

interface XY {
  x: number;
  y: number;
}
