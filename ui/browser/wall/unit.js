// @ts-check
// A unit of the wall, opened: its weights large, what it answers, and to which test images most.

import { leave, show } from "../chart/chart.js";
import { ACTIVATIONS } from "../shared/activations.js";
import { unpack } from "../shared/bytes.js";
import { areDigits, largest, needRows } from "../shared/classes.js";
import { element } from "../shared/elements.js";
import { onPaper } from "../shared/moments.js";
import { signScale } from "../shared/shades.js";
import { unitIn } from "./layout.js";
import { alike, unitWords } from "./words.js";

const ASKED = 28; // letters' heights: where the line has room for a question, the buttons beside it
const FEW = { page: 6, projector: 3 }; // bars that lie: they take more height than those that stand

/** @param {boolean} rows @param {boolean} big */
const mostBars = (rows, big) => (rows ? FEW[big ? "projector" : "page"] : undefined);

/** @param {Wall} wall */
const roomOf = (wall) => ({
  width: wall.breadth(), height: wall.tall(), size: wall.letters(), big: wall.big,
  finger: matchMedia("(pointer: coarse)").matches,
});

// How many bars a unit has, and whether they lie.
/** @param {Wall} wall */
function barsOf({ wall: { classes, outgoing }, big }) {
  const rows = needRows(classes);
  return { rows, bars: outgoing ? largest(classes.map(() => 0), mostBars(rows, big)).length : 0 };
}

// How high the wall must be so that a unit opens beside its picture and nothing below it moves.
/** @param {Wall} wall */
export function roomFor(wall) {
  const { beside, least } = unitIn({ ...roomOf(wall), ...barsOf(wall), letters: 0 });
  return beside ? least : 0;
}

export class OpenedUnit {
  /** @type {number} */ place; // in the wall's units
  /** @type {UnitDetails | null} */ details = null; // what only Python knows, once it is here
  /** @type {HTMLElement | null} */ plot = null;

  /** @param {Wall} wall @param {number} place */
  constructor(wall, place) {
    this.wall = wall;
    this.place = place;
    this.find = wall.find;
  }

  get unit() {
    return this.wall.wall.units[this.place];
  }

  // What there is to show at the moment on screen: exactly at the last one, else from the wall's bytes.
  facts() {
    const { wall, details, place, unit } = this, { side, activation, classes, epochs, units } = wall.wall;
    const now = wall.now, last = now === epochs.length - 1, pixels = side ** 2;
    const { layer, inputs } = wall.wall, mine = details?.unit === unit && details.layer === layer;
    const known = mine && details.lowest.length === epochs.length ? details : null;
    const exact = last && known !== null;
    const inward = wall.wall.ranges[now] / 127, outward = wall.wall.outgoingRanges?.[now] / 127;
    const at = now * units.length + place, { hidden } = wall.wall, outputs = classes.length;
    const weights = exact ? known.weights : Float32Array.from(wall.pictures.subarray(at * pixels, at * pixels + inputs), (v) => v * inward);
    const bytes = wall.outgoing?.subarray(at * outputs, (at + 1) * outputs);
    const outgoing = exact ? known.outgoing : bytes ? Array.from(bytes, (v) => v * outward) : null;
    const bias = exact ? known.bias : wall.biases ? wall.biases[now * (hidden + outputs) + unit] * inward : null;
    const image = onPaper(), seen = layer === 1 && image?.length === pixels && bias !== null;
    return {
      weights, side, layer, outgoing, exact, classes,
      floor: ACTIVATIONS[activation].f(-1),
      range: (wall.wall.ranges[now] * wall.wall.limits[now]) / 127,
      paper: seen ? answerTo(image, weights, bias, activation) : null,
      lowest: known?.tried ? known.lowest[now] : null,
      highest: known?.tried ? known.highest[now] : null,
      tried: known?.tried ?? 0,
      most: known ? known.most[now].map((image, k) => ({ image, answer: known.answers[now * known.most[0].length + k] })) : [],
      epoch: last ? null : epochs[now],
      off: wall.off.has(wall.nameOf(place)),
      without: wall.switched === null ? wall.wall.withoutThem : null,
    };
  }

  // All of it, at the moment on screen.
  paint() {
    const { wall, unit } = this, facts = this.facts(), panel = this.find("unit");
    const said = unitWords(facts, wall.big), rows = needRows(facts.classes);
    const shown = facts.outgoing ? largest(Array.from(facts.outgoing, Math.abs), mostBars(rows, wall.big)) : [];
    const places = unitIn({ ...roomOf(wall), bars: shown.length, rows, letters: said.length });
    panel.style.width = `${wall.breadth()}px`;
    wall.root.classList.toggle("gm-covers", places.beside); // the curves beside it
    for (const part of ["head", "map", "words", "bars", "seen"]) put(this.find(`unit-${part}`), places[part]);
    const { layer, layers } = wall.wall, which = `unit ${unit + 1}${layers > 1 ? ` of layer ${layer}` : ""}`;
    const room = wall.breadth() >= ASKED * wall.letters();
    this.find("unit-title").textContent = room ? `What does ${which} ${layer === 1 ? "look for" : "listen to"}?` : `U${which.slice(1)}`;
    this.find("unit-words").textContent = said;
    const toggle = this.find("unit-switch");
    toggle.setAttribute("aria-checked", String(!facts.off));
    toggle.title = facts.off ? "Switch it on again" : "Switch it off: it then answers 0 to every image";
    toggle.querySelector("span").textContent = facts.off ? "off" : "on";
    this.bars(facts, shown, rows, places);
    this.seen(facts, places);
    this.map(facts, places);
    wall.heighten(places.height - wall.tall());
  }

  /** @param {ReturnType<OpenedUnit["facts"]>} facts @param {UnitPlaces} places */
  map({ weights, range, exact }, places) {
    const { side, figure, script } = this.wall.wall, drawn = JSON.parse(figure), [heat] = drawn.data;
    if (!this.plot) {
      this.plot = element("div", "", { class: "gm-plot", "data-testid": "chart", role: "img" });
      this.find("unit-map").append(this.plot);
    }
    const end = alike([range])(range), most = range || 1;
    heat.z = Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, column) => weights[row * side + column] ?? null));
    Object.assign(heat, { zmin: -most, zmax: most, zauto: false, colorscale: signScale(this.wall.paper, this.wall.wall.colours) });
    if (!exact) heat.hovertemplate = heat.hovertemplate.replace("%{z:.7g}", "about %{z:.3g}");
    Object.assign(heat.colorbar, { tickvals: [-most, 0, most], ticktext: [`≤ −${end}`, "0", `≥ ${end}`] });
    show(this.plot, {
      figure: JSON.stringify(drawn), height: `${places.map.height}px`, big: this.wall.big, script,
      label: this.wall.wall.layer === 1
        ? `The weights of unit ${this.unit + 1}, laid out as the image is: blue where ink speaks for it, orange where against`
        : `The weights of unit ${this.unit + 1}, one for each unit of layer ${this.wall.wall.layer - 1}, row by row: blue speaks for it, orange against`,
    });
  }

  // Its weights to the classes that are shown, as bars from a line at 0; they lie if they are `rows`.
  /** @param {ReturnType<OpenedUnit["facts"]>} facts @param {number[]} shown @param {boolean} rows @param {UnitPlaces} places */
  bars({ outgoing, classes, off }, shown, rows, places) {
    const box = this.find("unit-bars");
    box.hidden = !outgoing || !places.bars.height;
    if (box.hidden) return;
    const say = alike([...outgoing], rows ? undefined : 2), most = Math.max(...Array.from(outgoing, Math.abs)) || 1;
    const each = areDigits(classes) ? "Its weight for each digit" : "Its weight for each class";
    const head = shown.length < classes.length ? `Strongest weights, ${shown.length} of ${classes.length}` : each;
    const all = element("div", "", { class: rows ? "gm-classes gm-rows" : "gm-classes" }), digits = areDigits(classes);
    for (const k of shown) {
      const weight = outgoing[k];
      const bar = element("div", "", { class: weight < 0 ? "gm-class gm-against" : "gm-class", title: `weight for ${digits ? "digit " : ""}${classes[k]}: ${weight.toPrecision(7).replace("-", "−")}` });
      const length = element("i");
      length.style[rows ? "width" : "height"] = `${(50 * Math.abs(weight)) / most}%`;
      length.style.background = this.wall.wall.colours[weight < 0 ? "negative" : "positive"];
      const field = element("span", "", { class: "gm-field" });
      field.append(length);
      bar.append(element("small", places.numbered ? say(weight) : ""), field, element("b", classes[k]));
      all.append(bar);
    }
    const speaks = off ? "On, it would speak" : "Excited, it speaks";
    const then = this.wall.big ? `${speaks} for or against` : `${speaks} for (blue) or against each ${digits ? "digit" : "class"}`;
    box.replaceChildren(element("div", shown.length < classes.length ? `${head}${this.wall.big ? "" : ": blue speaks for it"}` : then, { class: "gm-over" }), all);
    box.setAttribute("aria-label", head);
  }

  // The test images that it answers most, each with what it is.
  /** @param {ReturnType<OpenedUnit["facts"]>} facts @param {UnitPlaces} places */
  seen({ most, lowest, tried, classes, off }, places) {
    const { details } = this, box = this.find("unit-seen"), digits = areDigits(classes), of = digits ? "test digits" : "test images";
    const above = most.filter(({ answer }) => answer > lowest).slice(0, places.many);
    const say = alike(above.map(({ answer }) => answer)), row = element("div", "", { class: "gm-most" });
    const side = details ? Math.sqrt(details.images.length / details.labels.length) : 0; // of an image, whatever the tiles show
    for (const { image, answer } of above) {
      const one = element("figure"), canvas = element("canvas"), name = classes[details.labels[image]];
      this.wall.ink(canvas, details.images.subarray(image * side ** 2, (image + 1) * side ** 2), side);
      canvas.style.width = canvas.style.height = `${places.edge}px`;
      one.style.width = `${places.cell}px`;
      one.title = `${digits ? `a test digit ${name}` : `a test image: ${name}`}, output ${say(answer)}`;
      one.append(canvas, element("figcaption", name));
      row.append(one);
    }
    const none = tried ? `None of ${tried} ${of} ${off ? "would excite" : "excites"} it more than another` : "", excite = off ? "would excite" : "excite";
    const first = this.wall.big ? `These ${excite} it most (of ${tried})` : `Of ${tried} ${of} these ${excite} it most`;
    const head = above.length ? first : none;
    box.replaceChildren(element("div", head, { class: "gm-over" }), row);
  }

  close() {
    if (this.plot) leave(this.plot);
    this.plot?.remove();
  }
}

// What a unit says to an image, whose ink is a byte a pixel.
/** @param {Uint8Array} image @param {Float32Array} weights @param {number} bias @param {ActivationName} activation */
function answerTo(image, weights, bias, activation) {
  let sum = bias;
  for (let p = 0; p < weights.length; p++) sum += weights[p] * (image[p] / 255);
  return ACTIVATIONS[activation].f(sum);
}

/** @param {HTMLElement} part @param {PartPlace} place */
function put(part, { x, y, width, height }) {
  Object.assign(part.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
}

// What Python sends of an opened unit, unpacked.
/** @param {UnitMessage | null} message @returns {UnitDetails | null} */
export function detailsOf(message) {
  if (!message) return null;
  const floats = (packed) => unpack(packed, Float32Array);
  return {
    ...message,
    weights: floats(message.weights),
    bias: floats(message.bias)[0],
    outgoing: message.outgoing === null ? null : Array.from(floats(message.outgoing)),
    lowest: floats(message.lowest),
    highest: floats(message.highest),
    answers: floats(message.answers),
    images: unpack(message.images, Uint8Array),
  };
}
