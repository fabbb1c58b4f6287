// @ts-check
// The drawn network: sign by colour, size by width, a lock on what is saturated.

import { allLinkWords, askedWords, endsOf, lockSpot, nodeWords } from "./layout.js";
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
  const { drawing, message, places } = walk, words = allLinkWords(walk);
  const links = message.links.map((link) => drawLink(walk, link, words));
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
/** @param {Walk} walk @param {Id} id @param {string[]} said */
function touchable(walk, id, said) {
  const { values, gradients, lit } = walk.known, group = svg("g", { "data-id": id, tabindex: 0, role: "button" });
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
/** @param {Walk} walk @param {WalkLink} link @param {Record<Id, Words[]>} words */
function drawLink(walk, link, words) {
  const { places, known, largest, size } = walk;
  const a = places[link.source], { from, to, ux, uy } = endsOf(a, places[link.target]);
  const value = known.values[link.id], gradient = known.gradients[link.id], lit = known.lit.has(link.id);
  const said = [walk.nameOf(link.id)];
  if (value !== undefined) said.push(`value ${shown(value)}`);
  if (gradient !== undefined) said.push(`gradient ${link.slope} ${shown(gradient)}`);
  const line = touchable(walk, link.id, said);
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
  const kind = lit ? "gw-words gw-lit" : "gw-words";
  line.onpointerenter = () => walk.point(link.id, wordsOf(askedWords(walk, link, words), kind));
  line.onpointerleave = () => walk.point(null);
  return { line, label: words[link.id].length ? wordsOf(words[link.id], kind) : null };
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

/** @param {Words[]} words @param {string} [kind] */
function wordsOf(words, kind = "") {
  const group = svg("g", { class: kind });
  for (const { text, looks, x, y } of words) group.append(svg("text", { class: looks, x, y }, text), " "); // else read as one word
  return group;
}

/** @param {Walk} walk @param {WalkNode} node @param {NodePlace} place */
function drawNode(walk, node, place) {
  const { known, largest, size } = walk, { id } = node, { x, y, radius, half, pill } = place;
  const value = known.values[id], gradient = known.gradients[id];
  const words = nodeWords(walk, node, place), locked = known.locks.has(id);
  // What is read begins with what is written, so that one can ask for it by voice.
  const group = touchable(walk, id, [...words.map(({ text }) => text), ...(locked ? ["saturated: locked"] : [])]);
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
    wordsOf(words),
  );
  if (locked) {
    const lock = lockSpot(place, size);
    group.append(lockAt(lock.x, lock.y, size));
  }
  return group;
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
