// @ts-check
// One invisible button lies on every unit, so that the keyboard reaches what the pointer does.

import { element } from "../shared/elements.js";
import { unitName } from "./film.js";

/** @param {Stage} stage */
export function layUnitButtons(stage) {
  const { film, units } = stage, group = stage.find("units"), shape = `${film.sizes} ${units.length}`;
  if (group.dataset.shape !== shape) {
    group.dataset.shape = shape;
    group.replaceChildren(...units.map((unit, k) => unitButton(stage, group, unit, k)));
  }
  units.forEach(({ layer, unit, x, y, side }, k) => {
    const button = group.children[k];
    button.setAttribute("aria-label", unitName(film, layer, unit));
    Object.assign(button.style, {
      left: `${x - side / 2}px`, top: `${y - side / 2}px`, width: `${side}px`, height: `${side}px`,
    });
  });
}

// Tab reaches one of them, the arrows the others.
/** @param {Stage} stage @param {HTMLElement} group @param {UnitId} unit @param {number} k */
function unitButton(stage, group, { layer, unit }, k) {
  const button = element("button", "", { type: "button" });
  button.tabIndex = k === stage.units.length - 1 ? 0 : -1;
  button.onclick = () => stage.touchUnit(layer, unit);
  button.onkeydown = (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = /** @type {HTMLElement | undefined} */ (group.children[k + by]);
    if (!next) return;
    button.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  return button;
}

/** @param {Stage} stage @param {UnitId | null} unit */
export function unitButtonOf(stage, unit) {
  const k = unit ? stage.units.findIndex((u) => u.layer === unit.layer && u.unit === unit.unit) : -1;
  return stage.find("units").children[k];
}
