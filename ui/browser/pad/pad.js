// @ts-check
// The paper for one drawing, what the networks see of it, and what each of them reads. While a stroke
// grows they answer here; at its end it goes to Python, which answers, too.

import { unpack } from "../shared/bytes.js";
import { aClass, areDigits, largest, needRows, shareOf } from "../shared/classes.js";
import { element, finder } from "../shared/elements.js";
import { MOMENT, PAPER, tell } from "../shared/moments.js";
import { epochOf } from "../shared/numbers.js";
import { paintPixels } from "../shared/pixels.js";
import { readingAt } from "../wall/reading.js";
import { wordsOf } from "./answer.js";
import { asBytes, asDigit, doubtOf } from "./drawn.js";
import { networkOf } from "./network.js";
import { Sheet } from "./sheet.js";
import { trustOf } from "./trust.js";

const FEW_BARS = 5; // on a projector, where names are long
const NAMED_FROM = 0.05; // a smaller probability has its bar alone
const PATIENCE = 10_000; // milliseconds after which Python is asked again
const MOST_NETWORKS = 24; // that are kept: a training has so many moments

export class Pad {
  /** @type {PadReader[]} */ readers;
  /** @type {Float32Array | null} */ ink; // that the networks see
  /** @type {Uint8Array | null} */ pixels; // the same to be shown
  /** @type {number} */ side;
  /** @type {{ unsure: number, second: number, orElse: number }} */ limits;
  /** @type {Map<string, (image: Float32Array) => number[]>} */ networks = new Map(); // by their keys
  /** @type {Map<string, ReturnType<typeof trustOf>>} */ trusts = new Map(); // of those of which it was measured
  /** @type {Record<string, number>} */ asked = {}; // when Python was, for the network of a key
  /** @type {boolean} */ used = false; // whether somebody has come to draw
  /** @type {boolean} */ ahead = false; // whether Python has not answered yet to what is on the paper
  /** @type {Moment | null} */ moment = null; // that the wall shows, if it is not the last
  /** @type {boolean} */ big; // for a projector
  /** @type {string | null} */ sample = null;
  /** @type {string | null} */ dismissed;
  /** @type {boolean} */ restored;
  /** @type {number | null} */ sent; // when, if Python has not answered yet
  /** @type {number} */ number = 0; // of the test image, as Python counts them; 0 for a drawing
  /** @type {number | null} */ before; // the same when another was asked for; null for a drawing
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
      this.wait(this.number);
      this.trigger("sample", Date.now());
    };
    paper.onkeydown = (event) => {
      if (event.key === "Delete" || event.key === "Backspace") this.clear();
      else if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    };
    root.onpointerenter = paper.onfocus = () => this.use();
    this.gone = new AbortController();
    document.addEventListener(MOMENT, ({ detail }) => this.hear(detail), { signal: this.gone.signal });
  }

  destroy() {
    this.gone.abort();
    this.sheet.destroy();
  }

  // Somebody comes to draw: the networks are asked for, so that they answer while the pen moves.
  use() {
    this.used = true;
    this.ask();
  }

  // The keys of the networks that are needed here, and that only Python has.
  get missing() {
    if (!this.readers) return [];
    const exact = this.used ? this.readers.map(({ network }) => network) : [];
    const then = this.ink && !this.wall ? this.readers.map((reader) => this.keyThen(reader)) : [];
    return [...exact, ...then].filter((key) => key && !this.networks.has(key));
  }

  ask() {
    const now = performance.now(), keys = this.missing.filter((key) => !(now - this.asked[key] < PATIENCE));
    if (!keys.length) return;
    for (const key of keys) this.asked[key] = now;
    this.trigger("asks", keys);
  }

  /** @param {NetworkMessage[]} networks */
  learn(networks) {
    for (const network of networks) {
      this.networks.set(network.key, networkOf(network));
      if (network.trust) this.trusts.set(network.key, trustOf(network.trust));
    }
    for (const key of [...this.networks.keys()].slice(0, -MOST_NETWORKS)) this.networks.delete(key);
  }

  // While a stroke grows: what a network would see of it, and what it says.
  look() {
    this.dismiss();
    this.ahead = true;
    this.see(asDigit(this.sheet.strokes, this.side));
    this.offer();
    this.say();
  }

  /** @param {Float32Array | null} ink */
  see(ink) {
    this.ink = ink;
    this.pixels = ink && asBytes(ink);
    this.paintSeen(this.pixels ?? new Uint8Array(this.side ** 2));
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
    this.wait(null);
    this.state("ink", { strokes: this.sheet.strokes, at: Date.now() }); // news each time
  }

  // Something was sent: a drawing, or the wish for another test image than that of this number.
  /** @param {number | null} before */
  wait(before) {
    Object.assign(this, { sent: performance.now(), before });
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
  show({ seen, side, readers, networks, sample, strokes, unsure, second, orElse, thing, big }) {
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
    Object.assign(this, { side, readers, limits: { unsure, second, orElse }, big, number: sample });
    this.ahead = sample ? digit !== this.sample : JSON.stringify(strokes) !== JSON.stringify(sheet.strokes);
    this.see(this.sample ? Float32Array.from(pixels, (value) => value / 255) : asDigit(sheet.strokes, side));
    this.offer();
    this.find("sample").textContent = `Test ${thing}`;
    this.find("paper").setAttribute("aria-label", `Draw ${thing === "digit" ? "a digit" : "something"} here `
      + "with mouse, pen or finger; Delete clears it");
    this.columns();
    this.learn(networks);
    this.say();
    this.ask();
    tell(PAPER);
    if (this.sent && (this.before === null ? !this.ahead : sample !== this.before)) this.answered();
  }

  // Python has answered to what was sent.
  answered() {
    this.root.dataset.took = `${Math.round(performance.now() - this.sent)}`; // milliseconds
    this.sent = null;
    this.sayAloud();
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
        `<div class="gd-share"><small></small><i></i><b></b></div>`);
      column.innerHTML = `<h4 class="gd-reader"></h4><div class="gd-answer"></div>
        <div class="gd-bars">${bars.join("")}</div>`;
      column.classList.toggle("gd-named", named);
      return column;
    }));
  }

  // The wall shows another moment of training; null is the last one.
  /** @param {Moment | null} moment */
  hear(moment) {
    const before = this.moment?.step;
    this.moment = moment;
    if (!this.readers) return;
    this.ask();
    this.say();
    if (moment?.step !== before && !moment?.playing) this.sayAloud();
  }

  // The wall, if all of the network that it shows can be read from its bytes.
  /** @returns {Wall | null} */
  get wall() {
    const wall = /** @type {any} */ (document.querySelector(".gm"))?.wall;
    return wall?.biases && wall.wall.side === this.side ? wall : null;
  }

  // By which Python knows the network that the wall shows at an earlier moment.
  /** @param {PadReader} reader */
  keyThen({ walled, network }) {
    return walled && this.moment && network ? `${network}@${this.moment.step}` : "";
  }

  // What a reader says of what is on the paper, at the moment on screen, as far as it is known here.
  /** @param {PadReader} reader @returns {PadReader} */
  saidBy(reader) {
    const { ink, moment, wall } = this, { walled, network, classes } = reader;
    if (moment && walled) {
      const then = wall ? (/** @type {Float32Array} */ image) => readingAt(wall, wall.now, image) : this.networks.get(this.keyThen(reader));
      if (ink && then) return this.saidThen(reader, then(ink));
    }
    let said = reader;
    if (this.ahead) {
      const answers = this.networks.get(network);
      if (ink && !answers) return reader; // until it is here
      const probabilities = ink ? answers(ink) : null;
      said = {
        ...reader, answer: wordsOf(probabilities, null, { ...this.limits, classes, ...this.believed(network, classes, probabilities) }),
        probabilities: probabilities ?? classes.map(() => null),
      };
    }
    return moment && ink ? { ...said, answer: `${said.answer} That is at its end.` } : said;
  }

  // How far an answer to what is drawn can be believed, as Python finds it at the end of a stroke.
  /** @param {string} network @param {string[]} classes @param {number[] | null} probabilities */
  believed(network, classes, probabilities) {
    const doubt = areDigits(classes) ? doubtOf(this.sheet.strokes) : "", trust = this.trusts.get(network);
    if (!probabilities || !trust) return { doubt };
    const { sure, strange } = trust(this.ink, probabilities);
    return { sure, doubt: doubt || (strange ? "unlike those it has seen" : "") };
  }

  // What the network on the wall read at an earlier moment: from the bytes of its pictures.
  /** @param {PadReader} reader @param {number[]} probabilities @returns {PadReader} */
  saidThen(reader, probabilities) {
    const { epoch } = this.moment, most = Math.max(...probabilities);
    const name = aClass(reader.classes[probabilities.indexOf(most)]);
    const says = most < this.limits.unsure ? `it read perhaps ${name}` : `it read ${name}`;
    return { ...reader, answer: `At ${epochOf(epoch)} ${says} (${shareOf(most)}), by rounded weights.`, probabilities };
  }

  // For those who hear the page: once a stroke has ended, and not at every movement of the pen.
  sayAloud() {
    if (this.sheet.drawing) return;
    const said = this.readers.map(({ name }, place) => {
      const answer = this.find("readings").children[place].querySelector(".gd-answer").textContent;
      return name ? `${name}: ${answer}` : answer;
    });
    this.find("aloud").textContent = said.join(" ");
  }

  say() {
    const readers = this.readers.map((reader) => this.saidBy(reader));
    readers.forEach(({ name, answer, probabilities, classes }, place) => {
      const column = this.find("readings").children[place];
      column.querySelector(".gd-reader").textContent = name;
      column.querySelector(".gd-answer").textContent = answer;
      const bars = [...column.querySelectorAll(".gd-share")];
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
