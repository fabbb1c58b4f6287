// @ts-check
// The paper for one drawing, what the networks see of it, and what each of them reads. Every stroke
// goes to Python, which answers.

import { unpack } from "../shared/bytes.js";
import { aClass, areDigits, largest, needRows, shareOf } from "../shared/classes.js";
import { element, finder } from "../shared/elements.js";
import { MOMENT, PAPER, tell } from "../shared/moments.js";
import { paintPixels } from "../shared/pixels.js";
import { asDigit } from "./drawn.js";
import { Sheet } from "./sheet.js";

const FEW_BARS = 5; // on a projector, where names are long
const NAMED_FROM = 0.05; // a smaller probability has its bar alone

export class Pad {
  /** @type {PadReader[]} */ readers;
  /** @type {Uint8Array | null} */ pixels; // that the networks see
  /** @type {number} */ side;
  /** @type {number} */ unsure;
  /** @type {boolean} */ big; // for a projector
  /** @type {string | null} */ sample;
  /** @type {string | null} */ dismissed;
  /** @type {boolean} */ restored;
  /** @type {number | null} */ sent; // when
  /** @type {(name: string, value: unknown) => void} */ state;
  /** @type {(name: string, value: unknown) => void} */ trigger;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gd");
    const paper = this.find("paper");
    this.sheet = new Sheet(paper, () => getComputedStyle(root).color, () => this.look(), () => this.send());
    this.find("clear").onclick = () => this.clear();
    this.find("undo").onclick = () => this.undo();
    this.find("sample").onclick = () => {
      this.sent = performance.now();
      this.trigger("sample", Date.now());
    };
    paper.onkeydown = (event) => {
      if (event.key === "Delete" || event.key === "Backspace") this.clear();
      else if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    };
    this.gone = new AbortController();
    document.addEventListener(MOMENT, ({ detail }) => this.hear(detail), { signal: this.gone.signal });
  }

  destroy() {
    this.gone.abort();
    this.sheet.destroy();
  }

  // While a stroke grows: what a network would see of it.
  look() {
    this.dismiss();
    const seen = asDigit(this.sheet.strokes, this.side);
    this.paintSeen(seen ?? new Uint8Array(this.side ** 2));
    this.offer();
  }

  // What can be taken back, and why some of it is grey.
  offer() {
    const { sheet } = this;
    this.find("undo").disabled = !sheet.strokes.length;
    const left = sheet.drawing ? 0 : sheet.leftOut;
    this.find("left").textContent = left ? `grey: too small${this.readers?.every(({ classes }) => areDigits(classes)) ? " for a part of a digit" : ""}, left out` : "";
  }

  send() {
    this.sheet.paint();
    this.look();
    this.sent = performance.now();
    this.state("ink", { strokes: this.sheet.strokes, at: Date.now() }); // news each time
  }

  clear() {
    this.sheet.wipe();
    this.send();
  }

  undo() {
    if (!this.sheet.strokes.length) return;
    this.sheet.undo();
    this.send();
  }

  // A test image that had to go does not come back with an answer that is still on its way.
  dismiss() {
    this.dismissed = this.sample ?? this.dismissed;
    this.sample = null;
  }

  /** @param {PadData} data */
  show({ seen, side, readers, sample, strokes, unsure, thing, big }) {
    const { sheet } = this;
    if (!this.restored && !sample) sheet.strokes = strokes; // after a change of page
    this.restored = true;
    const pixels = seen ? unpack(seen, Uint8Array) : null;
    const digit = sample && pixels ? `${sample} ${seen}` : null;
    if (sample && !pixels && sheet.picture) sheet.wipe(); // its image is not here any more
    if (digit && digit !== this.sample && digit !== this.dismissed) {
      this.sample = digit;
      sheet.wipe();
      sheet.picture = { pixels, side };
    }
    sheet.paint(); // also in a new theme
    Object.assign(this, { pixels, side, readers, unsure, big });
    if (!sheet.drawing) this.paintSeen(pixels ?? new Uint8Array(side * side));
    this.offer();
    this.find("sample").textContent = `Test ${thing}`;
    this.find("paper").setAttribute("aria-label", `Draw ${thing === "digit" ? "a digit" : "something"} here `
      + "with mouse, pen or finger; Delete clears it");
    this.columns();
    this.say(readers);
    tell(PAPER);
    if (this.sent) this.root.dataset.took = `${Math.round(performance.now() - this.sent)}`; // milliseconds
    this.sent = null;
  }

  /** @param {Uint8Array} pixels */
  paintSeen(pixels) {
    paintPixels(this.find("seen"), pixels, this.side, this.sheet.ink());
  }

  // A column for each reader, made anew only where there are others, or other classes.
  columns() {
    const readings = this.find("readings"), made = JSON.stringify([this.big, this.readers.map((reader) => reader.classes)]);
    if (readings.dataset.classes === made) return;
    readings.dataset.classes = made;
    readings.replaceChildren(...this.readers.map(({ classes }) => {
      const column = element("section", "", { class: "gd-reading" });
      const named = needRows(classes), most = named && this.big ? FEW_BARS : undefined;
      const bars = largest(classes.map(() => 0), most).map(() =>
        `<div class="gd-bar"><small></small><i></i><b></b></div>`);
      column.innerHTML = `<h4 class="gd-reader"></h4><div class="gd-answer" aria-live="polite"></div>
        <div class="gd-bars">${bars.join("")}</div>`;
      column.classList.toggle("gd-named", named);
      return column;
    }));
  }

  // What the network on the wall read at another moment, as the wall tells; without one, that of now.
  // Of another network there is only the end, which then is said.
  /** @param {Moment | null} moment */
  hear(moment) {
    if (!this.readers) return;
    if (!moment?.probabilities) return this.say(this.readers);
    const { probabilities, epoch } = moment, most = Math.max(...probabilities);
    const { classes } = this.readers.find((reader) => reader.walled) ?? this.readers[0];
    const name = aClass(classes[probabilities.indexOf(most)]);
    const says = most < this.unsure ? `it read perhaps ${name}` : `it read ${name}`;
    const answer = `At epoch ${epoch < 1 ? epoch.toFixed(2) : epoch.toFixed(1)} ${says} (${shareOf(most)}).`;
    this.say(this.readers.map((reader) => (reader.walled ? { ...reader, answer, probabilities }
      : { ...reader, answer: `${reader.answer} That is at its end.` })));
  }

  /** @param {PadReader[]} readers */
  say(readers) {
    readers.forEach(({ name, answer, probabilities, classes }, place) => {
      const column = this.find("readings").children[place];
      column.querySelector(".gd-reader").textContent = name;
      column.querySelector(".gd-answer").textContent = answer;
      const bars = [...column.querySelectorAll(".gd-bar")];
      const most = Math.max(...probabilities), shown = largest(probabilities, bars.length);
      const along = column.classList.contains("gd-named") ? "width" : "height";
      bars.forEach((/** @type {HTMLElement} */ bar, k) => {
        const [value, length, label] = /** @type {any} */ (bar.children), p = probabilities[shown[k]];
        label.textContent = classes[shown[k]];
        value.textContent = p > NAMED_FROM ? shareOf(p).slice(0, -1) : "";
        length.style[along] = `${(along === "width" ? 45 : 70) * (p ?? 0)}%`;
        bar.title = p === null ? "" : `${classes[shown[k]]}: ${(100 * p).toPrecision(6)}%`;
        bar.classList.toggle("gd-most", p === most && p > 0);
      });
    });
  }
}
