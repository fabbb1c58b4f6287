// @ts-check
// Hidden units with a switch each, least needed first, and what goes wrong without those that are off.

import { unpack } from "../shared/bytes.js";
import { aClass } from "../shared/classes.js";
import { cellBy, cellWords, fillCells, makeCells } from "../mistakes/table.js";
import { element, finder, readAs } from "../shared/elements.js";
import { fitting } from "../shared/fitting.js";
import { hearKeys } from "../shared/keys.js";
import { drawCurves, putMark } from "../shared/lines.js";
import { whole, written } from "../shared/numbers.js";
import { paintPixels } from "../shared/pixels.js";
import { whenResized } from "../shared/resized.js";
import { Moments } from "../shared/scrub.js";
import { paintSigned } from "../through/paint.js";
import { squares } from "../shared/squares.js";
import { classWords, exampleWords, fewer, losses, moreWords, takenFor } from "./words.js";

const FULL = 127; // the whole number that has the full colour
const PATIENCE = 2; // messages that may come before the one that was asked for
const TIMES = 3; // that the same is asked for: of a run that trains a click can be lost
const ROWS = 10; // classes that lose most, at most

export class Units {
  /** @type {UnitsMessage} */ shown;
  /** @type {boolean} */ big;
  /** @type {HTMLElement[][]} */ cells;
  /** @type {(what: object) => void} */ asked;
  /** @type {Set<string>} */ off = new Set(); // "1.17" each: what is off on screen
  /** @type {string | null} */ waits = null; // what was asked for and has not come yet

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gu");
    this.at = 0; // the tile that the keyboard is at
    this.cell = { truth: 0, guess: 0 }; // and the cell
    this.late = 0;
    const tiles = this.find("tiles"), table = this.find("table"), first = this.find("first");
    tiles.onclick = (event) => this.touch(event.target.closest("button"));
    tiles.onkeydown = (event) => this.step(event);
    for (const name of ["pointerover", "focusin"]) tiles.addEventListener(name, (/** @type {any} */ { target }) => this.tell(target.closest("button")));
    for (const name of ["pointerover", "focusin"]) table.addEventListener(name, (/** @type {any} */ { target }) => this.tellCell(target));
    table.onkeydown = (event) => this.stepCell(event);
    first.oninput = () => this.sayFirst(Number(first.value));
    first.onchange = () => this.ask(this.firstOf(Number(first.value)));
    this.find("on").onclick = () => this.ask([]);
    this.find("layer").onchange = (event) => this.asked({ layer: Number(event.target.value) });
    this.resized = whenResized(() => this.shown && this.fit(), tiles, this.find("scroll"));
    this.moments = new Moments(this.find("time"), this.find("when"), (moment) => this.asked({ moment }));
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, this.moments.deeds);
  }

  destroy() {
    this.gone.abort();
    this.resized.disconnect();
  }

  /** @param {UnitsMessage} shown @param {boolean} big */
  show(shown, big) {
    const before = this.shown;
    this.shown = shown;
    this.big = big;
    this.hear();
    if (String(before?.classes) !== String(shown.classes)) this.cells = makeCells(this.find("table"), shown.classes, "gu");
    const units = (/** @type {UnitsMessage} */ { units: all, layer }) => JSON.stringify([layer, all.map(({ unit, tile }) => [unit, tile])]);
    if (!before || units(before) !== units(shown)) this.makeTiles();
    this.paintTiles();
    this.switches();
    this.head();
    this.curve();
    this.lost();
    this.answer();
    this.fit();
    this.moments.show(shown);
    this.root.dataset.drawn = "true";
  }

  // What is off by this message, unless it is older than what was asked for.
  hear() {
    const { written, off } = this.shown, others = this.waits !== null && this.waits !== written;
    if (others) this.late += 1;
    if (others && this.late < PATIENCE * TIMES) {
      if (this.late % PATIENCE === 0) this.asked({ off: this.waits, again: this.late });
      return;
    }
    this.waits = null;
    this.root.removeAttribute("aria-busy");
    this.off = new Set(off.map((pair) => pair.join(".")));
  }

  head() {
    const { layers, layer, tried, full } = this.shown, layerMenu = this.find("layer");
    const more = `how many of ${whole(tried)} test images more or fewer are read right without it alone`;
    const weights = `blue weights are above 0, orange below, full colour from ±${written(full, 2)} on`;
    if (!this.big) this.find("title").textContent = `Touch a unit to switch it off. Its number: ${more}, least damage first. Its picture${squares(layer)}: ${weights}.`;
    this.find("deep").hidden = layers < 2;
    layerMenu.replaceChildren(...Array.from({ length: layers }, (_, k) => new Option(String(k + 1), String(k + 1))));
    layerMenu.value = String(layer);
  }

  // On a projector only what is seen whole: the units needed least and most, the classes that lose most.
  fit() {
    const { units, tried } = this.shown, { tiles } = this, last = tiles.length;
    const fits = this.big ? fitting(this.find("tiles")) : last, least = Math.ceil(fits / 2), most = fits - least;
    tiles.forEach((button, k) => { button.hidden = fits < last && k >= least && k < last - most; });
    const order = fits < last ? `the ${least} least and the ${most} most needed of ${last} hidden units` : `${last} hidden units, least needed first`;
    this.find("tiles").setAttribute("aria-label", `${order}. Arrow keys go from one to the next, space switches it.`);
    if (this.tiles[this.at].hidden) this.at = 0;
    this.switches();
    const rows = this.find("lost").tBodies[0], box = this.find("scroll");
    for (const row of rows.rows) row.hidden = false;
    for (let k = rows.rows.length - 1; this.big && k > 0 && box.scrollHeight > box.clientHeight; k--) rows.rows[k].hidden = true;
    if (!this.big) return;
    const which = fits < last ? `The ${least} least, ${most} most needed of ${last}` : `${last} units, least needed first`;
    this.find("title").textContent = `${which}. ${exampleWords(units[0], tried)}`;
  }

  // A tile for each unit, in order.
  makeTiles() {
    const { units } = this.shown;
    this.at = Math.min(this.at, units.length - 1);
    this.find("tiles").replaceChildren(...units.map(({ unit, tile }) => {
      const button = element("button", "", { type: "button", role: "switch", tabindex: "-1" });
      if (tile >= 0) button.append(element("canvas", "", { "aria-hidden": "true" }));
      button.append(element("span", String(unit + 1), { class: "gu-number" }), element("span", "", { class: "gu-more" }));
      return button;
    }));
  }

  /** @returns {HTMLButtonElement[]} */
  get tiles() {
    return [...this.find("tiles").children];
  }

  paintTiles() {
    const { units, tiles, side, colours } = this.shown, values = Float32Array.from(unpack(tiles, Int8Array));
    const paper = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    this.tiles.forEach((button, k) => {
      const { tile } = units[k], canvas = button.querySelector("canvas");
      if (canvas) paintSigned(canvas, values.subarray(tile * side ** 2, (tile + 1) * side ** 2), side, FULL, colours, paper);
    });
  }

  /** @param {number} place */
  nameOf(place) {
    return `${this.shown.layer}.${this.shown.units[place].unit + 1}`;
  }

  // What is on and what is off, by tile.
  switches() {
    const { units } = this.shown;
    this.tiles.forEach((button, k) => {
      const { unit, more } = units[k], on = !this.off.has(this.nameOf(k));
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = k === this.at ? 0 : -1;
      button.querySelector(".gu-more").textContent = on ? fewer(more) : "off";
      readAs(button, `Unit ${unit + 1}. ${moreWords(more)}`);
    });
    this.find("on").disabled = !this.off.size;
  }

  /** @param {HTMLButtonElement | null} button */
  touch(button) {
    const place = this.tiles.indexOf(button);
    if (place < 0) return;
    const name = this.nameOf(place), off = new Set(this.off);
    if (!off.delete(name)) off.add(name);
    this.at = place;
    this.ask([...off]);
    this.tell(button, " Counting …");
  }

  // These are to be off and no others.
  /** @param {string[]} names */
  ask(names) {
    const pairs = names.map((name) => name.split(".").map(Number)).sort(([a, b], [c, d]) => a - c || b - d);
    this.off = new Set(names);
    this.waits = pairs.map((pair) => pair.join(".")).join(",");
    this.late = 0;
    this.switches();
    this.root.setAttribute("aria-busy", "true"); // the numbers on screen are of what was off before
    this.asked({ off: this.waits });
  }

  // The first so many units of the order; those of other layers stay as they are.
  /** @param {number} count */
  firstOf(count) {
    const others = [...this.off].filter((name) => !name.startsWith(`${this.shown.layer}.`));
    return [...others, ...this.shown.units.slice(0, count).map((_, k) => this.nameOf(k))];
  }

  /** @param {KeyboardEvent} event */
  step(event) {
    const places = this.places, last = places.length - 1, columns = this.columns(), at = places.indexOf(this.at);
    const ways = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -last, End: last };
    const by = ways[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    this.at = places[Math.max(0, Math.min(last, at + by))];
    this.switches();
    this.tiles[this.at].focus();
    event.preventDefault();
    event.stopPropagation();
  }

  // Of the tiles that are shown.
  get places() {
    return this.tiles.flatMap(({ hidden }, k) => (hidden ? [] : [k]));
  }

  columns() {
    const tops = this.places.map((k) => this.tiles[k].offsetTop);
    return Math.max(1, tops.filter((top) => top === tops[0]).length);
  }

  /** @param {HTMLButtonElement | null} button @param {string} [then] */
  tell(button, then = "") {
    const place = this.tiles.indexOf(button);
    if (place < 0) return;
    const { unit, more } = this.shown.units[place], on = !this.off.has(this.nameOf(place));
    this.say(`Unit ${unit + 1} is ${on ? "on" : "off"}. ${moreWords(more)}${then}`);
  }

  // How many are read right, by how many are off.
  curve() {
    const { together, tried, units, spare, counts } = this.shown, last = units.length, field = this.find("field");
    const accent = getComputedStyle(this.root).getPropertyValue("--st-primary-color").trim();
    const all = counts.flat().reduce((sum, n) => sum + n, 0), right = counts.reduce((sum, row, k) => sum + row[k], 0);
    const here = units.filter((_, k) => this.off.has(this.nameOf(k))).length;
    drawCurves(field.querySelector("svg"), [{ points: together.map((n, k) => [k / last, n / tried]), colour: accent }]);
    putMark(this.find("dot"), here / last, all ? right / all : 0);
    putMark(this.find("spare"), spare / last, together[spare] / tried);
    this.find("heading").textContent = this.big ? "Read right, by units off" : `Read right, by how many of the least needed are off. Dot: as it is now.${spare < last ? " Circle: up to it, at most 1 image in 100 fewer." : ""}`;
    this.find("none").textContent = this.big ? "0" : "0%, none off";
    this.find("all").textContent = this.big ? String(last) : `all ${last} off`;
    field.setAttribute("aria-label", `Read right with the least needed units off: none ${classWords(together[0], tried)}, ${spare} ${classWords(together[spare], tried)}, all ${last} ${classWords(together[last], tried)}. Now ${here} are off: ${classWords(right, all)}.`);
    const first = this.find("first"), inOrder = units.slice(0, here).every((_, k) => this.off.has(this.nameOf(k)));
    first.max = String(last);
    first.value = String(here);
    this.sayOff(inOrder && this.off.size === here ? "The first " : "Now ", this.off.size, classWords(right, all));
  }

  // What it would read if the first so many were off.
  /** @param {number} count */
  sayFirst(count) {
    const { together, tried } = this.shown;
    this.sayOff("The first ", count, classWords(together[count], tried));
  }

  /** @param {string} which @param {number} count @param {string} read */
  sayOff(which, count, read) {
    const words = `${which}${count} off: ${read}`;
    this.find("range").textContent = this.big ? `${count} off: ${read}` : words;
    this.find("first").setAttribute("aria-valuetext", words);
  }

  // The classes that lose most, and the table of what is taken for what.
  lost() {
    const { shown, cells } = this, { classes, counts, before } = shown;
    const rows = losses(before, counts).slice(0, ROWS);
    const lose = counts[rows[0]][rows[0]] < before[rows[0]][rows[0]];
    const line = (/** @type {string[]} */ texts, /** @type {"th" | "td"} */ tag) => {
      const row = element("tr");
      row.append(...texts.map((text, k) => element(k ? tag : "th", text, { scope: k ? "col" : "row" })));
      return row;
    };
    this.find("lost").tHead.replaceChildren(line([rows.length < classes.length ? (lose ? "loses most" : "the first") : "", "all on", "now", "taken for"], "th"));
    this.find("lost").tBodies[0].replaceChildren(...rows.map((k) => line([classes[k], whole(before[k][k]), whole(counts[k][k]), takenFor(shown, k)], "td")));
    this.find("over").textContent = "Row: what it is. Column: read as. In % of the row.";
    this.find("table").setAttribute("aria-label", "What is taken for what now: a row for each class, a column for what it is read as.");
    fillCells(cells, shown, { truth: -1, guess: -1 }, "gu");
    this.rove();
  }

  rove() {
    const { truth, guess } = this.cell, last = this.cells.length - 1;
    this.cell = { truth: Math.min(truth, last), guess: Math.min(guess, last) };
    this.cells.flat().forEach((cell) => cell.setAttribute("tabindex", "-1"));
    this.cells[this.cell.truth][this.cell.guess].setAttribute("tabindex", "0");
  }

  /** @param {HTMLElement} target */
  tellCell(target) {
    const truth = this.cells.findIndex((row) => row.includes(target));
    if (truth >= 0) this.say(`${cellWords(this.shown, truth, this.cells[truth].indexOf(target))}.`);
  }

  /** @param {KeyboardEvent} event */
  stepCell(event) {
    const to = cellBy(event.key, this.cell, this.cells.length - 1);
    if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
    this.cell = to;
    this.rove();
    this.cells[to.truth][to.guess].focus();
    event.preventDefault();
    event.stopPropagation();
  }

  // What is read on the image that is looked at.
  answer() {
    const { asked, classes } = this.shown, { name, side, image, before, now } = asked, canvas = this.find("image");
    paintPixels(canvas, unpack(image, Uint8Array), side, getComputedStyle(this.root).color);
    canvas.setAttribute("aria-label", name);
    const [was, is] = [before, now].map(({ said, sure }) => `${aClass(classes[said])}, ${sure}`);
    this.find("answer").textContent = this.big ? `${is} (all on: ${was})` : `${name} is read as ${is}; with all units on: ${was}.`;
  }

  /** @param {string} words */
  say(words) {
    this.find("said").textContent = words;
  }
}
