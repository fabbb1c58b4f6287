// @ts-check
// A walk: which step the reader is at, which sample is followed, what is touched. Everything that
// is known at a step is what the steps up to it reveal, so going back needs no memory.

import { element, finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { sayMore } from "../shared/more.js";
import { whenResized } from "../shared/resized.js";
import { drawNetwork, ground, largestOf } from "./drawing.js";
import { leastOf, placeNodes } from "./layout.js";
import { judge } from "./question.js";
import { drawTable } from "./tables.js";
import { marked, shown } from "./words.js";

// Where the reader of each walk is, while other views and pages are shown: gone with a reload, so
// that a link opens where it says.
const NAMED = 5; // letters that a node and its name take to its left
const places = (globalThis.glassboxWalks ??= {});

export class Walk {
  /** @type {WalkMessage} */ message;
  /** @type {Colours} */ colours;
  /** @type {number} */ step;
  /** @type {number} */ sample;
  /** @type {number} */ opens; // the sample that it opened with
  /** @type {number | null} */ start; // the step that the page asked for
  /** @type {string} */ parameter;
  /** @type {boolean} */ big;
  /** @type {number} */ digits;
  /** @type {number} */ size; // of its letters, in pixels
  /** @type {Known} */ known;
  /** @type {Largest} */ largest;
  /** @type {Record<Id, NodePlace>} */ places;
  /** @type {number} */ width; // of the drawing
  /** @type {number} */ height;
  /** @type {Id | null} */ touched;
  /** @type {boolean} */ covered; // are this step's answers
  /** @type {boolean} */ solved;
  /** @type {string} */ fitted; // the room that formula and sentence were measured for

  /** @param {HTMLElement} root @param {string} key */
  constructor(root, key) {
    this.root = root;
    this.name = key;
    this.find = finder(root, "gw");
    this.drawing = this.find("drawing");
    const { step, sample, start, opens } = places[key] ?? { step: 0, sample: 0, start: null, opens: 0 };
    Object.assign(this, { step, sample, start, opens });
    this.hides = false;
    this.touched = null;
    this.find("back").onclick = () => this.go(this.step - 1);
    this.find("next").onclick = () => this.onward();
    this.find("hide").onclick = () => this.hide(!this.hides);
    this.find("ask").onsubmit = (event) => this.answer(event);
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, {
      on: () => this.onward(),
      back: () => this.go(this.step - 1),
      first: () => this.go(0),
      last: () => this.go(this.steps.length - 1),
      close: () => this.touched !== null && this.touch(this.touched),
    });
    this.resized = whenResized(() => this.paint(), root, this.find("place"));
    this.find("place").onscroll = () => sayMore(this.find("place"), this.find("top"));
  }

  destroy() {
    this.gone.abort();
    this.resized.disconnect();
    document.documentElement.classList.remove("gw-hiding");
  }

  /**
   * @param {WalkMessage} message
   * @param {number} start
   * @param {boolean} big
   * @param {string} parameter
   * @param {number} opens which sample, if the reader has not chosen one
   */
  show(message, start, big, parameter, opens = 0) {
    this.parameter = parameter;
    if (this.opens !== opens) Object.assign(this, { opens, sample: opens, message: null });
    if (this.message?.digest === message.digest && this.start === start && this.big === big) return this.paint();
    const moved = this.start !== start;
    Object.assign(this, { message, start, big, colours: message.colours, digits: big ? 3 : 4 });
    this.sample = Math.min(this.sample, message.samples.length - 1);
    this.step = Math.min(moved ? start : this.step, this.steps.length - 1);
    this.dots();
    this.go(this.step);
  }

  get steps() {
    return this.message.samples[this.sample];
  }

  /** @param {number} step */
  go(step) {
    this.step = Math.max(0, Math.min(this.steps.length - 1, step));
    this.solved = false;
    places[this.name] = { step: this.step, sample: this.sample, start: this.start, opens: this.opens };
    this.find("answer").value = this.find("verdict").textContent = "";
    this.paint();
  }

  // The next step; after the last one the walk begins anew.
  onward() {
    this.go(this.step === this.steps.length - 1 ? 0 : this.step + 1);
  }

  /** @param {number} sample */
  pick(sample) {
    this.sample = sample;
    this.go(this.step);
  }

  // What the reader may see: while answers are hidden, nothing that this step reveals.
  reveal() {
    const step = this.steps[this.step];
    this.covered = this.hides && !this.solved && step.question !== null;
    const until = this.covered ? this.step - 1 : this.step;
    const known = { until, values: {}, gradients: {}, notes: {}, locks: new Set(), lit: new Set(step.lit), back: step.back };
    for (const { values, gradients, notes, locks, anew } of this.steps.slice(0, until + 1)) {
      if (anew) Object.assign(known, { gradients: {}, notes: {}, locks: new Set() });
      Object.assign(known.values, values);
      Object.assign(known.gradients, gradients);
      for (const id in notes) (known.notes[id] ??= []).push(notes[id]);
      locks.forEach((id) => known.locks.add(id));
    }
    if (this.covered && step.anew) {
      for (const id in step.values) known.values[id] = "?"; // else those of before would stand there
      Object.assign(known, { gradients: {}, notes: {}, locks: new Set() });
    }
    return known;
  }

  paint() {
    if (!this.message || !this.root.clientWidth) return;
    const { nodes, links, tables } = this.message;
    const focused = document.activeElement?.getAttribute("data-id");
    this.size = parseFloat(getComputedStyle(this.root).fontSize);
    this.known = this.reveal();
    const ids = (list) => new Set(list.map(({ id }) => id));
    const past = this.steps.slice(0, this.step + 1); // what a later step brings changes no width now
    this.largest = {
      node: largestOf(past, "values", ids(nodes)),
      link: largestOf(past, "values", ids(links)),
      slope: largestOf(this.steps, "gradients", ids([...nodes, ...links])),
    };
    this.find("side").replaceChildren(...tables.map((table) => drawTable(this, table)));
    this.arrange();
    this.places = placeNodes(this, this.width, this.height);
    drawNetwork(this);
    this.showLit();
    sayMore(this.find("place"), this.find("top"));
    if (focused) this.at(focused)?.focus();
    this.say();
    this.openNote();
  }

  // The drawing beside its tables, or above them where that is too narrow; where it is still wider
  // than the page it is scrolled in its frame.
  arrange() {
    const least = leastOf(this), place = this.find("place"), tables = [...this.find("side").children];
    const wide = Math.max(0, ...tables.map((table) => table.offsetWidth)) + 1.2 * this.size;
    this.root.classList.toggle("gw-above", this.root.clientWidth < least.width + wide);
    place.style.minHeight = `${least.height}px`;
    this.fit();
    this.width = Math.max(least.width, place.clientWidth);
    this.height = place.clientHeight;
    this.drawing.style.width = `${this.width}px`;
  }

  // What the step speaks of comes into the frame.
  showLit() {
    const place = this.find("place");
    if (this.width <= place.clientWidth) return;
    const xs = this.message.nodes.filter(({ id }) => this.known.lit.has(id)).map(({ id }) => this.places[id].x);
    if (!xs.length) return;
    const first = Math.min(...xs), middle = (first + Math.max(...xs)) / 2 - place.clientWidth / 2;
    place.scrollLeft = Math.min(middle, first - NAMED * this.size); // the first of them stays in sight
  }

  // Formula and sentence get what the longest of all steps needs, so nothing moves from step to
  // step, and the drawing gets the rest.
  fit() {
    const room = `${this.message.digest} ${this.root.clientWidth} ${this.size}`;
    if (this.fitted === room) return;
    this.fitted = room;
    const ruler = element("div");
    this.find("text").append(ruler);
    for (const part of ["formula", "sentence"]) {
      ruler.className = `gw-${part} gw-ruler`;
      const heights = this.message.samples.flat().map((step) => {
        ruler.replaceChildren(...marked(this, step[part]));
        return ruler.offsetHeight;
      });
      const above = this.root.classList.contains("gw-above"); // there the page is long anyway
      const [lowest, highest] = part === "formula" ? [this.big ? 1.3 : 4.5, this.big ? 5.2 : 6] : [1.4, 2.8];
      const [least, most] = above ? [1.4, 12] : [lowest, highest];
      const height = Math.min(Math.max(...heights, least * this.size), most * this.size);
      this.find(part).style.height = `${Math.ceil(height)}px`;
    }
    ruler.remove();
  }

  say() {
    const step = this.steps[this.step], last = this.steps.length - 1;
    Object.assign(this.root.dataset, { step: this.step, steps: this.steps.length, sample: this.sample, walk: this.message.digest });
    this.find("back").disabled = this.step === 0;
    const next = this.find("next"), ended = this.step === last;
    next.textContent = ended ? "Start ▸" : "Next ▸";
    next.title = ended ? "From the first step (right arrow)" : "One step on (right arrow)";
    this.find("title").textContent = step.title;
    this.find("title").title = step.title;
    this.find("count").textContent = `step ${this.step + 1} of ${last + 1}`;
    this.linkTo(this.step);
    this.find("formula").replaceChildren(...marked(this, step.formula, this.covered));
    this.find("sentence").replaceChildren(...marked(this, step.sentence, this.covered));
    [...this.find("dots").children].forEach((dot, k) => {
      dot.className = k < this.step ? "gw-past" : "";
      if (k === this.step) dot.setAttribute("aria-current", "step");
      else dot.removeAttribute("aria-current");
    });
    this.find("ask").classList.toggle("gw-none", step.question === null);
    this.find("asked").textContent = step.question?.ask ?? "";
  }

  // The address of the page as it is, opened at this step.
  /** @param {number} step */
  linkTo(step) {
    if (!this.parameter) return;
    const link = new URL(location.href);
    link.searchParams.set(this.parameter, `${step + 1}`);
    this.find("count").href = link;
    this.find("count").title = "A link that opens this page at this step";
  }

  dots() {
    this.find("dots").replaceChildren(...this.steps.map((step, k) => {
      const dot = element("button", "", { type: "button", "aria-label": `Step ${k + 1}: ${step.title}`, title: step.title });
      dot.onclick = () => this.go(k);
      return dot;
    }));
  }

  // Answers

  /** @param {boolean} hides */
  hide(hides) {
    this.hides = hides;
    this.solved = false;
    this.find("hide").setAttribute("aria-pressed", hides);
    document.documentElement.classList.toggle("gw-hiding", hides);
    this.paint();
  }

  /** @param {SubmitEvent} event */
  answer(event) {
    event.preventDefault();
    const { right = false, sentence } = judge(this.find("answer").value, this.steps[this.step].question);
    this.find("verdict").textContent = this.find("verdict").title = sentence;
    this.solved ||= right;
    this.paint();
  }

  // Touch

  /** @param {Id} id */
  at(id) {
    return this.drawing.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  /** @param {Id} id */
  thing(id) {
    return [...this.message.nodes, ...this.message.links].find((one) => one.id === id);
  }

  /** @param {Id} id */
  nameOf(id) {
    return this.thing(id)?.label || id;
  }

  /** @param {Id} id */
  lead(id) {
    this.drawing.querySelectorAll(".gw-led").forEach((one) => one.classList.remove("gw-led"));
    if (id) this.at(id)?.classList.add("gw-led");
  }

  // The numbers of the link under the pointer, where they do not stand anyway.
  /** @param {Id} id @param {SVGGElement | null} [label] */
  point(id, label = null) {
    this.drawing.querySelector(".gw-pointed")?.remove();
    if (id === null || !label || this.touched === id) return;
    label.classList.add("gw-pointed");
    this.drawing.append(label);
    ground([label]);
  }

  /** @param {Id} id */
  touch(id) {
    this.touched = this.touched === id ? null : id;
    this.paint();
  }

  // The arithmetic of what is touched, as far as the walk has come.
  openNote() {
    const note = this.find("note"), id = this.touched;
    note.hidden = id === null;
    if (id === null) return;
    const head = element("div", "", { class: "gw-head" }), close = element("button", "×", { type: "button", "aria-label": "Close" });
    close.onclick = () => this.touch(id);
    head.append(element("strong", this.nameOf(id)), close);
    const { values, gradients, notes } = this.known;
    const lines = notes[id] ?? [
      id in values ? `value ${shown(values[id], 8)}` : "Its number comes at a later step.",
      ...(id in gradients ? [`gradient ${this.thing(id).slope} = ${shown(gradients[id], 8)}`] : []),
    ];
    note.replaceChildren(head, ...lines.map((line) => {
      const made = element("div");
      made.append(...marked(this, line));
      return made;
    }));
  }
}
