// @ts-check
// A sheet of paper for one digit. Every stroke goes to Python, which answers with what the network
// sees of it and how likely it finds each digit.

import { pack, unpack } from "../shared/bytes.js";
import { element, finder } from "../shared/elements.js";
import { MOMENT, PAPER, tell } from "../shared/moments.js";

const GRAIN = 140; // pixels along the paper's edge, as Python gets them
const PEN = 11; // its width in them, which is MNIST's once the digit is scaled

export class Pad {
  /** @type {Answer} */ now;
  /** @type {number} */ unsure;
  /** @type {Uint8Array | null} */ pixels; // that the network sees
  /** @type {string | null} */ sample;
  /** @type {string | null} */ dismissed;
  /** @type {boolean} */ drawing;
  /** @type {boolean} */ restored;
  /** @type {number | null} */ sent; // when
  /** @type {(name: string, value: unknown) => void} */ state;
  /** @type {(name: string, value: unknown) => void} */ trigger;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gd");
    this.paper = this.find("paper");
    this.paper.width = this.paper.height = GRAIN;
    this.pen = this.paper.getContext("2d", { willReadFrequently: true });
    this.find("clear").onclick = () => this.clear();
    this.find("sample").onclick = () => this.send("sample", Date.now());
    this.paper.onkeydown = (event) => {
      if (event.key === "Delete" || event.key === "Backspace") this.clear();
    };
    this.paper.onpointerdown = (event) => this.begin(event);
    this.paper.onpointermove = (event) => this.drawing && this.line(event);
    this.paper.onpointerup = this.paper.onpointercancel = () => this.end();
    this.find("bars").replaceChildren(...Array.from({ length: 10 }, (_, digit) => {
      const bar = element("div", "", { class: "gd-bar" });
      bar.innerHTML = `<small></small><i></i><b>${digit}</b>`;
      return bar;
    }));
    this.gone = new AbortController();
    document.addEventListener(MOMENT, ({ detail }) => this.hear(detail), { signal: this.gone.signal });
  }

  destroy() {
    this.gone.abort();
  }

  /** @param {PointerEvent} event */
  place(event) {
    const edge = this.paper.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top].map((v) => (v / edge.width) * GRAIN);
  }

  // Ink has the colour of the page's text, so that it reads in light and dark.
  get ink() {
    return getComputedStyle(this.root).color;
  }

  // What is on the paper follows when the theme changes.
  tint() {
    this.pen.globalCompositeOperation = "source-in";
    this.pen.fillStyle = this.ink;
    this.pen.fillRect(0, 0, GRAIN, GRAIN);
    this.pen.globalCompositeOperation = "source-over";
  }

  /** @param {PointerEvent} event */
  begin(event) {
    if (this.sample) this.wipe(); // a stroke begins a drawing of one's own
    this.dismiss();
    this.drawing = true;
    this.paper.setPointerCapture(event.pointerId);
    Object.assign(this.pen, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: this.ink });
    this.pen.beginPath();
    this.pen.moveTo(...this.place(event));
    this.line(event);
  }

  /** @param {PointerEvent} event */
  line(event) {
    this.pen.lineTo(...this.place(event));
    this.pen.stroke();
  }

  end() {
    if (!this.drawing) return;
    this.drawing = false;
    const { data } = this.pen.getImageData(0, 0, GRAIN, GRAIN);
    this.send("ink", pack(data.filter((_, i) => i % 4 === 3))); // how opaque: how much ink
  }

  wipe() {
    this.pen.clearRect(0, 0, GRAIN, GRAIN);
  }

  clear() {
    this.dismiss();
    this.wipe();
    this.send("ink", `cleared ${Date.now()}`); // no ink, but news each time
  }

  // A test digit that had to go does not come back with an answer that is still on its way.
  dismiss() {
    this.dismissed = this.sample ?? this.dismissed;
    this.sample = null;
  }

  /** @param {string} what @param {unknown} value */
  send(what, value) {
    this.sent = performance.now();
    if (what === "sample") this.trigger("sample", value);
    else this.state("ink", value);
  }

  /** @param {PadData} data */
  show({ seen, side, answer, probabilities, sample, ink, unsure }) {
    if (!this.restored && ink && !sample) this.draw(unpack(ink, Uint8Array), GRAIN); // after a change of page
    this.restored = true;
    if (!this.drawing) this.tint();
    const pixels = seen ? unpack(seen, Uint8Array) : new Uint8Array(side * side);
    this.paint(this.find("seen"), pixels, side);
    const digit = sample ? `${sample} ${seen}` : null;
    if (digit && digit !== this.sample && digit !== this.dismissed) {
      this.sample = digit;
      this.draw(pixels, side);
    }
    Object.assign(this, { pixels: seen ? pixels : null, now: { answer, probabilities }, unsure });
    this.say(this.now);
    tell(PAPER);
    if (this.sent) this.root.dataset.took = `${Math.round(performance.now() - this.sent)}`; // milliseconds
    this.sent = null;
  }

  // What the network of another moment reads, as the wall tells; without one, that of now.
  /** @param {Moment | null} moment */
  hear(moment) {
    if (!this.now) return;
    if (!moment?.probabilities) return this.say(this.now);
    const { probabilities, epoch } = moment, most = Math.max(...probabilities);
    const digit = probabilities.indexOf(most), name = `${digit === 8 ? "an" : "a"} ${digit}`;
    const says = most < this.unsure ? `it was not sure, perhaps ${name}` : `it read ${name}`;
    const answer = `At epoch ${epoch < 1 ? epoch.toFixed(2) : epoch.toFixed(1)} ${says} (${(100 * most).toFixed(0)}%).`;
    this.say({ answer, probabilities });
  }

  /** @param {Answer} answer */
  say({ answer, probabilities }) {
    this.find("answer").textContent = answer;
    const most = Math.max(...probabilities);
    [...this.find("bars").children].forEach((bar, digit) => {
      const [value, column] = bar.children, p = probabilities[digit];
      const share = p === null ? "" : `${(100 * p).toFixed(p > 0.0995 ? 0 : 1)}`;
      value.textContent = p > 0.05 ? share : "";
      column.style.height = `${70 * (p ?? 0)}%`;
      bar.title = p === null ? "" : `${digit}: ${(100 * p).toPrecision(6)} %`;
      bar.classList.toggle("gd-most", p === most && p > 0);
    });
  }

  // Put an image of so many pixels a side on the paper, as large as it is.
  /** @param {Uint8Array} pixels @param {number} side */
  draw(pixels, side) {
    this.wipe();
    const small = document.createElement("canvas");
    this.paint(small, pixels, side);
    this.pen.imageSmoothingEnabled = false;
    this.pen.drawImage(small, 0, 0, GRAIN, GRAIN);
  }

  /** @param {HTMLCanvasElement} canvas @param {Uint8Array} pixels @param {number} side */
  paint(canvas, pixels, side) {
    canvas.width = canvas.height = side;
    const pen = canvas.getContext("2d"), image = pen.createImageData(side, side);
    const [red, green, blue] = this.ink.match(/[\d.]+/g).map(Number);
    pixels.forEach((ink, i) => image.data.set([red, green, blue, ink], 4 * i));
    pen.putImageData(image, 0, 0);
  }
}
