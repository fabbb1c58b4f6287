// @ts-check
// A chart's own menu, beside its title: what it can be saved as, and the way back to all of it.

import { finder } from "../shared/elements.js";
import { htmlOf, keep, pictureOf } from "./save.js";

// Put the menu of a chart to work, once; `reset` shows all of the chart again.
/** @param {any} plot @param {() => void} reset */
export function serve(plot, reset) {
  const whole = plot.closest(".gc-whole"), find = finder(whole, "gc");
  const menu = find("menu"), more = find("more"), list = find("list");
  const items = () => [...list.children].filter((item) => !item.hidden);

  /** @param {boolean} open */
  const open = (open) => {
    list.hidden = !open;
    more.setAttribute("aria-expanded", `${open}`);
  };
  const shut = () => {
    open(false);
    more.focus();
  };
  more.onclick = (event) => {
    open(list.hidden);
    if (!list.hidden && !event.detail) items()[0].focus(); // it was a key
  };
  menu.onkeydown = (event) => {
    if (list.hidden && !(event.target === more && event.key === "ArrowDown")) return;
    const at = items().indexOf(event.target), last = items().length - 1;
    const to = {
      ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last,
    }[event.key];
    if (event.key === "Tab") return shut(); // and go on from there
    if (event.key === "Escape") shut();
    else if (to !== undefined) {
      open(true);
      items()[to].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation(); // the page knows these keys, too
  };
  const { signal } = plot.glassboxGone;
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) open(false);
  }, { signal });

  const does = {
    png: async () => keep(plot, "png", await pictureOf(plot, "png")),
    svg: async () => keep(plot, "svg", await pictureOf(plot, "svg")),
    html: async () => keep(plot, "html", await htmlOf(plot)),
    reset,
  };
  for (const name in does) {
    find(name).onclick = async () => {
      shut();
      if (plot.layout) await does[name](); // before it is drawn there is nothing to save
    };
  }
  find("html").hidden = !plot.glassboxPlace.saved;
}

// How wide a title's line must leave off before its end, in pixels.
/** @param {any} plot */
export const roomOfMenu = (plot) => plot.closest(".gc-whole")?.querySelector(".gc-menu").offsetWidth ?? 0;
