// @ts-check
// The weights of each unit beside the gradient of a batch, and how long gradients were over time.

import { unpack } from "../shared/bytes.js";
import { element, finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { drawCurves, putMark } from "../shared/lines.js";
import { written } from "../shared/numbers.js";
import { Moments } from "../shared/scrub.js";
import { squares } from "../shared/squares.js";
import { paintSigned } from "../through/paint.js";
import { decades, placeOf } from "./scale.js";

const FULL = 127; // the whole number that has the full colour

export class Gradients {
  /** @type {GradientsMessage} */ shown;
  /** @type {boolean} */ big;
  /** @type {(what: object) => void} */ asked;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gv");
    this.at = 0; // the unit that the keyboard is at
    const tiles = this.find("tiles");
    tiles.onpointerover = (event) => this.tell(this.tiles.indexOf(event.target.closest("figure")));
    tiles.onclick = (event) => this.go(this.tiles.indexOf(event.target.closest("figure")));
    tiles.onkeydown = (event) => this.step(event);
    tiles.onfocus = () => this.go(this.at);
    this.find("own").onclick = () => this.asked({ looked_batch: 0 });
    this.find("before").onclick = () => this.batch(this.shown.batch - 1);
    this.find("after").onclick = () => this.batch(this.shown.batch + 1);
    this.find("number").onchange = (event) => this.batch(Number(event.target.value));
    this.find("layer").onchange = (event) => this.asked({ layer: Number(event.target.value) });
    this.moments = new Moments(this.find("time"), this.find("when"), (moment) => this.asked({ moment }));
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, this.moments.deeds);
  }

  destroy() {
    this.gone.abort();
  }

  /** @param {number} number */
  batch(number) {
    const to = Math.max(1, Math.min(this.shown.batches, Math.round(number) || 1));
    this.find("number").value = to;
    if (to !== this.shown.batch) this.asked({ looked_batch: to });
  }

  /** @param {GradientsMessage} shown @param {boolean} big */
  show(shown, big) {
    this.shown = shown;
    this.big = big;
    this.head();
    this.pictures();
    this.curves();
    this.moments.show(shown);
    this.root.dataset.drawn = "true";
  }

  head() {
    const { layers, layer, batch, batches, own, named, weightsTo, gradientsTo, units, shown } = this.shown;
    const menu = this.find("layer"), field = this.find("number");
    this.find("deep").hidden = layers < 2;
    menu.replaceChildren(...Array.from({ length: layers }, (_, k) => new Option(String(k + 1), String(k + 1))));
    menu.value = String(layer);
    this.find("own").hidden = !own;
    this.find("own").setAttribute("aria-pressed", String(!batch));
    field.max = batches;
    field.value = batch || "";
    field.title = `1 to ${batches}`;
    this.find("before").disabled = batch <= 1;
    this.find("after").disabled = batch >= batches;
    const ranges = `Left: its weights, full colour from ±${written(weightsTo, 2)} on. Right: the gradient, from ±${written(gradientsTo, 2)} on`;
    const all = shown.length < units ? `${shown.length} of ${units} units` : `${units} units`;
    const key = this.big ? `weights to ±${written(weightsTo, 2)} | gradient to ±${written(gradientsTo, 2)}`
      : `${ranges}; blue is above 0: there the loss rises with the weight${squares(layer)}. The longest gradient first.`;
    this.find("key").textContent = key;
    this.find("tiles").setAttribute("aria-label", `${all}, on ${named}. ${ranges}. Arrow keys go from unit to unit.`);
  }

  /** @returns {HTMLElement[]} */
  get tiles() {
    return [...this.find("tiles").children];
  }

  // Two pictures for each unit.
  pictures() {
    const { shown, side, weights, gradients, colours } = this.shown, box = this.find("tiles"), pixels = side ** 2;
    const paper = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const both = [weights, gradients].map((packed) => Float32Array.from(unpack(packed, Int8Array)));
    while (box.children.length > shown.length) box.lastChild.remove();
    while (box.children.length < shown.length) {
      const figure = element("figure", "", { role: "option", "aria-selected": "false" });
      figure.append(element("canvas", "", { "aria-hidden": "true" }), element("canvas", "", { "aria-hidden": "true" }), element("figcaption"));
      box.append(figure);
    }
    this.tiles.forEach((figure, k) => {
      figure.querySelectorAll("canvas").forEach((canvas, which) => {
        paintSigned(canvas, both[which].subarray(k * pixels, (k + 1) * pixels), side, FULL, colours, paper);
      });
      figure.id = `gv-unit-${k}`;
      figure.querySelector("figcaption").textContent = String(shown[k].unit + 1);
      figure.setAttribute("aria-label", this.words(k));
    });
    this.at = Math.min(this.at, shown.length - 1);
  }

  /** @param {number} k */
  words(k) {
    const { unit, weights, gradient } = this.shown.shown[k];
    return `Unit ${unit + 1}: its weights are ${written(weights)} long, the gradient ${gradient === null ? "is no longer finite" : written(gradient)}.`;
  }

  /** @param {number} k */
  tell(k) {
    if (k >= 0) this.find("said").textContent = this.words(k);
  }

  // The keyboard goes to this unit.
  /** @param {number} k */
  go(k) {
    if (k < 0) return;
    this.at = k;
    this.tiles.forEach((figure, place) => figure.setAttribute("aria-selected", String(place === k)));
    this.find("tiles").setAttribute("aria-activedescendant", `gv-unit-${k}`);
    this.tiles[k].scrollIntoView({ block: "nearest" });
    this.tell(k);
  }

  /** @param {KeyboardEvent} event */
  step(event) {
    const { tiles } = this, last = tiles.length - 1;
    const columns = Math.max(1, tiles.filter(({ offsetTop }) => offsetTop === tiles[0].offsetTop).length);
    const ways = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -last, End: last };
    const by = ways[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    this.go(Math.max(0, Math.min(last, this.at + by)));
    event.preventDefault();
    event.stopPropagation();
  }

  // The length of each layer's gradient, from one power of ten to another.
  curves() {
    const { lines, fixed, stuck, layers, at, epochs } = this.shown;
    const known = lines.flatMap(({ lengths }) => lengths), [low, high] = decades(known);
    const last = Math.max(1, epochs.length - 1);
    drawCurves(this.find("field").querySelector("svg"), lines.map(({ colour, lengths }) => ({
      colour, points: lengths.map((length, k) => [k / last, placeOf(length, low, high)]).filter(([, y]) => y !== null),
    })));
    putMark(this.find("now"), at / last, 0);
    this.find("top").textContent = written(10 ** high, 1);
    this.find("bottom").textContent = written(10 ** low, 1);
    const same = fixed === 1 ? "one test image" : `the same ${fixed} test images`;
    this.find("title").textContent = this.big ? "Length of the gradient" : `How long each layer's gradient is, on ${same} at every moment`;
    const names = lines.map(({ name, colour, lengths }) => {
      const now = lengths[Math.min(at, lengths.length - 1)], row = element("span", `${name}: ${now === null ? "not finite" : written(now)}`);
      row.style.borderColor = colour;
      return row;
    });
    this.find("names").replaceChildren(...names);
    this.find("field").setAttribute("aria-label", `The length of each layer's gradient on ${same}, through training. At this moment ${names.map(({ textContent }) => textContent).join(", ")}.`);
    this.find("over").textContent = this.big ? "" : "Hidden units that hardly pass an error back, on all test images:";
    this.find("stuck").tBodies[0].replaceChildren(...stuck.map((words, k) => {
      const row = element("tr");
      row.append(element("th", layers > 1 ? `layer ${k + 1}` : "hidden layer", { scope: "row" }), element("td", words));
      return row;
    }));
  }
}
