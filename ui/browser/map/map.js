// @ts-check
// A map of two settings: what became of many starts of each pair. A cell leads to its film.

import { cellBeside, cellsIn, cellUnder } from "../shared/cells.js";
import { finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { whenResized } from "../shared/resized.js";
import { pixelRatio } from "../shared/sharp.js";
import { mapLook, paintMap, paintMarks } from "./drawing.js";

export class SettingsMap {
  /** @type {MapMessage} */ map;
  /** @type {(cell: number) => void} */ opened;
  closed = false; // can none be opened
  /** @type {CellsPlaces} */ places;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gk");
    this.lit = -1; // the cell that is pointed at, or was chosen by key or finger
    this.touched = false;
    const canvas = (this.canvas = this.find("canvas"));
    canvas.onpointermove = (event) => event.pointerType !== "touch" && this.light(this.under(event));
    canvas.onpointerleave = (event) => event.pointerType !== "touch" && this.light(-1);
    canvas.onpointerdown = (event) => { this.touched = event.pointerType === "touch"; };
    canvas.onclick = (event) => {
      this.light(this.under(event));
      if (!this.touched && this.lit >= 0) this.open(); // a finger hides what it is on: it chooses first
    };
    canvas.onkeydown = (event) => this.key(event);
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, {
      back: () => this.go(-1), on: () => this.go(1), first: () => this.go(-Infinity), last: () => this.go(Infinity),
    });
    this.find("open").onclick = () => this.open();
    this.resized = whenResized(() => this.map && this.paint(), this.find("picture"));
  }

  destroy() {
    this.resized.disconnect();
    this.gone.abort();
  }

  /** @param {MapMessage} map */
  show(map) {
    const before = this.map, sides = ({ across, up }) => JSON.stringify([across, up]);
    if (before && sides(before) !== sides(map)) this.lit = -1;
    this.map = map;
    for (const name of ["name", "least", "most"]) this.find(name).textContent = map.scale[name];
    this.find("lost").hidden = !map.cells.some((cell) => cell.hatched);
    this.paint();
  }

  paint() {
    const { map, root, canvas } = this, picture = this.find("picture");
    const em = parseFloat(getComputedStyle(root).fontSize), width = picture.clientWidth;
    if (!width) return;
    canvas.width = width * pixelRatio();
    canvas.height = picture.clientHeight * pixelRatio();
    const g = canvas.getContext("2d"), look = mapLook(root);
    g.scale(pixelRatio(), pixelRatio());
    g.font = `${em}px ${look.family}`;
    this.places = cellsIn(g, map, width, picture.clientHeight, em);
    paintMap(g, map, this.places, look);
    paintMarks(g, map, this.places, look, this.lit);
    canvas.dataset.drawn = String(map.cells.reduce((sum, cell) => sum + cell.trained, 0));
    canvas.dataset.of = String(map.of * map.cells.length);
    this.say();
  }

  // The cell that a click opens: the one pointed at, else the reader's own.
  get chosen() {
    return this.lit >= 0 ? this.lit : this.map.own;
  }

  say() {
    const { map, chosen } = this;
    this.find("open").hidden = chosen < 0;
    this.canvas.dataset.cell = chosen < 0 ? "" : String(chosen);
    this.find("said").textContent = chosen < 0 ? "" : map.cells[chosen].said;
    this.canvas.setAttribute("aria-label",
      `A map of ${map.cells.length} cells: ${map.across.label} from left to right, ${map.up.label} upward. ` +
      `Arrow keys choose a cell${this.closed ? "" : ", Enter opens its film"}.`);
  }

  open() {
    if (this.chosen >= 0) this.opened(this.chosen);
  }

  /** @param {MouseEvent} event */
  under(event) {
    const edge = this.canvas.getBoundingClientRect();
    const found = this.places && cellUnder(this.places, event.clientX - edge.left, event.clientY - edge.top);
    return found?.cell ?? -1;
  }

  /** @param {number} cell */
  light(cell) {
    if (cell === this.lit) return;
    this.lit = cell;
    this.paint();
  }

  // So many cells further, row by row.
  /** @param {number} by */
  go(by) {
    const last = this.map.cells.length - 1;
    this.light(Math.max(0, Math.min(last, Math.max(0, this.chosen) + by)));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const next = cellBeside(this.map, Math.max(0, this.chosen), event.key);
    if (next !== null) this.light(next);
    else if (event.key === "Enter") this.open();
    else if (event.key === "Escape") this.light(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
