// @ts-check
// What is seen of an element, as shapes that a canvas and an SVG can hold alike: lines and grounds,
// words, images. What plays or asks is no part of the picture.

const NOT_SEEN = "[class$='-bar'], [class$='-more'], [class$='-fewer'], [class$='-input'][aria-pressed='false'], form, .gd-pair, .gd-sample, .gj, [role=tooltip], input[type=range]";
const DRAWN_BY_LINES = "path, rect, circle, line, polygon, polyline";

/** @type {CanvasRenderingContext2D} */
let ruler;

// How wide words are in a font, and how far they reach above and below their line.
/** @param {string} font @param {string} [words] */
export function sizeOfWords(font, words = "") {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = font;
  ruler.textRendering = "geometricPrecision";
  const { width, fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ruler.measureText(words);
  return { width, up, down };
}

// All that is seen of an element, with so much room around it.
/** @param {HTMLElement} root @param {number} [room] @returns {Shapes} */
export function shapesSeen(root, room = 0) {
  const edge = root.getBoundingClientRect();
  /** @type {Shape[]} */
  const shapes = [];
  const reach = { bottom: room };
  visit(root, { shapes, reach, left: edge.left - room, top: edge.top - room, clip: null, opacity: 1 });
  return { shapes, width: edge.width + 2 * room, height: reach.bottom + room };
}

/** @param {Element} element @param {Visiting} within */
function visit(element, within) {
  const style = getComputedStyle(element), opacity = within.opacity * Number(style.opacity);
  if (style.display === "none" || !opacity || element.matches(NOT_SEEN)) return;
  const here = { ...within, opacity, seen: style.visibility === "visible", style };
  const place = placeIn(within, element.getBoundingClientRect());
  if (element instanceof SVGElement) {
    if (element instanceof SVGSVGElement) reachTo(here, place.y + place.height);
    return visitDrawing(element, here);
  }
  if (here.seen && style.display !== "contents") visitBox(place, here);
  if (here.seen && element instanceof HTMLCanvasElement) return visitCanvas(element, place, here);
  if (here.seen && element instanceof HTMLSelectElement) return visitField(element.selectedOptions[0]?.text, place, here);
  if (here.seen && element instanceof HTMLInputElement) return visitField(element.value, place, here);
  if (style.overflowX !== "visible") here.clip = clipTo(within.clip, place);
  for (const child of element.childNodes) {
    if (child instanceof Element) visit(child, here);
    else if (here.seen && child instanceof Text) visitWords(child, here);
  }
}

/** @param {Visiting} within @param {PartPlace} box @returns {PartPlace} */
const placeIn = ({ left, top }, { x, y, width, height }) => ({ x: x - left, y: y - top, width, height });

// The picture goes on as far down as this, if it shows.
/** @param {Visited} here @param {number} bottom */
function reachTo({ reach, clip }, bottom) {
  reach.bottom = Math.max(reach.bottom, clip ? Math.min(bottom, clip.y + clip.height) : bottom);
}

/** @param {PartPlace | null} one @param {PartPlace} other @returns {PartPlace} */
function clipTo(one, other) {
  if (!one) return other;
  const x = Math.max(one.x, other.x), y = Math.max(one.y, other.y);
  const right = Math.min(one.x + one.width, other.x + other.width), bottom = Math.min(one.y + one.height, other.y + other.height);
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

const isClear = (/** @type {string} */ colour) => colour === "none" || /^rgba\(.*, 0\)$/.test(colour);

/** @param {PartPlace} place @param {number} [radius] */
function boxPath({ x, y, width, height }, radius = 0) {
  const r = Math.min(radius, width / 2, height / 2), across = width - 2 * r, up = height - 2 * r;
  const arc = (/** @type {number} */ dx, /** @type {number} */ dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return r <= 0
    ? `M${x} ${y}h${width}v${height}h${-width}Z`
    : `M${x + r} ${y}h${across}${arc(r, r)}v${up}${arc(-r, r)}h${-across}${arc(-r, -r)}v${-up}${arc(r, -r)}Z`;
}

// An element's ground and its edges.
/** @param {PartPlace} place @param {Visited} here */
function visitBox(place, here) {
  const { style } = here, radius = parseFloat(style.borderTopLeftRadius) || 0, { x, y, width, height } = place;
  if (!width || !height) return;
  const count = here.shapes.length;
  const stops = /^linear-gradient\(90deg, (.+)\)$/.exec(style.backgroundImage);
  if (stops) outline(here, boxPath(place, radius), { fill: "none", along: stopsOf(stops[1], x, width) });
  else if (!isClear(style.backgroundColor)) outline(here, boxPath(place, radius), { fill: style.backgroundColor });
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
    thick: style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]), stroke: style[`border${side}Color`],
  }));
  const [{ thick, stroke }] = sides;
  if (sides.every((side) => side.thick === thick && side.stroke === stroke)) {
    const inner = { x: x + thick / 2, y: y + thick / 2, width: width - thick, height: height - thick };
    if (thick && !isClear(stroke)) outline(here, boxPath(inner, radius), { stroke, thick });
  } else {
    const [top, right, bottom, left] = sides.map((side) => side.thick / 2);
    [`M${x} ${y + top}h${width}`, `M${x + width - right} ${y}v${height}`, `M${x} ${y + height - bottom}h${width}`, `M${x + left} ${y}v${height}`]
      .forEach((d, k) => sides[k].thick && !isClear(sides[k].stroke) && outline(here, d, sides[k]));
  }
  const inset = /^(rgba?\(.+?\)) 0px 0px 0px ([\d.]+)px inset$/.exec(style.boxShadow);
  if (inset) {
    const within = Number(inset[2]), half = within / 2;
    outline(here, boxPath({ x: x + half, y: y + half, width: width - within, height: height - within }, radius), { stroke: inset[1], thick: within });
  }
  if (here.shapes.length > count) reachTo(here, y + height);
}

// The colours along a gradient from left to right, each where it is reached.
/** @param {string} text @param {number} x @param {number} width */
function stopsOf(text, x, width) {
  const stops = [...text.matchAll(/(rgba?\([^)]*\)|color\([^)]*\)|#\w+|[a-z]+)(?: ([\d.]+)%)?/g)].map(([, colour, at]) => ({ colour, at: at && Number(at) / 100 }));
  return { from: x, to: x + width, stops: stops.map(({ colour, at }, k) => ({ colour, at: at ?? k / (stops.length - 1) })) };
}

/** @param {Visited} here @param {string} d @param {Partial<OutlineShape>} looks */
function outline({ shapes, clip, opacity }, d, looks) {
  shapes.push({ kind: "outline", clip, opacity, d, fill: "none", stroke: "none", thick: 0, dash: "none", cap: "butt", join: "miter", ...looks });
}

// A canvas as it is now: it will be painted anew.
/** @param {HTMLCanvasElement} canvas @param {PartPlace} place @param {Visited} here */
function visitCanvas(canvas, place, here) {
  const { shapes, clip, opacity, style } = here;
  if (!canvas.width || !canvas.height || !place.width) return;
  reachTo(here, place.y + place.height);
  const image = document.createElement("canvas");
  Object.assign(image, { width: canvas.width, height: canvas.height });
  image.getContext("2d").drawImage(canvas, 0, 0);
  shapes.push({ kind: "image", clip, opacity, image, place, pixelated: style.imageRendering === "pixelated" });
}

/** @param {CSSStyleDeclaration} style */
const fontOf = ({ fontStyle, fontWeight, fontSize, fontFamily }) => `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;

// What is chosen or written in a field.
/** @param {string | undefined} words @param {PartPlace} place @param {Visited} here */
function visitField(words, place, { shapes, clip, opacity, style }) {
  if (!words) return;
  const font = fontOf(style), { width, up, down } = sizeOfWords(font, words);
  const x = place.x + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth), y = place.y + (place.height + up - down) / 2;
  shapes.push({ kind: "words", clip: clipTo(clip, place), opacity, words, font, x, y, width, fill: style.color, turned: false });
}

// Words stand where the browser put them, line by line.
/** @param {Text} text @param {Visited} here */
function visitWords(text, here) {
  const { shapes, clip, opacity, style } = here, font = fontOf(style), fill = style.color;
  const turned = style.writingMode === "sideways-lr", { up } = sizeOfWords(font);
  for (const { words, box } of textLines(text)) {
    const { x, y, width, height } = placeIn(here, box);
    reachTo(here, y + height);
    shapes.push(turned
      ? { kind: "words", clip, opacity, words, font, x: x + up, y: y + height, width: height, fill, turned }
      : { kind: "words", clip, opacity, words, font, x, y: y + up, width, fill, turned });
  }
}

/** @param {Text} text */
function textLines(text) {
  const range = document.createRange();
  /** @type {{ words: string, box: DOMRect }[]} */
  const lines = [];
  for (const { 0: word, index } of text.data.matchAll(/[^ \t\n]+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const box = range.getBoundingClientRect(), last = lines.at(-1);
    if (!box.width) continue;
    if (last && Math.abs(last.box.y - box.y) < box.height / 2) {
      last.words += ` ${word}`;
      last.box.width = box.right - last.box.x;
    } else lines.push({ words: word, box });
  }
  return lines;
}

// What an SVG on the page draws.
/** @param {SVGElement} element @param {Visited} here */
function visitDrawing(element, here) {
  if (element.matches("title, desc, defs")) return;
  if (here.seen && element.matches(DRAWN_BY_LINES)) visitOutline(/** @type {any} */ (element), here);
  else if (here.seen && element.matches("text")) visitLabel(/** @type {any} */ (element), here);
  else for (const child of element.children) visit(child, here);
}

// From an element's own units to the picture's.
/** @param {SVGGraphicsElement} element @param {Visited} here */
function ctmOf(element, { left, top }) {
  const { a, b, c, d, e, f } = element.getScreenCTM();
  return { a, b, c, d, e: e - left, f: f - top };
}

/** @param {SVGGeometryElement} element @param {Visited} here */
function visitOutline(element, here) {
  const { style } = here, number = (/** @type {string} */ name) => Number(element.getAttribute(name) ?? 0);
  const [x, y, width, height, cx, cy, r] = ["x", "y", "width", "height", "cx", "cy", "r"].map(number);
  const points = element.getAttribute("points");
  const d = {
    path: () => element.getAttribute("d"),
    rect: () => boxPath({ x, y, width, height }, number("rx")),
    circle: () => `M${cx - r} ${cy}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0Z`,
    line: () => `M${number("x1")} ${number("y1")}L${number("x2")} ${number("y2")}`,
    polygon: () => `M${points}Z`,
    polyline: () => `M${points}`,
  }[element.tagName]();
  outline(here, d, {
    units: ctmOf(element, here), fill: style.fill, stroke: style.stroke, thick: parseFloat(style.strokeWidth),
    fillOpacity: Number(style.fillOpacity), strokeOpacity: Number(style.strokeOpacity),
    dash: style.strokeDasharray, cap: style.strokeLinecap, join: style.strokeLinejoin,
  });
}

/** @param {SVGTextElement} element @param {Visited} here */
function visitLabel(element, here) {
  const { shapes, clip, opacity, style } = here, font = fontOf(style), words = element.textContent;
  if (!words.trim()) return;
  const { a, d, e, f } = ctmOf(element, here), box = element.getBBox(), { up } = sizeOfWords(font);
  const halo = isClear(style.stroke) ? undefined : { stroke: style.stroke, thick: parseFloat(style.strokeWidth) };
  shapes.push({ kind: "words", clip, opacity, words, font, x: a * box.x + e, y: d * (box.y + up) + f, width: a * box.width, fill: style.fill, turned: false, halo });
}
