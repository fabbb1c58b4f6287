// @ts-check
// One image on its way through a network. Each number is the sum of the ones it is opened into.

import { unpack } from "../shared/bytes.js";
import { aClass } from "../shared/classes.js";
import { element, finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { sayMoreOf } from "../shared/more.js";
import { written } from "../shared/numbers.js";
import { paintPixels } from "../shared/pixels.js";
import { Moments } from "../shared/scrub.js";
import { paintSigned, rangeOf } from "./paint.js";
import { bar, endsOf, product, signed, stepsOf, stepsOfInk } from "./rows.js";
import { TurnedPixels } from "./turned.js";

const PARTS = 8; // of a sum that stand by themselves until all are asked for
const ON_A_PROJECTOR = 5;
const MORE_DIGITS = 6; // of a number that is pointed at
const SUM = { sum_of: "", opens: "its sum" }; // that of the score: what the view opens on
const TOO_SMALL = 1e-5; // a probability that the table has as <0.001%

export class Through {
  /** @type {ThroughMessage} */ shown;
  /** @type {boolean} */ big;
  /** @type {string} */ brought; // the image and the score that were brought into sight
  /** @type {(what: object) => void} */ asked;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gi");
    this.all = false; // whether all parts are shown
    this.pixel = 0; // the one that the keyboard is at
    this.find("before").onclick = () => this.go(this.shown.number - 1);
    this.find("after").onclick = () => this.go(this.shown.number + 1);
    this.find("mistake").onclick = () => this.go(this.shown.nextMistake);
    this.find("drawing").onclick = () => this.asked({ image: 0 });
    this.find("number").onchange = (event) => this.go(Number(event.target.value));
    this.find("back").onclick = () => this.asked(SUM);
    this.find("turn").onclick = () => this.asked({ opens: "few pixels" });
    this.turned = new TurnedPixels(root, this.find, (words) => this.say(words));
    const products = this.find("products");
    products.onpointermove = (event) => this.point(event);
    products.onkeydown = (event) => this.key(event);
    this.moments = new Moments(this.find("time"), this.find("when"), (moment) => this.asked({ moment }));
    const scores = this.find("scores");
    this.list = sayMoreOf(scores.parentElement, scores);
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, {
      ...this.moments.deeds,
      close: () => (this.opens || this.shown.turned !== null) && (this.asked(SUM), true),
    });
  }

  destroy() {
    this.gone.abort();
    this.list.disconnect();
  }

  // Whether it is a hidden unit's sum that is shown, and not a score.
  get opens() {
    return this.shown.layer < this.shown.layers - 1;
  }

  // How many parts stand by themselves.
  get parts() {
    const { length } = this.shown.rows;
    return this.all ? length : Math.min(length, this.big ? ON_A_PROJECTOR : PARTS);
  }

  /** @param {number} image */
  go(image) {
    const to = Math.max(1, Math.min(this.shown.of, Math.round(image) || 1));
    this.find("number").value = to;
    if (to !== this.shown.number) this.asked({ image: to });
  }

  /** @param {ThroughMessage} shown @param {boolean} big */
  show(shown, big) {
    const opened = ({ number, layer, unit, turned }) => `${number} ${layer} ${unit} ${turned !== null}`;
    if (this.shown && opened(this.shown) !== opened(shown)) this.say(""); // it was of something else
    this.shown = shown;
    this.big = big;
    this.paper = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    this.left();
    this.turn();
    if (!shown.turned) this.middle();
    this.right();
    this.moments.show(shown);
    this.root.dataset.drawn = "true";
  }

  // The image, and the gradient of the score in its pixels.
  left() {
    const { number, of, nextMistake, drawn, side, image, label, classes, score, gradient, colours } = this.shown;
    const what = label < 0 ? "what you drew" : aClass(classes[label]);
    const field = this.find("number");
    field.max = of;
    field.value = number || "";
    this.find("drawing").hidden = !drawn || !number;
    field.title = `1 to ${of}`;
    this.find("before").disabled = number <= 1;
    this.find("after").disabled = number >= of;
    this.find("mistake").hidden = !nextMistake || nextMistake === number;
    const picture = this.find("image"), slope = this.find("gradient"), values = unpack(gradient, Float32Array);
    paintPixels(picture, unpack(image, Uint8Array), side, getComputedStyle(this.root).color);
    picture.setAttribute("aria-label", number ? `Image ${number}: ${what}` : what);
    this.find("is").textContent = `It is ${what}.`;
    paintSigned(slope, values, side, rangeOf(values), colours, this.paper);
    const whose = `the score of ${aClass(classes[score])}`;
    const words = `A little more ink would raise ${whose} where it is blue and lower it where it is orange. It does not say which ink made the answer.`;
    this.find("slope").textContent = this.big ? "Blue: ink raises this score. Orange: lowers it." : words;
    slope.setAttribute("aria-label", `The gradient of the score in the pixels. ${words}`);
  }

  // The few pixels that turn the answer, in the place of a sum.
  turn() {
    const { turned } = this.shown, sum = this.find("sum"), other = sum.hidden !== (turned !== null);
    const pressed = [this.find("turn"), this.find("back")].includes(/** @type {any} */ (document.activeElement));
    sum.hidden = turned !== null;
    this.find("turn").hidden = turned !== null;
    this.find("back").hidden = turned === null;
    this.find("name").textContent = turned ? "Scores of the image before, and what they say" : "Scores, and what they say";
    if (turned) this.find("title").textContent = turned.title;
    if (turned) this.turned.show(this.shown, getComputedStyle(this.root).getPropertyValue("--st-primary-color").trim());
    else this.find("three").hidden = true;
    if (other && pressed) this.find(turned ? "back" : "turn").focus();
  }

  // What is summed up.
  middle() {
    const { shown } = this, { classes, score, layer, unit, layers, activation, total, answer } = shown;
    const name = this.opens ? `unit ${unit + 1}${this.whose(layer + 1)}` : `the score of ${aClass(classes[score])}`;
    this.find("title").textContent = `What adds up to ${this.opens ? `the sum of ${name}` : name}`;
    this.find("back").hidden = !this.opens;
    this.find("pixels").hidden = layer > 0;
    this.find("sum").classList.toggle("gi-ink", layer === 0);
    const products = layer ? null : unpack(shown.products, Float32Array);
    const steps = products ? stepsOfInk(products, shown) : stepsOf(shown, this.parts);
    const head = layer ? ["", layers > 2 ? `layer ${layer}` : "", "its sum", "answers", "× weight", "adds", ""] : ["", "", "", "", "", "adds", ""];
    this.find("rows").tHead.replaceChildren(this.line(head.map((text, k) => [text, "th", k === 2 || k === 4])));
    const ends = endsOf([...steps, { name: "", adds: total, from: 0, to: total }]);
    const rows = steps.map((step, k) => this.row(step, k, ends));
    const sum = this.line([["", "td"], [this.opens ? "its sum" : "score", "td"], ["", "td", true], ["", "td"], ["", "td", true], [products ? shown.ink[3].replace("+", "") : written(total), "td"], ["", "td"]]);
    sum.className = "gi-total";
    sum.title = written(total, MORE_DIGITS);
    this.fall(sum, 0, total, ends, "currentColor");
    rows.push(sum);
    if (answer !== null) {
      const bent = this.line([["", "td"], [`${activation.replace("_", " ")} of it`, "td"], ["", "td", true], ["", "td"], ["", "td", true], [written(answer), "td"], ["", "td"]]);
      bent.title = written(answer, MORE_DIGITS);
      rows.push(bent);
    }
    this.refill(this.find("rows").tBodies[0], rows);
    if (products) this.ink(products);
    else this.pictures();
  }

  // Of which hidden layer a unit is, where there are several.
  /** @param {number} layer */
  whose(layer) {
    return this.shown.layers > 2 ? ` of layer ${layer}` : "";
  }

  // Other rows in the place of those there are: the keyboard stays where it was.
  /** @param {HTMLElement} body @param {HTMLElement[]} rows */
  refill(body, rows) {
    const at = [...body.querySelectorAll("button")].indexOf(/** @type {any} */ (document.activeElement));
    body.replaceChildren(...rows);
    if (at < 0) return;
    const buttons = body.querySelectorAll("button");
    (buttons[Math.min(at, buttons.length - 1)] ?? this.find("back")).focus();
  }

  /** @param {any[][]} cells text, tag, and whether there is no room for it on a phone @returns {HTMLTableRowElement} */
  line(cells) {
    const row = element("tr");
    row.append(...cells.map(([text, tag, more]) => element(/** @type {"td"} */ (tag), text, more ? { class: "gi-more" } : {})));
    return row;
  }

  // A row of the waterfall.
  /** @param {ThroughStep} step @param {number} k @param {[number, number]} ends */
  row({ name, adds, from, to, row: part, text }, k, ends) {
    const { colours, rows, layer } = this.shown;
    const made = this.line([["", "td"], ["", "td"], [part ? written(part.sum) : "", "td", true], [part ? written(part.value) : "", "td"], [part ? written(part.weight) : "", "td", true], [text ?? signed(adds), "td"], ["", "td"]]);
    const others = !part && layer > 0 && k > 0;
    if (part || others) {
      const words = part ? `Unit ${part.unit + 1}${this.whose(layer)} sums up ${written(part.sum)}, answers ${written(part.value)}, times ${written(part.weight)} adds ${signed(adds)}` : `${name} add ${signed(adds)}`;
      const button = element("button", name, { type: "button", "aria-label": `${words}. ${part ? "Open it" : "Show each"}.` });
      button.onclick = () => (part ? this.asked({ sum_of: `${layer}.${part.unit + 1}` }) : this.each());
      made.cells[1].append(button);
      made.onpointerenter = button.onfocus = () => this.say(part ? `Unit ${part.unit + 1}${this.whose(layer)}: ${product(part.value, part.weight)}` : `${words}.`);
    } else {
      made.cells[1].textContent = name;
      made.title = written(adds, MORE_DIGITS);
    }
    if (this.all && rows.length > PARTS && k === 0) {
      const fewer = element("button", "fewer", { type: "button" });
      fewer.onclick = () => this.each();
      made.cells[6].append(fewer);
    } else this.fall(made, from, to, ends, adds < 0 ? colours.negative : colours.positive);
    return made;
  }

  /** @param {HTMLTableRowElement} row @param {number} from @param {number} to @param {[number, number]} ends @param {string} colour */
  fall(row, from, to, ends, colour) {
    row.cells[6].className = "gi-fall";
    bar(row.cells[6], from, to, ends, colour);
  }

  // All parts, or those that count most.
  each() {
    this.all = !this.all;
    this.middle();
  }

  // Pixels × weights of the units that have a picture, on one range.
  pictures() {
    const { pictured, side, colours } = this.shown;
    const values = unpack(pictured, Float32Array), range = rangeOf(values);
    const rows = /** @type {HTMLTableRowElement[]} */ ([...this.find("rows").tBodies[0].rows]).slice(1);
    const count = Math.min(values.length / side ** 2, this.parts);
    for (let k = 0; k < count; k++) {
      const canvas = element("canvas", "", { "aria-hidden": "true" });
      paintSigned(canvas, values.subarray(k * side ** 2, (k + 1) * side ** 2), side, range, colours, this.paper);
      rows[k].cells[0].replaceChildren(canvas);
    }
  }

  // All pixels × weights of the opened unit.
  /** @param {Float32Array} products */
  ink(products) {
    const { side, colours, unit } = this.shown;
    paintSigned(this.find("products"), products, side, rangeOf(products), colours, this.paper);
    const blue = "blue adds to its sum, orange takes away.";
    this.find("adds").textContent = this.big ? "Blue adds, orange takes away." : `Ink × weight, pixel by pixel: ${blue} Point at one to read it.`;
    this.find("products").setAttribute("aria-label", `Pixels times weights of unit ${unit + 1}: blue adds to its sum, orange takes away. Arrow keys go from pixel to pixel.`);
  }

  /** @param {number} pixel */
  read(pixel) {
    const { side, image, weights } = this.shown;
    const ink = unpack(image, Uint8Array)[pixel] / 255, weight = unpack(weights, Float32Array)[pixel];
    this.say(`Row ${Math.floor(pixel / side) + 1}, column ${(pixel % side) + 1}: ink × weight is ${product(ink, weight)}`);
  }

  /** @param {PointerEvent} event */
  point({ offsetX, offsetY, target }) {
    const { side } = this.shown, canvas = /** @type {HTMLCanvasElement} */ (target);
    const at = (/** @type {number} */ where, /** @type {number} */ long) => Math.max(0, Math.min(side - 1, Math.floor((where / long) * side)));
    this.pixel = at(offsetY, canvas.clientHeight) * side + at(offsetX, canvas.clientWidth);
    this.read(this.pixel);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { side } = this.shown, ways = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -side, ArrowDown: side };
    const by = ways[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = this.pixel + by;
    if (to >= 0 && to < side ** 2) this.pixel = to;
    this.read(this.pixel);
    event.preventDefault();
    event.stopPropagation();
  }

  // The scores of all classes, and their probabilities; one of them is opened.
  right() {
    const { classes, scores, shares, probabilities, score, label, colours } = this.shown;
    const ends = endsOf(scores.map((to) => ({ name: "", adds: to, from: 0, to })));
    const rows = classes.map((name, k) => {
      const row = element("tr"), line = element("td", "", { class: "gi-line" }), first = element("td"), p = probabilities[k];
      const button = element("button", k === label ? `${name} (it is)` : name, { type: "button", "aria-label": `${aClass(name)}: score ${written(scores[k])}, probability ${shares[k]}. Open its score.` });
      button.onfocus = row.onpointerenter = () => this.say(`${aClass(name)}: score ${written(scores[k], MORE_DIGITS)}, probability ${p < TOO_SMALL ? written(p) : shares[k]}`);
      row.onclick = () => this.asked({ ...SUM, score: k });
      row.setAttribute("aria-selected", String(k === score && !this.opens && !this.shown.turned));
      bar(line, 0, scores[k], ends, scores[k] < 0 ? colours.negative : colours.positive);
      first.append(button);
      row.append(first, line, element("td", written(scores[k])), element("td", shares[k]));
      return row;
    });
    this.refill(this.find("scores").tBodies[0], rows);
    this.bring(rows[score]);
  }

  // What is opened comes into sight, where there are many; then the reader scrolls as they like.
  /** @param {HTMLElement} row */
  bring(row) {
    const { number, score } = this.shown, opened = `${number} ${score}`;
    if (opened === this.brought) return;
    this.brought = opened;
    const frame = row.closest(".gi-scroll"), top = row.offsetTop, end = top + row.offsetHeight;
    const seen = top >= frame.scrollTop && end <= frame.scrollTop + frame.clientHeight;
    if (!seen) frame.scrollTop = top - frame.clientHeight / 2;
  }

  /** @param {string} words */
  say(words) {
    this.find("said").textContent = words;
  }
}
