// @ts-check
// The drawn network: sign by colour, size by width, a lock on what is saturated.

import { isNumber, shown } from "./words.js";

const THINNEST = 1.2;

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {string} [text]
 */
function svg(tag, attributes = {}, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in attributes) made.setAttribute(name, String(attributes[name]));
  made.textContent = text;
  return made;
}

// How wide words are, in letters of the drawing; a guess is good enough to leave room.
/** @param {string} words */
const ems = (words) => 0.5 * words.length;
// In letters: a gradient, a name, half a number.
const BELOW = 1.7;
const ABOVE = 1.6;
const LEAST = 1.25;

// Where every node is, in pixels, and its shape. A circle has its name above and its gradient below
// it; where circles stand too close for that, each becomes a pill that holds all its words.
/** @param {Walk} walk @param {number} width @param {number} height */
export function placeNodes(walk, width, height) {
  const { size, big, digits, steps, message: { nodes } } = walk, rows = nodes.map((n) => n.row);
  const top = Math.min(...rows), pitch = height / (Math.max(...rows) - top + 1);
  const tight = pitch < 5 * size, places = {};
  const graded = new Set(steps.flatMap((step) => Object.keys(step.gradients)));
  for (const { id, label, column, row, box } of nodes) {
    const y = pitch * (row - top + 0.5), others = nodes.filter((n) => n.column === column && n.id !== id);
    const room = Math.min(...others.map((n) => pitch * Math.abs(n.row - row)), height);
    const circles = others.some((n) => !n.box);
    const fitting = circles ? (room - (ABOVE + BELOW) * size) / 2 : Math.min(room - (0.8 + BELOW) * size, y - ABOVE * size);
    const pill = !box && circles && fitting < LEAST * size, crowded = graded.has(id) && 0.52 * room < (ABOVE + BELOW) * size;
    const inside = pill || (box && (tight || crowded));
    const radius = box ? Math.min(2.05 * size, 0.3 * room) : Math.max(Math.min((tight ? 1.35 : 2.05) * size, fitting), LEAST * size);
    const double = inside && graded.has(id) && room >= 2.4 * size; // room for a second line
    const values = steps.filter((step) => id in step.values).map((step) => `${shown(step.values[id], digits - 1)}`);
    const longest = ems(`${label} `) + Math.max(...values.map(ems), 0); // on one line
    const wide = double ? (big ? 2.5 : 3) : graded.has(id) ? ems(label) / 2 + 2.5 : longest / 2 + 0.35;
    const half = inside
      ? { width: wide * size, height: (double ? 1.1 : 0.75) * size }
      : { width: radius, height: box ? 0.8 * radius : radius };
    places[id] = { y, radius, half, box, pill, inside, double, room, tight, pitch };
  }
  walk.columnOf = Object.fromEntries(nodes.map((n) => [n.id, n.column]));
  spread(walk, places, width);
  return places;
}

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

// Columns from left to right, with more room between two where links with numbers lead.
/** @param {Walk} walk @param {Record<Id, NodePlace>} places @param {number} width */
function spread({ message: { nodes, links }, columnOf, size, steps }, places, width) {
  const columns = [...new Set(nodes.map((n) => n.column))].sort((a, b) => a - b);
  const halves = columns.map((c) => {
    const all = nodes.filter((n) => n.column === c), circles = all.filter((n) => !n.box); // a box below may stick out
    return Math.max(...(circles.length ? circles : all).map((n) => places[n.id].half.width));
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
  const left = width - 8 - 2 * halves.reduce((a, b) => a + b, 0), all = needs.reduce((a, b) => a + b, 0) || 1;
  let x = 4;
  columns.forEach((c, k) => {
    x += halves[k];
    for (const { id } of nodes.filter((n) => n.column === c)) places[id].x = x;
    x += halves[k] + (left * (needs[k] ?? 0)) / all;
  });
}

// What a full width stands for: the largest of these in these steps.
/** @param {WalkStep[]} steps @param {string} kind @param {Set<Id>} ids */
export function largestOf(steps, kind, ids) {
  const sizes = steps.flatMap((step) => Object.entries(step[kind]))
    .filter(([id, value]) => ids.has(id) && isNumber(value)).map(([, value]) => Math.abs(value));
  return Math.max(...sizes, 1e-300);
}

/** @param {Walk} walk @param {Sendable} value */
const colourOf = (walk, value) =>
  !isNumber(value) || value === 0 ? "var(--st-border-color)" : walk.colours[value < 0 ? "negative" : "positive"];
/** @param {Sendable} value @param {number} largest @param {number} most */
const widthOf = (value, largest, most) =>
  isNumber(value) ? THINNEST + (most - THINNEST) * Math.min(1, Math.abs(value) / largest) : THINNEST;

/** @param {Walk} walk */
export function drawNetwork(walk) {
  const { drawing, message, places } = walk;
  const links = message.links.map((link) => drawLink(walk, link));
  const nodes = message.nodes.map((node) => drawNode(walk, node, places[node.id]));
  const labels = links.map((parts) => parts.label).filter(Boolean);
  drawing.replaceChildren(...links.map((parts) => parts.line), ...labels, ...nodes);
  ground(labels);
}

// A ground under the words of labels, so that no line strikes them through.
/** @param {SVGGElement[]} labels */
export function ground(labels) {
  const boxes = labels.map((label) => label.getBBox());
  labels.forEach((label, k) => {
    const { x, y, width, height } = boxes[k];
    label.prepend(svg("rect", { class: "gw-ground", x: x - 2, y, width: width + 4, height, rx: 3 }));
  });
}

// What is common to nodes and links: the keyboard reaches them, a touch opens their arithmetic.
/** @param {Walk} walk @param {Id} id @param {string} name */
function touchable(walk, id, name) {
  const { values, gradients, lit } = walk.known, group = svg("g", { "data-id": id, tabindex: 0, role: "button" });
  const said = [name];
  if (id in values) said.push(`value ${shown(values[id])}`);
  if (id in gradients) said.push(`gradient ${shown(gradients[id])}`);
  if (walk.known.locks.has(id)) said.push("saturated: locked");
  group.setAttribute("aria-label", said.join(", "));
  if (id in values) group.setAttribute("data-value", `${values[id]}`);
  if (id in gradients) group.setAttribute("data-gradient", `${gradients[id]}`);
  if (lit.has(id)) group.classList.add("gw-lit");
  if (walk.touched === id) group.classList.add("gw-touched");
  group.onclick = () => walk.touch(id);
  group.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    walk.touch(id);
  };
  return group;
}

// A line from edge to edge; beside it, on the way back, a second one for the gradient.
/** @param {Walk} walk @param {WalkLink} link */
function drawLink(walk, link) {
  const { places, known, largest, size } = walk;
  const a = places[link.source], b = places[link.target];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1, ux = (b.x - a.x) / length, uy = (b.y - a.y) / length;
  const from = a.box || a.pill ? { x: a.x + a.half.width, y: a.y } : { x: a.x + ux * a.radius, y: a.y + uy * a.radius };
  const to = b.box || b.pill ? { x: b.x - b.half.width, y: b.y } : { x: b.x - ux * b.radius, y: b.y - uy * b.radius };
  const value = known.values[link.id], gradient = known.gradients[link.id], lit = known.lit.has(link.id);
  const line = touchable(walk, link.id, walk.nameOf(link.id));
  const most = 0.62 * size, width = widthOf(value, largest.link, most);
  const path = (shift) =>
    `M${from.x - uy * shift},${from.y + ux * shift}L${to.x - uy * shift},${to.y + ux * shift}`;
  const stroke = (colour, thick, shift, dash = "none") => svg("path", {
    class: "gw-line", d: path(shift), stroke: colour, "stroke-width": thick, "stroke-dasharray": dash,
  });
  line.append(svg("path", { class: "gw-hit", d: path(0) }));
  if (lit || walk.touched === link.id) {
    line.append(svg("path", { class: "gw-edge", d: path(0), style: `stroke-width:${width + 5}px; opacity: 0.35` }));
  }
  line.append(stroke(colourOf(walk, value), width, 0));
  if (gradient !== undefined) {
    const thick = widthOf(gradient, largest.slope, most);
    line.append(stroke(colourOf(walk, gradient), thick, (width + thick) / 2 + 2.5, `${thick} ${2 * thick}`));
  }
  if (lit) line.append(arrowOn(from, to, ux, uy, (a.tight ? 0.6 : 1) * size, known.back));
  const label = (asked) => linkLabel(walk, link, from, to, asked);
  line.onpointerenter = () => walk.point(link.id, label(true));
  line.onpointerleave = () => walk.point(null);
  return { line, label: label(walk.touched === link.id) };
}

/**
 * @param {XY} from
 * @param {XY} to
 * @param {number} ux
 * @param {number} uy
 * @param {number} size
 * @param {boolean} back
 */
function arrowOn(from, to, ux, uy, size, back) {
  const x = from.x + (to.x - from.x) * 0.72, y = from.y + (to.y - from.y) * 0.72, r = 0.55 * size, way = back ? -1 : 1;
  const point = (along, across) => `${x + way * ux * along - uy * across},${y + way * uy * along + ux * across}`;
  return svg("polygon", { class: "gw-arrow", points: [point(r, 0), point(-r, r), point(-r, -r)].join(" ") });
}

// The numbers of a link, on it. Where links cross they stand on a ladder, if the step speaks of them
// and its rungs are far enough apart; what is asked for, by touch or pointer, always says its own.
/**
 * @param {Walk} walk
 * @param {WalkLink} link
 * @param {XY} from
 * @param {XY} to
 * @param {boolean} asked
 */
function linkLabel(walk, link, from, to, asked) {
  const { size, digits, columnOf, known: { values, gradients, lit, back } } = walk, { pitch } = walk.places[link.source];
  const value = values[link.id], gradient = gradients[link.id], shines = lit.has(link.id), gap = to.x - from.x - 4;
  const { n, crowd, crossing } = crossingOf(walk.message.links, columnOf, link);
  if (crossing && !asked && !(shines && hasRungs(pitch, size, n))) return null;
  const fits = (words) => asked || ems(words) * size < gap;
  const say = (name, number) => [[name, digits], [name, digits - 1], ["", digits], ["", digits - 1]]
    .map(([named, many]) => `${named} ${shown(number, many)}`.trim()).find((words, k) => k === 3 || fits(words));
  /** @type {Line[]} */
  const lines = [];
  if (value !== undefined) lines.push([say(link.label, value), "gw-label"]);
  if (gradient !== undefined) lines.push([fits(`∂ ${shown(gradient, digits)}`) ? `∂ ${shown(gradient, digits)}` : `∂ ${shown(gradient, digits - 1)}`, "gw-slope"]);
  const peers = walk.message.links.filter((other) => other.source === link.source);
  const wide = Math.max(...lines.map(([words]) => ems(words))) * size > 0.75 * gap; // stands in the middle
  const share = crossing ? 1 / (n + 1) : n > 1 ? 0.24 + (0.3 * peers.indexOf(link)) / (n - 1) : crowd > 1 && !wide ? 0.4 : 0.5;
  const most = asked ? 2 : crossing ? 1 : crowd > 1 ? Math.floor(((1 - share) * pitch) / (1.2 * size)) : 2;
  const kept = lines.length <= most ? lines : [lines[back && gradient !== undefined ? 1 : 0]];
  if (!lines.length) return null;
  const end = (id, edge) => {
    const place = walk.places[id]; // between middles, for only so the rungs lie evenly
    return crossing && !place.box && !place.pill ? place : edge;
  };
  const a = end(link.source, from), b = end(link.target, to);
  const x = a.x + (b.x - a.x) * share, y = a.y + (b.y - a.y) * share;
  return wordsAt(x, y, kept, size, shines ? "gw-words gw-lit" : "gw-words");
}

// Lines of words, one below the other, in the middle of a place.
/**
 * @param {number} x
 * @param {number} y
 * @param {Line[]} lines
 * @param {number} size
 * @param {string} [kind]
 */
function wordsAt(x, y, lines, size, kind = "gw-words") {
  const group = svg("g", { class: kind });
  lines.forEach(([words, looks], k) => {
    group.append(svg("text", { class: looks, x, y: y + (k - (lines.length - 1) / 2) * 1.05 * size }, words));
  });
  return group;
}

/** @param {Walk} walk @param {WalkNode} node @param {NodePlace} place */
function drawNode(walk, node, place) {
  const { known, largest, size } = walk, { id } = node, { x, y, radius, half, inside, pill } = place;
  const value = known.values[id], gradient = known.gradients[id];
  const group = touchable(walk, id, walk.nameOf(id));
  const outline = (attributes) => node.box || pill
    ? svg("rect", { x: x - half.width, y: y - half.height, width: 2 * half.width, height: 2 * half.height, rx: (pill ? 0.8 : 0.3) * size, ...attributes })
    : svg("circle", { cx: x, cy: y, r: radius, ...attributes });
  if (gradient !== undefined) {
    const thick = widthOf(gradient, largest.slope, (place.tight ? 0.3 : 0.55) * size);
    group.append(outline({ fill: "none", stroke: colourOf(walk, gradient), "stroke-width": 2 * thick + 3, "stroke-dasharray": "5 3" }));
  }
  const share = isNumber(value) ? Math.min(1, Math.abs(value) / largest.node) : 0;
  group.append(
    outline({ class: "gw-face" }),
    outline({ fill: colourOf(walk, value), "fill-opacity": value === undefined ? 0 : 0.08 + 0.42 * share }),
    outline({ class: "gw-edge" }),
    inside ? wordsInside(walk, node, place) : wordsAround(walk, node, place),
  );
  if (known.locks.has(id)) {
    const off = 0.71 * (radius + 0.45 * size);
    group.append(pill ? lockAt(x + half.width, y - half.height + 0.3 * size, size) : lockAt(x + off, y + off, size));
  }
  return group;
}

// The name above, the value in it, the gradient below.
/** @param {Walk} walk @param {WalkNode} node @param {NodePlace} place */
function wordsAround({ known, digits, size }, node, { x, y, radius, half }) {
  const value = known.values[node.id], gradient = known.gradients[node.id], group = svg("g");
  const text = (kind, at, words) => group.append(svg("text", { class: kind, x, y: at }, words));
  const edge = node.box ? half.height : radius;
  text(value === undefined ? "gw-label gw-quiet" : "gw-label", y - edge - 1.05 * size, node.label);
  if (value !== undefined) text("", y, shown(value, digits));
  if (gradient !== undefined) text("gw-slope", y + edge + 1.1 * size, `∂ ${shown(gradient, digits)}`);
  return group;
}

// All of it inside: on two lines, or on the way back the gradient in the value's place.
/** @param {Walk} walk @param {WalkNode} node @param {NodePlace} place */
function wordsInside({ known, digits, size }, node, { x, y, double }) {
  const value = known.values[node.id], gradient = known.gradients[node.id], few = digits - 1;
  /** @type {Line} */
  const named = [`${node.label} ${value === undefined ? "" : shown(value, few)}`.trim(), value === undefined ? "gw-label gw-quiet" : "gw-label"];
  if (gradient === undefined) return wordsAt(x, y, [named], size, "");
  const slope = `∂ ${shown(gradient, few)}`;
  if (double) return wordsAt(x, y, [named, [slope, "gw-slope"]], size, "");
  if (!known.back) return wordsAt(x, y, [named], size, "");
  return wordsAt(x, y, [[`${node.label} ${slope}`, "gw-slope"]], size, "");
}

// A padlock: what a saturated unit is to the gradient.
/** @param {number} x @param {number} y @param {number} size */
function lockAt(x, y, size) {
  const lock = svg("g", { "data-lock": "true" }), w = 0.85 * size, h = 0.65 * size;
  lock.append(
    svg("title", {}, "Saturated: its slope is nearly 0, so hardly any gradient gets through."),
    svg("circle", { cx: x, cy: y, r: 0.72 * size, class: "gw-face" }),
    svg("rect", { class: "gw-lock", x: x - w / 2, y: y - 0.1 * size, width: w, height: h, rx: 2 }),
    svg("path", {
      class: "gw-shackle", "stroke-width": 0.14 * size,
      d: `M${x - 0.28 * size},${y}v${-0.22 * size}a${0.28 * size},${0.28 * size} 0 0 1 ${0.56 * size},0v${0.22 * size}`,
    }),
  );
  return lock;
}
