// The drawn network: sign by colour, size by width, a lock on what is saturated.

const THINNEST = 1.2;

function svg(tag, attributes = {}, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  made.textContent = text;
  return made;
}

// Where every node is, in pixels, and how large. Where rows are tight, the name is inside.
function placeNodes({ nodes }, width, height, size) {
  const last = Math.max(...nodes.map((n) => n.column), 1), rows = nodes.map((n) => n.row);
  const top = Math.min(...rows), bottom = Math.max(...rows);
  const pitch = height / (bottom - top + 1), tight = pitch < 5 * size;
  const widest = (0.33 * width) / (last + 1), margin = Math.max(widest, tight ? 1.8 * size : 0) + 4;
  const places = {};
  for (const { id, label, column, row, box } of nodes) {
    const others = nodes.filter((n) => n.column === column && n.id !== id);
    const room = pitch * Math.min(...others.map((n) => Math.abs(n.row - row)), bottom - top + 1);
    // Between two circles stand the gradient of the upper and the name of the lower one.
    const fitting = box ? 0.3 * room : Math.max(0.2 * room, (room - 3.3 * size) / 2);
    const radius = Math.min(2.05 * size, widest, fitting);
    const wide = Math.max(1.75 * size, 0.27 * size * (label.length + 2));
    const half = box && tight ? { width: wide, height: Math.min(0.75 * size, 0.44 * room) } : { width: radius, height: 0.8 * radius };
    const x = margin + ((width - margin - widest - 4) * column) / last;
    const inside = tight && (box || room < 5 * size);
    places[id] = { x, y: pitch * (row - top + 0.5), radius, half, box, inside, tight };
  }
  return places;
}

// What a full width stands for: the largest value, and the largest gradient, of the whole walk.
function largestOf(steps, kind, ids) {
  const sizes = steps.flatMap((step) => Object.entries(step[kind]))
    .filter(([id, value]) => ids.has(id) && isNumber(value)).map(([, value]) => Math.abs(value));
  return Math.max(...sizes, 1e-300);
}

const colourOf = (walk, value) =>
  !isNumber(value) || value === 0 ? "var(--st-border-color)" : walk.colours[value < 0 ? "negative" : "positive"];
const widthOf = (value, largest, most) =>
  isNumber(value) ? THINNEST + (most - THINNEST) * Math.min(1, Math.abs(value) / largest) : THINNEST;

function drawNetwork(walk) {
  const { drawing, message, places } = walk;
  const links = message.links.map((link) => drawLink(walk, link));
  const nodes = message.nodes.map((node) => drawNode(walk, node, places[node.id]));
  const labels = links.map((parts) => parts.labels);
  drawing.replaceChildren(...links.map((parts) => parts.line), ...labels, ...nodes);
}

// What is common to nodes and links: the keyboard reaches them, a touch opens their arithmetic.
function touchable(walk, id, name) {
  const { values, gradients, lit } = walk.known, group = svg("g", { "data-id": id, tabindex: 0, role: "button" });
  const said = [name];
  if (id in values) said.push(`value ${shown(values[id])}`);
  if (id in gradients) said.push(`gradient ${shown(gradients[id])}`);
  if (walk.known.locks.has(id)) said.push("saturated: locked");
  group.setAttribute("aria-label", said.join(", "));
  if (id in values) group.setAttribute("data-value", values[id]);
  if (id in gradients) group.setAttribute("data-gradient", gradients[id]);
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
function drawLink(walk, link) {
  const { places, known, largest, size } = walk;
  const a = places[link.source], b = places[link.target];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1, ux = (b.x - a.x) / length, uy = (b.y - a.y) / length;
  const from = a.box ? { x: a.x + a.half.width, y: a.y } : { x: a.x + ux * a.radius, y: a.y + uy * a.radius };
  const to = b.box ? { x: b.x - b.half.width, y: b.y } : { x: b.x - ux * b.radius, y: b.y - uy * b.radius };
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
  return { line, labels: linkLabels(walk, link, from, to, value, gradient, lit) };
}

function arrowOn(from, to, ux, uy, size, back) {
  const x = from.x + (to.x - from.x) * 0.72, y = from.y + (to.y - from.y) * 0.72, r = 0.55 * size, way = back ? -1 : 1;
  const point = (along, across) => `${x + way * ux * along - uy * across},${y + way * uy * along + ux * across}`;
  return svg("polygon", { class: "gw-arrow", points: [point(r, 0), point(-r, r), point(-r, -r)].join(" ") });
}

// Where links cross, only those that the step speaks of say their number (where rows are tight, only
// what is touched): the gradient on the way back, else the value. At this share of the way n lines from each of several nodes lie evenly.
function crossingLabel(walk, link, from, to, value, gradient, lit, n) {
  const touched = walk.touched === link.id, back = walk.known.back && gradient !== undefined;
  if (!touched && (!lit || walk.places[link.source].tight)) return null;
  const share = 1 / (n + 1), x = from.x + (to.x - from.x) * share, y = from.y + (to.y - from.y) * share;
  const slope = `∂ ${shown(gradient, walk.digits)}`, number = shown(value, walk.digits);
  const words = touched && gradient !== undefined ? `${number}, ${slope}` : back ? slope : number;
  return svg("text", { class: back ? "gw-slope" : "gw-label", x, y, style: "text-anchor: start" }, words);
}

function linkLabels(walk, link, from, to, value, gradient, lit) {
  const group = svg("g", { class: lit ? "gw-lit" : "" }), { size } = walk;
  group.style.pointerEvents = "none";
  const crowd = walk.message.links.filter(
    (other) => walk.places[other.source].x === walk.places[link.source].x,
  ).length;
  const peers = walk.message.links.filter((other) => other.source === link.source);
  if (peers.length > 1 && crowd > peers.length) {
    const number = crossingLabel(walk, link, from, to, value, gradient, lit, peers.length);
    if (number) group.append(number);
    return group;
  }
  const along = peers.length > 1 ? 0.24 + (0.3 * peers.indexOf(link)) / (peers.length - 1) : crowd > 1 ? 0.4 : 0.5;
  const x = from.x + (to.x - from.x) * along, y = from.y + (to.y - from.y) * along;
  const tight = walk.places[link.source].tight, slopeOnly = tight && gradient !== undefined && walk.known.back;
  const text = (kind, dy, words) => group.append(svg("text", { class: kind, x, y: y + dy * size }, words));
  if (value !== undefined && !slopeOnly) {
    const number = shown(value, walk.digits), named = `${link.label} ${number}`.trim();
    const fits = 0.5 * size * named.length < Math.hypot(to.x - from.x, to.y - from.y);
    text("gw-label", tight && crowd > 1 ? 0 : -0.8, fits ? named : number);
  }
  if (gradient !== undefined && (slopeOnly || !tight)) {
    text("gw-slope", tight ? 0 : 1, `∂ ${shown(gradient, walk.digits)}`);
  }
  return group;
}

function drawNode(walk, node, { x, y, radius, half, inside }) {
  const { known, largest, size } = walk, { id } = node;
  const value = known.values[id], gradient = known.gradients[id];
  const group = touchable(walk, id, walk.nameOf(id));
  const outline = (attributes) => node.box
    ? svg("rect", { x: x - half.width, y: y - half.height, width: 2 * half.width, height: 2 * half.height, rx: 0.3 * size, ...attributes })
    : svg("circle", { cx: x, cy: y, r: radius, ...attributes });
  if (gradient !== undefined) {
    const thick = widthOf(gradient, largest.slope, 0.55 * size);
    group.append(outline({ fill: "none", stroke: colourOf(walk, gradient), "stroke-width": 2 * thick + 3, "stroke-dasharray": "5 3" }));
  }
  const share = isNumber(value) ? Math.min(1, Math.abs(value) / largest.node) : 0;
  group.append(
    outline({ class: "gw-face" }),
    outline({ fill: colourOf(walk, value), "fill-opacity": value === undefined ? 0 : 0.08 + 0.42 * share }),
    outline({ class: "gw-edge" }),
  );
  const edge = node.box ? half.height : radius;
  const quiet = value === undefined ? " gw-quiet" : "", number = quiet ? "" : shown(value, walk.digits);
  const text = (kind, at, words) => group.append(svg("text", { class: kind, x, y: at }, words));
  if (inside) text(`gw-label${quiet}`, y, `${node.label} ${number}`.trim());
  else {
    text(`gw-label${quiet}`, y - edge - 1.05 * size, node.label);
    if (number) text("", y, number);
  }
  if (gradient !== undefined) text("gw-slope", y + edge + 1.1 * size, `∂ ${shown(gradient, walk.digits)}`);
  if (known.locks.has(id)) group.append(lockAt(x + 0.78 * radius, y - 0.72 * radius, size));
  return group;
}

// A padlock: what a saturated unit is to the gradient.
function lockAt(x, y, size) {
  const lock = svg("g", { "data-lock": "true" }), w = 0.95 * size, h = 0.75 * size;
  lock.append(
    svg("title", {}, "Saturated: its slope is nearly 0, so hardly any gradient gets through."),
    svg("circle", { cx: x, cy: y, r: 0.95 * size, class: "gw-face" }),
    svg("rect", { class: "gw-lock", x: x - w / 2, y: y - 0.1 * size, width: w, height: h, rx: 2 }),
    svg("path", {
      class: "gw-shackle", "stroke-width": 0.14 * size,
      d: `M${x - 0.28 * size},${y}v${-0.22 * size}a${0.28 * size},${0.28 * size} 0 0 1 ${0.56 * size},0v${0.22 * size}`,
    }),
  );
  return lock;
}
