// @ts-check
// The moments of a training at which a page can be asked to look.

import { epochOf } from "./numbers.js";

export class Moments {
  /** @type {number[]} */ steps = [];
  /** @type {number[]} */ epochs = [];

  // `ask` gets the step of the moment that the reader goes to.
  /** @param {HTMLInputElement} slider @param {HTMLOutputElement} when @param {(moment: number) => void} ask */
  constructor(slider, when, ask) {
    this.slider = slider;
    this.when = when;
    slider.oninput = () => this.say();
    slider.onchange = () => ask(this.steps[Number(slider.value)]);
    const goTo = (/** @type {number} */ moment) => {
      const to = Math.max(0, Math.min(this.epochs.length - 1, moment));
      if (this.epochs.length < 2 || to === Number(slider.value)) return false;
      slider.value = String(to);
      this.say();
      ask(this.steps[to]);
      return true;
    };
    this.deeds = {
      back: () => goTo(Number(slider.value) - 1),
      on: () => goTo(Number(slider.value) + 1),
      first: () => goTo(0),
      last: () => goTo(this.epochs.length - 1),
    };
  }

  /** @param {{ moments: number[], epochs: number[], at: number }} shown */
  show({ moments, epochs, at }) {
    this.steps = moments;
    this.epochs = epochs;
    this.slider.hidden = epochs.length < 2;
    this.slider.title = "The moments that were kept of this training, farther and farther apart";
    this.slider.max = String(epochs.length - 1);
    this.slider.value = String(at);
    this.say();
  }

  // Go to a moment, by its place, without asking for it.
  /** @param {number} at */
  put(at) {
    this.slider.value = String(at);
    this.say();
  }

  say() {
    const epoch = this.epochs[Number(this.slider.value)];
    const words = epochOf(epoch);
    this.when.value = words;
    this.slider.setAttribute("aria-valuetext", words);
  }
}
