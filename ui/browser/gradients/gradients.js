// @ts-check
// The weights of each unit beside the gradient of a batch, and how long gradients were over time.

import { unpack } from "../shared/bytes.js";
import { element, finder, readAs } from "../shared/elements.js";
import { fitting } from "../shared/fitting.js";
import { hearKeys } from "../shared/keys.js";
import { drawCurves, putMark } from "../shared/lines.js";
import { written } from "../shared/numbers.js";
import { whenResized } from "../shared/resized.js";
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
    this.resized = whenResized(() => this.shown && this.fit(), tiles);
    this.moments = new Moments(this.find("time"), this.find("when"), (moment) => this.asked({ moment }));
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, this.moments.deeds);
  }

  destroy() {
    this.gone.abort();
    this.resized.disconnect();
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
    this.fit();
    this.curves();
    this.moments.show(shown);
    this.root.dataset.drawn = "true";
  }

  head() {
    const { layers, layer, batch, batches, own, weightsTo, gradientsTo } = this.shown;
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
    const pair = "The right picture of each pair, the gradient, says which way each weight should move, and how strongly: blue down, orange up";
    const ranges = `full colour from ±${written(gradientsTo, 2)} on; left the weights, from ±${written(weightsTo, 2)}`;
    this.find("key").textContent = this.big ? `${pair} (${ranges}).` : `${pair}, so that this batch's loss falls; ${ranges}${squares(layer)}.`;
  }

  // On a projector only what is seen whole: those with the longest gradient.
  fit() {
    const { named, units } = this.shown, { tiles } = this, shown = this.big ? fitting(this.find("tiles")) : tiles.length;
    tiles.forEach((figure, k) => { figure.hidden = k >= shown; });
    const all = shown < units ? `${shown} of ${units} units` : `${units} units`;
    this.find("many").textContent = `${all}, longest gradient first`;
    this.find("tiles").setAttribute("aria-label", `${all}, on ${named}, longest gradient first: the weights of each beside its gradient. Arrow keys go from unit to unit.`);
    this.at = Math.max(0, Math.min(this.at, shown - 1));
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
      readAs(figure, this.words(k));
    });
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
    const tiles = this.tiles.filter(({ hidden }) => !hidden), last = tiles.length - 1;
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
    const border = getComputedStyle(this.root).getPropertyValue("--st-border-color").trim();
    const powers = Array.from({ length: high - low - 1 }, (_, k) => (k + 1) / (high - low));
    drawCurves(this.find("field").querySelector("svg"), [
      ...powers.map((y) => ({ colour: border, points: [[0, y], [1, y]] })),
      ...lines.map(({ colour, lengths }) => ({
        colour, points: lengths.map((length, k) => [k / last, placeOf(length, low, high)]).filter(([, y]) => y !== null),
      })),
    ]);
    putMark(this.find("now"), at / last, 0);
    this.find("top").textContent = written(10 ** high, 1);
    this.find("bottom").textContent = `${written(10 ** low, 1)} (logarithmic${powers.length ? ": a line is ×10" : ""})`;
    const same = fixed === 1 ? "one test image" : `the same ${fixed} test images`;
    this.find("title").textContent = this.big ? `Gradient's length, ${fixed === 1 ? "one image" : `${fixed} images`}` : `How long each layer's gradient is, on ${same} at every moment`;
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
