// @ts-check
// The network built on its drawing: + and − for layers and for the units of each, inputs on and off.
// What is pressed goes to Python, which changes the settings: the sliders follow, and so does the film.

import { element } from "../shared/elements.js";
import { stepperAt } from "./layout.js";
import { headsIn } from "./network.js";

/** @param {BuildPlan} plan */
const spelled = ({ inputs, units }) => JSON.stringify([inputs, units]);

export class Building {
  /** @type {((plan: BuildPlan) => void) | null} */ send = null;
  /** @type {Buildable | null} */ known = null;
  /** @type {BuildPlan} */ plan = { inputs: [], units: [] }; // with all that was pressed
  /** @type {string[]} */ sent = []; // plans that Python has not answered yet

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    this.keys();
  }

  // How many inputs have no tile; null if nothing is built here.
  off() {
    const { known, stage } = this;
    return known ? known.inputs.filter((name) => !stage.film.inputs.includes(name)).length : null;
  }

  // What Python says the network is. An answer to an earlier press does not undo a later one.
  /** @param {Buildable | null} known */
  hear(known) {
    const before = this.known && spelled(this.known.plan), now = known && spelled(known.plan);
    const answered = this.sent.indexOf(now ?? "");
    if (answered >= 0) this.sent.splice(0, answered + 1);
    else if (now !== before) this.sent = [];
    this.known = known;
    if (known && !this.sent.length) this.plan = known.plan;
  }

  // Lay a button where each has its place; the one that has the keyboard keeps it.
  arrange() {
    const { stage, buttons } = this, group = stage.find("build");
    const builders = this.known && stage.units.length ? this.builders() : [];
    group.hidden = !builders.length;
    const names = builders.map(({ name }) => name);
    if (String(names) !== String([...buttons.keys()])) {
      const before = new Map(buttons), focused = /** @type {HTMLElement} */ (document.activeElement);
      buttons.clear();
      for (const name of names) buttons.set(name, before.get(name) ?? element("button", "", { type: "button", tabindex: -1 }));
      const all = [...buttons.values()];
      if (all.length && !all.some((button) => button.tabIndex === 0)) all[0].tabIndex = 0;
      group.replaceChildren(...all);
      if (group.contains(focused)) focused.focus();
    }
    for (const builder of builders) this.put(buttons.get(builder.name), builder);
  }

  /** @param {HTMLButtonElement} button @param {Builder} builder */
  put(button, { name, text, title, then, on, x, y, width, height }) {
    const input = on !== undefined;
    button.className = input ? "gs-input" : text === "+" ? "gs-more" : "gs-fewer";
    if (button.textContent !== text) button.replaceChildren(element("span", text));
    button.title = title;
    button.setAttribute("aria-label", name);
    button.setAttribute("aria-disabled", String(then === null)); // and not disabled, which loses the keyboard
    if (input) button.setAttribute("aria-pressed", String(on));
    Object.assign(button.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    button.onclick = () => this.press(then);
  }

  /** @param {BuildPlan | null} then */
  press(then) {
    if (!then || !this.send) return;
    this.plan = then;
    this.sent.push(spelled(then));
    this.send(then);
    this.arrange();
  }

  // One stop for Tab, and up and down from there.
  keys() {
    const group = this.stage.find("build");
    group.onfocusin = ({ target }) => {
      for (const button of this.buttons.values()) button.tabIndex = button === target ? 0 : -1;
    };
    group.onkeydown = (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key], all = [...this.buttons.values()];
      if (!by) return;
      event.preventDefault();
      all[all.indexOf(event.target) + by]?.focus();
    };
  }

  // All that can be pressed, where it is, and what comes of it.
  /** @returns {Builder[]} */
  builders() {
    const { stage, known, plan } = this, { film, box } = stage, { units } = plan;
    const [layers, ...heads] = headsIn(stage.canvas.getContext("2d"), stage);
    const made = this.stepper(layers, LAYER_WORDS, units.length, 0, known.layers, (count) =>
      units.length < count ? [...units, units.at(-1) ?? known.usual] : units.slice(0, count));
    const others = known.inputs.filter((name) => !film.inputs.includes(name));
    [...film.inputs, ...others].forEach((name, k) => {
      const on = plan.inputs.includes(name);
      const inputs = known.inputs.filter((one) => plan.inputs.includes(one) !== (one === name));
      const then = inputs.length ? { inputs, units } : null;
      const title = then ? `Switch it ${on ? "off" : "on"}` : "The last one stays on";
      made.push({ name: `Input ${name}`, text: name, title, on, then, ...box.switches[k] });
    });
    heads.slice(1, -1).forEach((head, layer) => {
      made.push(...this.stepper(head, unitWords(layer + 1), units[layer], 1, known.units, (count) =>
        units.map((before, k) => (k === layer ? count : before))));
    });
    return made;
  }

  // + and −, of as many as there are; of a layer that is about to go neither can be pressed.
  /**
   * @param {Head} head
   * @param {{ more: string, fewer: string, most: string, least: string }} words
   * @param {number | undefined} count
   * @param {number} least
   * @param {number} most
   * @param {(count: number) => number[]} then
   * @returns {Builder[]}
   */
  stepper(head, words, count, least, most, then) {
    const { inputs } = this.plan, [above, below] = stepperAt(this.stage.box.network, head.stepper);
    const more = count < most, fewer = count > least;
    return [
      { name: words.more, text: "+", title: more ? words.more : `${most} ${words.most}`, then: more ? { inputs, units: then(count + 1) } : null, ...above },
      { name: words.fewer, text: "−", title: fewer ? words.fewer : words.least, then: fewer ? { inputs, units: then(count - 1) } : null, ...below },
    ];
  }
}

const LAYER_WORDS = {
  more: "Add a hidden layer",
  fewer: "Take a hidden layer away",
  most: "hidden layers are the most",
  least: "There is no hidden layer",
};

/** @param {number} layer */
const unitWords = (layer) => ({
  more: `Add a unit to hidden layer ${layer}`,
  fewer: `Take a unit from hidden layer ${layer}`,
  most: "units are the most",
  least: "One unit is the least",
});
