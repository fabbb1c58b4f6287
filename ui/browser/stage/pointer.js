// @ts-check
// The mouse, or a finger, on the picture: what is under it is told, touched, dragged.

import { element } from "../shared/elements.js";
import { frameAt, hitAt, tipFor } from "./touch.js";

export class Pointer {
  /** @type {UnitId | null} */ over = null; // the unit that fills the plot for as long as it is there
  dragging = false; // the moment, along the curves

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    const { canvas } = stage;
    canvas.onpointermove = (event) => this.move(event);
    canvas.onpointerdown = (event) => this.press(event);
    canvas.onclick = (event) => this.click(event);
    canvas.onpointerleave = () => {
      this.hover(null);
      this.tip(null);
    };
  }

  /** @param {MouseEvent} event @returns {[x: number, y: number]} */
  at(event) {
    const edge = this.stage.canvas.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top];
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { stage } = this;
    if (!stage.box) return;
    if (stage.drawnOn) return this.tip(null);
    const [x, y] = this.at(event), plot = stage.box.loss;
    if (this.dragging && event.buttons && plot) return stage.goTo(frameAt(stage.film, (x - plot.x) / plot.width));
    this.dragging = false;
    const hit = hitAt(stage, x, y);
    this.hover(hit?.kind === "unit" ? hit : null);
    this.tip(hit, x, y);
  }

  /** @param {PointerEvent} event */
  press(event) {
    const { stage } = this;
    if (!stage.box || stage.drawnOn) return;
    const hit = hitAt(stage, ...this.at(event));
    if (hit?.kind !== "curve") return;
    this.dragging = true;
    stage.canvas.setPointerCapture(event.pointerId);
    stage.pauseAt(hit.frame);
  }

  /** @param {MouseEvent} event */
  click(event) {
    const { stage } = this;
    if (!stage.box) return;
    this.tip(null);
    if (stage.placing.active) return stage.placing.click(...this.at(event));
    if (stage.sketching.active) return;
    const hit = hitAt(stage, ...this.at(event));
    if (hit?.kind === "unit") stage.touchUnit(hit.layer, hit.unit);
    else if (hit?.kind === "point") stage.touchPoint(hit.point);
    else if (hit?.kind === "parameter") stage.touchParameter(hit.index);
  }

  /** @param {UnitId | null} unit */
  hover(unit) {
    if (unit?.layer === this.over?.layer && unit?.unit === this.over?.unit) return;
    this.over = unit;
    this.stage.paint();
  }

  /** @param {Hit | null} hit @param {number} [x] @param {number} [y] */
  tip(hit, x, y) {
    const { stage } = this, tip = stage.find("tip"), { width, height } = stage.box;
    const pointed = ["unit", "point", "parameter"].includes(hit?.kind);
    stage.canvas.style.cursor = stage.drawnOn ? "crosshair" : pointed ? "pointer" : "default";
    tip.hidden = !hit;
    if (!hit) return;
    tip.replaceChildren(...tipFor(stage, hit).map((line) => element("div", line)));
    const left = x + 16 + tip.offsetWidth > width ? x - 16 - tip.offsetWidth : x + 16;
    const top = y + 12 + tip.offsetHeight > height ? y - 12 - tip.offsetHeight : y + 12;
    tip.style.left = `${Math.max(0, left)}px`;
    tip.style.top = `${Math.max(0, top)}px`;
  }
}
