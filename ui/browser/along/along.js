// @ts-check
// Where nothing plays, the keys for one step move a control to its next value; Python moves it.

import { hearKeys } from "../shared/keys.js";

export class Along {
  /** @type {(asked: { place: number, count: number }) => void} */ ask;

  /** @param {HTMLElement} root @param {AlongData} data */
  constructor(root, { heard }) {
    this.place = this.places = 0;
    this.count = heard; // of what Python was asked for
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, {
      back: () => this.goTo(this.place - 1),
      on: () => this.goTo(this.place + 1),
      first: () => this.goTo(0),
      last: () => this.goTo(this.places - 1),
    });
  }

  destroy() {
    this.gone.abort();
  }

  // Keys are quicker than Python: until it has heard the last one, where the control is says nothing.
  /** @param {AlongData} data @param {(asked: { place: number, count: number }) => void} ask */
  show({ place, places, heard }, ask) {
    Object.assign(this, { places, ask });
    if (heard >= this.count) this.place = place;
  }

  /** @param {number} place */
  goTo(place) {
    if (place === this.place || place < 0 || place >= this.places) return false;
    this.place = place;
    this.count += 1;
    this.ask({ place, count: this.count });
    return true;
  }
}
