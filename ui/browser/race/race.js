// @ts-check
// Two stages side by side. The left one leads: wherever it goes in time the right one follows, to
// the same epoch; and the curves of both are drawn in one plot.

import { element, finder } from "../shared/elements.js";
import { whenResized } from "../shared/resized.js";
import { frameAt } from "../stage/touch.js";
import { Stage } from "../stage/stage.js";
import { paintRace } from "./plot.js";

// In letters' heights: what two networks, their planes and the curves need beside each other, and what
// the planes and the curves alone do.
const ALL = 64;
const PLANES = 46;

export class Race {
  /** @param {HTMLElement} root @param {string} name */
  constructor(root, name) {
    this.root = root;
    this.find = finder(root, "gr");
    const [left, right] = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".gs"));
    /** @type {RaceMessage} */ this.message;
    /** @type {Plot[]} */ this.plots = [];
    this.left = new Stage(left, name, "leads", () => this.follow());
    this.right = new Stage(right, "", "follows");
    this.pointer();
    this.resized = whenResized(() => this.arrange(), root);
  }

  destroy() {
    this.resized.disconnect();
    this.left.destroy();
    this.right.destroy();
  }

  /** @param {RaceMessage} message @param {RaceData} data */
  show(message, { height, size, big, at, fixed }) {
    this.message = message;
    const { left, right } = this;
    ["first", "second"].forEach((place, k) => {
      const name = this.find(place);
      name.replaceChildren(element("i"), message.names[k]);
      name.title = message.names[k];
      name.style.setProperty("--gr-colour", message.colours[k]);
    });
    for (const stage of [left, right]) {
      stage.root.style.setProperty("--gs-size", size);
      stage.root.style.minHeight = `calc(${height} - 2em)`;
    }
    left.fixed = right.fixed = fixed;
    left.pace(big);
    right.show(message.films[1]);
    left.show(message.films[0], { at });
    const { film: one } = left, { film: other } = right;
    const epochs = Math.max(...[one, other].map((film) => film.steps[film.last] / film.steps_per_epoch));
    for (const film of [one, other]) {
      film.along = (step) => Math.log1p((step / film.steps_per_epoch) * one.steps_per_epoch) /
        Math.log1p(Math.max(1, epochs * one.steps_per_epoch));
    }
    this.arrange();
  }

  // Beside each other where there is room, else below each other.
  arrange() {
    const size = parseFloat(getComputedStyle(this.root).fontSize);
    if (!this.root.clientWidth) return;
    const room = this.root.clientWidth / size;
    this.root.classList.toggle("gr-below", room < PLANES);
    this.left.paired = this.right.paired = room < ALL && room >= PLANES ? "plane" : "both";
    this.left.arrange();
    this.right.arrange();
    this.follow();
  }

  // The right film goes to the last frame that is no later than the left one's.
  follow() {
    const { left, right } = this;
    if (!left.film || !right.film || !this.message) return;
    const epoch = left.film.steps[left.frame] / left.film.steps_per_epoch;
    const later = right.film.steps.findIndex((step) => step / right.film.steps_per_epoch > epoch + 1e-9);
    const frame = (later < 0 ? right.film.steps.length : Math.max(1, later)) - 1;
    if (frame !== right.frame) right.goTo(frame);
    paintRace(this);
  }

  // For whoever records it: the left one leads.
  plays() {
    return this.left.plays();
  }

  pointer() {
    const canvas = this.find("canvas");
    /** @param {PointerEvent} event */
    const go = (event) => {
      const edge = canvas.getBoundingClientRect(), x = event.clientX - edge.left;
      const [plot] = this.plots;
      if (plot) this.left.pauseAt(frameAt(this.left.film, (x - plot.x) / plot.width));
    };
    canvas.onpointerdown = (event) => {
      canvas.setPointerCapture(event.pointerId);
      go(event);
    };
    canvas.onpointermove = (event) => {
      if (event.buttons) go(event);
    };
  }
}
