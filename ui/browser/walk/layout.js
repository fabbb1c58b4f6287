// @ts-check
// Where everything of the drawing is: every node, and the words on nodes and lines. From what a walk
// says and the room there is to places and words, and nothing else: nothing is drawn here.

import { isNumber, shown } from "./words.js";

// All in letters' heights.
const BELOW = 1.7; // a gradient below a circle
const ABOVE = 1.6; // a name above it
const LEAST = 1.25; // half a number
const BOX = 0.8; // half a box that holds a line
const LINE = 1.05; // from one line of words to the next
const ROW_LEAST = { page: 3, projector: 2.42 }; // the least from a node to the one below it: two lines
const GAP_LEAST = { page: 0.7, projector: 0.45 }; // of what two columns would like to have between them
const MARGIN = 4; // pixels, left and right

// How wide words are, in letters of the drawing; a guess is good enough to leave room.
/** @param {string} words */
export const ems = (words) => 0.5 * words.length;

/** @param {WalkNode[]} nodes */
function rowsOf(nodes) {
  const rows = nodes.map((n) => n.row), top = Math.min(...rows);
  return { top, count: Math.max(...rows) - top + 1 };
}

// The smallest size at which a walk's drawing can be read.
/** @param {Drawn} walk */
export function leastOf(walk) {
  const { message: { nodes }, size, big } = walk, where = big ? "projector" : "page";
  // Below a circle its gradient comes before the box that stands there.
  const below = nodes.flatMap((circle) => (circle.box ? [] : nodes)
    .filter((n) => n.box && n.column === circle.column).map((n) => Math.abs(n.row - circle.row)));
  const row = Math.max(ROW_LEAST[where], (LEAST + BELOW + BOX) / Math.min(...below));
  const height = rowsOf(nodes).count * size * row;
  const { halves, needs } = columnsOf(walk, shapesOf(walk, height));
  const width = 2 * MARGIN + 2 * sum(halves) + GAP_LEAST[where] * sum(needs) * size;
  return { width: Math.ceil(width), height: Math.ceil(height) };
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

// Where every node is, and its shape: columns from left to right, with more room between two where
// links with numbers lead.
/** @param {Drawn} walk @param {number} width @param {number} height @returns {Record<Id, NodePlace>} */
export function placeNodes(walk, width, height) {
  const places = shapesOf(walk, height), { columns, halves, needs } = columnsOf(walk, places);
  const left = width - 2 * MARGIN - 2 * sum(halves), all = sum(needs) || 1;
  let x = MARGIN;
  columns.forEach((c, k) => {
    x += halves[k];
    for (const { id } of walk.message.nodes.filter((n) => n.column === c)) places[id].x = x;
    x += halves[k] + (left * (needs[k] ?? 0)) / all;
  });
  return places;
}

// A circle has its name above and its gradient below it; where circles stand too close for that,
// each becomes a pill that holds all its words.
/** @param {Drawn} walk @param {number} height @returns {Record<Id, NodePlace>} */
function shapesOf({ size, big, digits, steps, message: { nodes } }, height) {
  const { top, count } = rowsOf(nodes), pitch = height / count;
  const tight = pitch < 5 * size, places = {};
  const graded = new Set(steps.flatMap((step) => Object.keys(step.gradients)));
  for (const node of nodes) {
    const { id, label, column, row, box } = node;
    const y = pitch * (row - top + 0.5), others = nodes.filter((n) => n.column === column && n.id !== id);
    const room = Math.min(...others.map((n) => pitch * Math.abs(n.row - row)), height);
    const circles = others.some((n) => !n.box);
    const fitting = circles ? (room - (ABOVE + BELOW) * size) / 2 : Math.min(room - (BOX + BELOW) * size, y - ABOVE * size);
    const pill = !box && circles && fitting < LEAST * size, crowded = graded.has(id) && 0.52 * room < (ABOVE + BELOW) * size;
    const inside = pill || (box && (tight || crowded));
    const radius = box ? Math.min(2.05 * size, 0.3 * room, (y - ABOVE * size) / 0.8) : Math.max(Math.min((tight ? 1.35 : 2.05) * size, fitting), LEAST * size);
    const double = inside && graded.has(id);
    const many = inside ? digits - 1 : digits;
    const values = steps.filter((step) => id in step.values)
      .map((step) => ems(inside || box ? shown(step.values[id], many) : inCircle(step.values[id], many, (2 * radius) / size)));
    const slopes = steps.filter((step) => id in step.gradients).map((step) => ems(slopeWords(node, step.gradients[id], many, inside || big)));
    const value = Math.max(...values, 0), slope = Math.max(...slopes, 0), name = ems(label);
    const longest = name + 0.5 + value; // on one line
    const wide = Math.max(double ? (big ? 2.5 : 3) : 0, longest / 2 + 0.35, slope / 2 + 0.35);
    const half = inside
      ? { width: wide * size, height: (double ? 1.1 : 0.75) * size }
      : { width: radius, height: box ? 0.8 * radius : radius };
    const words = inside ? half.width : Math.max(half.width, (Math.max(name, value, slope) / 2) * size);
    places[id] = { x: 0, y, radius, half, words, box, pill, inside, double, room, tight, pitch };
  }
  return places;
}

// All columns: half the width of each, and how much room it would like to have before the next.
/** @param {Drawn} walk @param {Record<Id, NodePlace>} places */
function columnsOf({ message: { nodes, links }, size, steps }, places) {
  const columns = [...new Set(nodes.map((n) => n.column))].sort((a, b) => a - b);
  const columnOf = columnsById(nodes);
  const halves = columns.map((c) => {
    const all = nodes.filter((n) => n.column === c), circles = all.filter((n) => !n.box); // a box below may stick out
    return Math.max(...(circles.length ? circles : all).map((n) => places[n.id].words));
  });
  const numbered = links.filter(({ id }) => steps.some((step) => id in step.values || id in step.gradients));
  const needs = columns.slice(1).map((c, k) => {
    const between = numbered.filter(({ source, target }) => columnOf[source] <= columns[k] && columnOf[target] >= c);
    return Math.max(1.8, ...between.map((link) => {
      const { n, crossing } = crossingOf(links, columnOf, link), { pitch } = places[link.source];
      if (crossing && !hasRungs(pitch, size, n)) return 2.6; // no number will stand there
      return 3.6 + (link.label.length > 3 ? 0 : ems(link.label));
    }));
  });
  return { columns, halves, needs };
}

/** @param {WalkNode[]} nodes @returns {Record<Id, number>} */
const columnsById = (nodes) => Object.fromEntries(nodes.map((n) => [n.id, n.column]));

// How many links leave a link's source, and whether links of others cross them.
/** @param {WalkLink[]} links @param {Record<Id, number>} columnOf @param {WalkLink} link */
function crossingOf(links, columnOf, { source }) {
  const n = links.filter((other) => other.source === source).length;
  const crowd = links.filter((other) => columnOf[other.source] === columnOf[source]).length;
  return { n, crowd, crossing: n > 1 && crowd > n };
}

// Where n links leave each of several nodes, whether a number fits on each.
/** @param {number} pitch @param {number} size @param {number} n */
const hasRungs = (pitch, size, n) => pitch >= 1.25 * size * (n + 1);

// The ends of a link, at the edges of its nodes.
/** @param {NodePlace} a @param {NodePlace} b */
export function endsOf(a, b) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1, ux = (b.x - a.x) / length, uy = (b.y - a.y) / length;
  const from = a.box || a.pill ? { x: a.x + a.half.width, y: a.y } : { x: a.x + ux * a.radius, y: a.y + uy * a.radius };
  const to = b.box || b.pill ? { x: b.x - b.half.width, y: b.y } : { x: b.x - ux * b.radius, y: b.y - uy * b.radius };
  return { from, to, ux, uy };
}

// A gradient by its name: ∂L/∂z in full, or, where there is less room, ∂z.
/** @param {WalkNode | WalkLink} of @param {Sendable} gradient @param {number} digits @param {boolean} short */
function slopeWords({ slope }, gradient, digits, short) {
  return `${short ? slope.replace(/^∂.*\/∂/, "∂") : slope} ${shown(gradient, digits)}`;
}

// A number as it fits into a circle so many letters wide: if it has a power of ten it may be too long;
// then it has fewer digits, or, if it is tiny, is about 0. The node's own note has all its digits.
/** @param {Sendable} value @param {number} digits @param {number} wide */
export function inCircle(value, digits, wide) {
  const all = shown(value, digits);
  if (!isNumber(value) || !all.includes("×") || ems(all) <= wide) return all;
  return Math.abs(value) < 1 ? "≈ 0" : shown(value, 1);
}

// The words of a node: its name above, the value in it, the gradient below; or all of it inside, on
// two lines.
/** @param {Walk} walk @param {WalkNode} node @param {NodePlace} place @returns {Words[]} */
export function nodeWords({ known, digits, size, big }, node, { x, y, radius, half, inside, double, box }) {
  const value = known.values[node.id], gradient = known.gradients[node.id], few = digits - 1;
  const looks = value === undefined ? "gw-label gw-quiet" : "gw-label";
  /** @type {Words[]} */
  const words = [];
  const line = (text, kind, at) => words.push({ text, looks: kind, x, y: at });
  if (!inside) {
    const edge = box ? half.height : radius;
    line(node.label, looks, y - edge - 1.05 * size);
    if (value !== undefined) line(box ? shown(value, digits) : inCircle(value, digits, (2 * radius) / size), "", y);
    if (gradient !== undefined) line(slopeWords(node, gradient, digits, big), "gw-slope", y + edge + 1.1 * size);
    return words;
  }
  const named = `${node.label} ${value === undefined ? "" : shown(value, few)}`.trim();
  const slope = gradient === undefined ? "" : slopeWords(node, gradient, few, true);
  line(named, looks, double && slope ? y - (LINE / 2) * size : y);
  if (slope) line(slope, "gw-slope", y + (LINE / 2) * size);
  return words;
}

// The words on all links, none on a node, on another's words, or outside. What a step speaks of
// comes first; what finds no place is said when its line is touched. Links that lead to one column say
// as much as each other, if that can be, else at least those that lead to one node.
/** @param {Walk} walk @returns {Record<Id, Words[]>} */
export function allLinkWords(walk) {
  const { message: { nodes, links }, known: { lit }, touched } = walk, taken = nodeBoxes(walk), found = {};
  const rank = ({ id }) => (id === touched ? 0 : lit.has(id) ? 1 : 2);
  const place = (link, version) => {
    const words = linkWords(walk, link, taken, link.id === touched, version);
    taken.push(...words.map((line) => boxOf(line, walk.size)));
    found[link.id] = words;
    return words.length > 0;
  };
  const together = (group) => {
    const before = taken.length;
    const alike = group.length > 1 && [0, 1, 2, 3, 4, 5].some((version) => {
      taken.length = before;
      return group.every((link) => place(link, version));
    });
    if (!alike) taken.length = before;
    return alike;
  };
  const columnOf = columnsById(nodes), sorted = [...links].sort((a, b) => rank(a) - rank(b));
  for (const column of groupsBy(sorted, (link) => `${rank(link)} ${columnOf[link.target]}`)) {
    if (together(column)) continue;
    for (const group of groupsBy(column, ({ target }) => target)) if (!together(group)) group.forEach((link) => place(link));
  }
  return found;
}

/** @template T @param {T[]} all @param {(one: T) => string} name @returns {T[][]} */
function groupsBy(all, name) {
  const groups = {};
  for (const one of all) (groups[name(one)] ??= []).push(one);
  return Object.values(groups);
}

// The words on one link, which is asked for by touch or pointer.
/** @param {Walk} walk @param {WalkLink} link @param {Record<Id, Words[]>} others @returns {Words[]} */
export function askedWords(walk, link, others) {
  const beside = Object.entries(others).filter(([id]) => id !== link.id).flatMap(([, words]) => words);
  const taken = [...nodeBoxes(walk), ...beside.map((line) => boxOf(line, walk.size))];
  return linkWords(walk, link, taken, true);
}

/** @param {Walk} walk @returns {Rectangle[]} */
function nodeBoxes(walk) {
  const { message: { nodes }, places, size } = walk;
  return nodes.flatMap((node) => {
    const place = places[node.id], { x, y, half } = place;
    const words = nodeWords(walk, node, place).map((line) => boxOf(line, size));
    const body = { x: x - half.width, y: y - half.height, width: 2 * half.width, height: 2 * half.height };
    const lock = walk.known.locks.has(node.id) ? [lockBox(place, size)] : [];
    return [body, ...lock, ...words];
  });
}

// Where a saturated unit's padlock is: at its lower right, a pill's at its end.
/** @param {NodePlace} place @param {number} size @returns {XY} */
export function lockSpot({ x, y, radius, half, pill }, size) {
  const off = 0.71 * (radius + 0.45 * size);
  return pill ? { x: x + half.width, y: y - half.height + 0.3 * size } : { x: x + off, y: y + off };
}

/** @param {NodePlace} place @param {number} size @returns {Rectangle} */
function lockBox(place, size) {
  const { x, y } = lockSpot(place, size), r = 0.72 * size;
  return { x: x - r, y: y - r, width: 2 * r, height: 2 * r };
}

/** @param {Words} words @param {number} size @returns {Rectangle} */
export function boxOf({ text, x, y }, size) {
  const width = ems(text) * 1.04 * size;
  return { x: x - width / 2, y: y - 0.5 * LINE * size, width, height: LINE * size };
}

/** @param {Rectangle} a @param {Rectangle} b */
const overlap = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

// Where a link's numbers could stand, the best place first: in the middle, or where many lines
// leave, on a ladder near their source.
const ELSEWHERE = [0.3, 0.36, 0.42, 0.5, 0.58, 0.64, 0.7, 0.76, 0.2];

/**
 * @param {Walk} walk
 * @param {WalkLink} link
 * @param {Rectangle[]} taken
 * @param {boolean} asked
 * @param {number} [version] the only one to try
 * @returns {Words[]}
 */
function linkWords(walk, link, taken, asked, version) {
  const { size, places, width, height, message: { nodes, links }, known: { values, gradients, lit } } = walk;
  const { pitch } = places[link.source], value = values[link.id], gradient = gradients[link.id];
  if (value === undefined && gradient === undefined) return [];
  const { n, crowd, crossing } = crossingOf(links, columnsById(nodes), link);
  if (crossing && !asked && !(lit.has(link.id) && hasRungs(pitch, size, n))) return [];
  const { from, to } = endsOf(places[link.source], places[link.target]), gap = to.x - from.x - 4;
  const all = versionsOf(walk, link, asked || !crossing);
  const versions = version === undefined ? all : all.slice(version, version + 1);
  if (!versions.length) return [];
  const wide = Math.max(...versions[0].map(([text]) => ems(text))) * size > 0.75 * gap; // stands in the middle
  const peers = links.filter((other) => other.source === link.source);
  const best = crossing ? 1 / (n + 1)
    : n > 1 ? 0.24 + (0.3 * peers.indexOf(link)) / (n - 1) : crowd > 1 && !wide ? 0.4 : 0.5;
  const end = (id, edge) => (crossing && !places[id].box && !places[id].pill ? places[id] : edge);
  const a = end(link.source, from), b = end(link.target, to); // between middles rungs lie evenly
  const at = (lines, share) => lines.map(([text, looks], k) => ({
    text, looks, x: a.x + (b.x - a.x) * share,
    y: a.y + (b.y - a.y) * share + (k - (lines.length - 1) / 2) * LINE * size,
  }));
  const free = (words) => words.map((line) => boxOf(line, size)).every((box) =>
    box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height && !taken.some((other) => overlap(box, other)));
  for (const lines of versions) {
    if (!asked && lines.length > 1 && crowd > 1 && (1 - best) * pitch < 2.4 * size) continue;
    const share = [best, ...ELSEWHERE].find((one) => free(at(lines, one)));
    if (share !== undefined) return at(lines, share);
  }
  return asked ? at(versions[0], best) : [];
}

// What can be said on a link, from everything to the least: value and gradient, with its name and all
// digits; then what the step is about alone.
/** @param {Walk} walk @param {WalkLink} link @param {boolean} both @returns {Line[][]} */
function versionsOf({ digits, known: { values, gradients, back } }, link, both) {
  const value = values[link.id], gradient = gradients[link.id], few = digits - 1;
  /** @type {(name: string, number: Sendable, many: number) => string} */
  const say = (name, number, many) => `${name} ${shown(number, many)}`.trim();
  /** @type {Line[]} */
  const valued = value === undefined ? [] : [[link.label, digits], [link.label, few], ["", digits], ["", few]]
    .map(([name, many]) => [say(String(name), value, Number(many)), "gw-label"]);
  /** @type {Line[]} */
  const sloped = gradient === undefined ? [] : [digits, few].map((many) => [slopeWords(link, gradient, many, true), "gw-slope"]);
  const pairs = both && valued.length && sloped.length
    ? valued.map((line, k) => [line, sloped[Math.min(k, 1)]]) : [];
  const single = (back && sloped.length ? sloped : valued.length ? valued : sloped).map((line) => [line]);
  return [...pairs, ...single];
}
