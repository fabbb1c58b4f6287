// @ts-check
// What a network takes for what. A cell shows its images, an image leads to all that goes on in it.

import { unpack } from "../shared/bytes.js";
import { aClass, captionWidth, needRows } from "../shared/classes.js";
import { element, finder, opening, readAs } from "../shared/elements.js";
import { fitting } from "../shared/fitting.js";
import { hearKeys } from "../shared/keys.js";
import { sayMore } from "../shared/more.js";
import { Moments } from "../shared/scrub.js";
import { paintPixels } from "../shared/pixels.js";
import { whenResized } from "../shared/resized.js";
import { drawBelieved } from "./believed.js";
import { cellBy, cellWords, fillCells, inWords, makeCells, mostMistaken } from "./table.js";

/** @param {string} heading @param {number} count */
const counted = (heading, count) => `${heading}; ${count} shown`;

export class Mistakes {
  /** @type {MistakesMessage} */ shown;
  /** @type {boolean} */ big;
  /** @type {HTMLElement[][]} */ cells;
  /** @type {(what: object) => void} */ asked;
  leads = true; // does an image lead to its own view

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "ge");
    this.at = { truth: 0, guess: 0 }; // the cell that the keyboard is at
    const table = this.find("table");
    table.onclick = (event) => this.touch(event.target);
    table.onkeydown = (event) => this.key(event);
    for (const name of ["pointerover", "focusin"]) table.addEventListener(name, (/** @type {Event} */ { target }) => this.tell(target));
    this.find("truth").onchange = this.find("guess").onchange = () => this.filter();
    this.moments = new Moments(this.find("time"), this.find("when"), (moment) => this.asked({ moment }));
    const frame = this.find("frame"), edges = () => sayMore(frame, this.find("edges"));
    frame.onscroll = edges;
    this.resized = whenResized(() => { edges(); this.fit(); }, frame, table, this.find("images"));
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, { ...this.moments.deeds, close: () => this.choose(-1, -1) });
  }

  destroy() {
    this.resized.disconnect();
    this.gone.abort();
  }

  /** @param {MistakesMessage} shown @param {boolean} big */
  show(shown, big) {
    const before = this.shown, { classes } = shown;
    this.shown = shown;
    this.big = big;
    if (String(before?.classes) !== String(classes)) {
      this.cells = makeCells(this.find("table"), classes);
      for (const name of ["truth", "guess"]) {
        this.find(name).replaceChildren(new Option("any", "-1"), ...classes.map((one, k) => new Option(one, String(k))));
      }
      this.at = { truth: 0, guess: 0 };
    }
    if (shown.truth >= 0 && shown.guess >= 0) this.at = { truth: shown.truth, guess: shown.guess };
    this.find("truth").value = shown.truth;
    this.find("guess").value = shown.guess;
    this.find("name").textContent = big ? "Row: it is. Column: read as. In % of the row."
      : `Row: what it is. Column: what it is read as. In % of the row${this.scale(shown)}`;
    this.find("table").setAttribute("aria-label",
      "What is taken for what: a row for each class, a column for what it is read as. Arrow keys choose a cell, Enter shows its images.");
    fillCells(this.cells, shown, shown);
    this.rove();
    if (JSON.stringify([before?.shown, before?.images]) !== JSON.stringify([shown.shown, shown.images])) this.gallery();
    else this.paint();
    this.fit();
    drawBelieved(this.find("field"), shown.believed, (words) => this.say(words));
    this.moments.show(shown);
    this.root.dataset.drawn = "true";
  }

  // What the mistake of the strongest colour is.
  /** @param {MistakesMessage} shown */
  scale({ counts }) {
    const most = mostMistaken(counts);
    return most ? `; the strongest colour is ${inWords(most)}.` : ".";
  }

  gallery() {
    const { shown, classes } = this.shown, long = needRows(classes);
    this.find("images").style.setProperty("--ge-caption", long ? captionWidth(classes) : "0em");
    this.find("images").replaceChildren(...shown.map(({ number, label, said, sure }) => {
      const read = label === said ? "read right" : `read as ${aClass(classes[said])}`;
      const image = opening(this.leads), open = this.leads ? " Open it." : "";
      image.title = `image ${number}`;
      const as = label === said ? [] : [`as ${classes[said]}`], lines = [classes[label], ...as];
      image.append(element("canvas"), ...(long ? lines : [lines.join(" ")]).map((line) => element("span", line)), " ", element("span", sure));
      readAs(image, `Image ${number}: ${aClass(classes[label])} ${read} with ${sure}.${open}`);
      image.onclick = () => this.leads && this.asked({ image: number });
      image.onpointerenter = image.onfocus = () => this.say(`Image ${number}: ${aClass(classes[label])}, ${read} with ${sure}.`);
      return image;
    }));
    this.paint();
  }

  // On a projector only what is seen whole.
  fit() {
    if (!this.shown) return;
    const { heading, many, shown } = this.shown, above = this.find("heading"), images = this.find("images");
    above.textContent = counted(heading, shown.length); // its longest, which may take a line of theirs
    const fits = this.big ? fitting(images) : shown.length;
    [...images.children].forEach((image, k) => { image.hidden = k >= fits; });
    above.textContent = fits < many ? counted(heading, fits) : heading;
  }

  // The images of ink, in the colour of the page's text.
  paint() {
    const { images, side } = this.shown, pixels = unpack(images, Uint8Array), ink = getComputedStyle(this.root).color;
    [...this.find("images").querySelectorAll("canvas")].forEach((canvas, k) => {
      paintPixels(canvas, pixels.subarray(k * side ** 2, (k + 1) * side ** 2), side, ink);
    });
  }

  /** @param {string} words */
  say(words) {
    this.find("said").textContent = words;
  }

  // Which cell an element is.
  /** @param {any} target */
  cellOf(target) {
    const truth = this.cells.findIndex((row) => row.includes(target));
    return truth < 0 ? null : { truth, guess: this.cells[truth].indexOf(target) };
  }

  /** @param {any} target */
  tell(target) {
    const cell = this.cellOf(target);
    if (cell) this.say(`${cellWords(this.shown, cell.truth, cell.guess)}.`);
  }

  /** @param {any} target */
  touch(target) {
    const cell = this.cellOf(target);
    if (!cell) return;
    const again = cell.truth === this.shown.truth && cell.guess === this.shown.guess;
    this.at = cell;
    if (again) this.choose(-1, -1);
    else this.choose(cell.truth, cell.guess);
  }

  /** @param {number} truth @param {number} guess */
  choose(truth, guess) {
    if (truth === this.shown.truth && guess === this.shown.guess) return false;
    this.asked({ truth, guess });
    return true;
  }

  filter() {
    this.choose(Number(this.find("truth").value), Number(this.find("guess").value));
  }

  // One cell can be reached by Tab, from it all others by arrows.
  rove() {
    this.cells.flat().forEach((cell) => cell.setAttribute("tabindex", "-1"));
    this.cells[this.at.truth][this.at.guess].setAttribute("tabindex", "0");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { truth, guess } = this.at, to = cellBy(event.key, this.at, this.cells.length - 1);
    if (to) {
      this.at = to;
      this.rove();
      this.cells[to.truth][to.guess].focus();
    } else if (event.key === "Enter" || event.key === " ") this.touch(this.cells[truth][guess]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
