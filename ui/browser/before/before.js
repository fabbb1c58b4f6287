// @ts-check
// Two networks beside each other: what each reads of every class, what only one reads right, weights.

import { unpack } from "../shared/bytes.js";
import { aClass, captionWidth, needRows } from "../shared/classes.js";
import { element, finder, opening, readAs } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { sayMoreOf } from "../shared/more.js";
import { percent } from "../shared/numbers.js";
import { paintPixels } from "../shared/pixels.js";
import { Moments } from "../shared/scrub.js";
import { signShades } from "../shared/shades.js";
import { Choosing } from "./choosing.js";
import { paintShades } from "./shades.js";

export class Before {
  /** @type {BeforeMessage} */ shown;
  /** @type {string} */ drawn; // the weights on screen
  /** @type {(what: object) => void} */ asked;
  leads = true; // does an image lead to its own view

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gb");
    this.choosing = new Choosing(this.find, (other) => this.asked({ other_run: other, other_moment: -1 }));
    this.first = new Moments(this.find("first-time"), this.find("first-when"), (moment) => this.asked({ other_moment: moment }));
    this.second = new Moments(this.find("time"), this.find("when"), (moment) => this.asked({ moment }));
    const table = this.find("table");
    this.list = sayMoreOf(table.parentElement, table);
    this.gone = new AbortController();
    hearKeys(root, this.gone.signal, { ...this.second.deeds, close: () => this.close() });
  }

  destroy() {
    this.gone.abort();
    this.list.disconnect();
  }

  close() {
    const { open } = this.find("seen");
    if (open) this.find("seen").open = false;
    else if (this.shown?.truth >= 0) this.asked({ truth: -1 });
    else return false;
    return true;
  }

  /** @param {BeforeMessage} shown @param {boolean} big */
  show(shown, big) {
    this.shown = shown;
    this.paper = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    this.choosing.show(shown);
    this.first.show(shown.first);
    this.second.show(shown.second);
    const { pair, names } = shown;
    this.find("first-name").textContent = `${names[0]}:`;
    this.find("second-name").textContent = `${names[1]}:`;
    this.find("body").hidden = !pair;
    if (pair) {
      this.shares(pair, big);
      for (const which of /** @type {const} */ (["gained", "lost"])) this.gallery(which, pair[which], pair.side, big);
      this.units(pair, big);
    }
    this.root.dataset.drawn = "true";
  }

  // Of each class the share that both read right, a bar each.
  /** @param {BeforePair} pair @param {boolean} big */
  shares({ counts, right }, big) {
    const { classes, truth, names } = this.shown, rows = this.find("table").tBodies[0];
    const at = [...rows.querySelectorAll("button")].indexOf(document.activeElement);
    this.find("name").textContent = big ? `Right: ${names[0]}, ${names[1]}` : `Read right: ${names[0]} (upper bar), ${names[1]} (lower)`;
    rows.replaceChildren(...classes.map((name, k) => {
      const row = element("tr"), bars = element("td", "", { class: "gb-bars" }), first = element("td");
      const parts = right.map((one) => (counts[k] ? one[k] / counts[k] : 0));
      const told = counts[k] ? parts.map(percent) : ["none", "none"];
      const words = `${aClass(name)}: ${names[0]} ${right[0][k]} of ${counts[k]} right, ${names[1]} ${right[1][k]}`;
      const button = element("button", name, { type: "button", "aria-pressed": String(k === truth), "aria-label": `${words}. Show its images alone.` });
      row.onclick = () => this.asked({ truth: k === truth ? -1 : k });
      row.onpointerenter = button.onfocus = () => this.say(`${words}.`);
      parts.forEach((part) => {
        const bar = element("i");
      bar.style.visibility = part ? "" : "hidden";
        bar.style.width = `${100 * part}%`;
        bars.append(bar);
      });
      first.append(button);
      row.append(first, bars, element("td", told[0]), element("td", "→"), element("td", told[1]));
      return row;
    }));
    if (at >= 0) rows.querySelectorAll("button")[at]?.focus();
  }

  /** @param {"gained" | "lost"} which @param {BeforeImages} some @param {number} side @param {boolean} big */
  gallery(which, { heading, pixels, images }, side, big) {
    const { classes, names } = this.shown, bytes = unpack(pixels, Uint8Array), ink = getComputedStyle(this.root).color, long = needRows(classes);
    const below = which === "gained" && images.length ? ` Below: ${names[0]} → ${names[1]}.` : "";
    this.find(`${which}-heading`).textContent = big ? heading : `${heading}${images.length < 2 ? "" : ", the surest first"}.${below}`;
    this.find(which).classList.toggle("gb-long", long);
    this.find(which).style.setProperty("--gb-caption", long ? captionWidth(classes) : "0em");
    this.find(which).replaceChildren(...images.map(({ number, label, said, sure }, k) => {
      const says = said.map((one, n) => `${names[n]} ${aClass(classes[one])} with ${sure[n]}`).join(", ");
      const words = `Image ${number}, ${aClass(classes[label])}: ${says}.`;
      const image = opening(this.leads);
      const canvas = element("canvas");
      paintPixels(canvas, bytes.subarray(k * side ** 2, (k + 1) * side ** 2), side, ink);
      const lines = [classes[said[0]], `→ ${classes[said[1]]}`];
      const caption = element("div");
      caption.append(...(long ? lines : [lines.join(" ")]).map((line) => element("span", line)));
      image.append(canvas, caption);
      readAs(image, this.leads ? `${words} Open it.` : words);
      image.onclick = () => this.leads && this.asked({ image: number });
      image.onpointerenter = image.onfocus = () => this.say(words);
      return image;
    }));
  }

  // The weights of both, unit by unit, and what has changed, on one range.
  /** @param {BeforePair} pair @param {boolean} big */
  units({ units, weights, side }, big) {
    const { names, colours } = this.shown, differs = weights.length > 2, drawn = String([weights, units, names, this.paper, big]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const pictures = weights.map((one) => unpack(one, Int8Array)), shades = signShades(this.paper, colours);
    this.find("weights-name").textContent = big ? "Weights, on one range" : `Weights of the units, on one range${differs ? "; most changed first" : ""}`;
    const head = element("tr"), columns = [...names, ...(differs ? ["change"] : [])];
    head.append(element("td"), ...columns.map((name) => element("th", name, { scope: "col" })));
    this.find("units").tHead.replaceChildren(head);
    const rows = Array.from({ length: Math.max(...units.map((some) => some.length)) }, (_, k) => {
      const row = element("tr"), ids = [units[0][k], units[1][k], units[1][k]];
      row.append(element("th", differs ? `unit ${ids[0] + 1}` : "", { scope: "row" }), ...pictures.map((values, n) => {
        const cell = element("td");
        if (ids[n] === undefined) return cell;
        const canvas = element("canvas", "", { role: "img", "aria-label": `Unit ${ids[n] + 1}, ${columns[n]}`, title: `unit ${ids[n] + 1}` });
        paintShades(canvas, values.subarray(k * side ** 2, (k + 1) * side ** 2), side, shades);
        cell.append(canvas);
        return cell;
      }));
      return row;
    });
    this.find("units").tBodies[0].replaceChildren(...rows);
  }

  /** @param {string} words */
  say(words) {
    this.find("said").textContent = words;
  }
}
