// @ts-check
// What can stand beside a run: itself before, a recording, or one that this browser has seen.

import { element } from "../shared/elements.js";
import { forget, otherwise, runsSeen } from "../shared/seen.js";

const LONGEST_NAME = 60; // letters of what a run has otherwise

/** @param {SeenRun} one @param {Record<string, string>} here */
const named = ({ settings, at }, here) => `${new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}: ${otherwise(settings, here)}`;

/** @param {string} text */
const short = (text) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text);

export class Choosing {
  /** @type {BeforeMessage} */ shown;

  // `ask` gets the run that the reader chooses, "" for the same one.
  /** @param {(name: string) => any} find @param {(other: string) => void} ask */
  constructor(find, ask) {
    this.find = find;
    this.ask = ask;
    find("other").onchange = (event) => ask(event.target.value);
    find("forget").onclick = () => {
      forget();
      this.show(this.shown);
      find("seen").open = false;
    };
  }

  /** @param {BeforeMessage} shown */
  show(shown) {
    this.shown = shown;
    const { other, gone, choices, run, settings } = shown;
    if (gone) forget(other);
    const seen = runsSeen().filter((one) => one.run !== run);
    const known = [["", "the same run"], ...Object.entries(choices), ...seen.map((one) => [one.run, short(named(one, settings))])];
    if (!known.some(([name]) => name === other)) known.push([other, gone ? "a run that is gone" : "the run in the link"]);
    this.find("other").replaceChildren(...known.map(([name, words]) => new Option(words, name)));
    this.find("other").value = other;
    this.find("seen").hidden = !runsSeen().length;
    this.find("list").querySelector("ul").replaceChildren(...seen.map((one) => this.line(one)));
  }

  // A run that was seen, with all its settings.
  /** @param {SeenRun} one */
  line(one) {
    const line = element("li"), { settings } = this.shown;
    const button = element("button", named(one, settings), { type: "button" });
    button.onclick = () => {
      this.find("seen").open = false;
      this.ask(one.run);
    };
    line.append(button, element("small", Object.entries(one.settings).map(([name, value]) => `${name} ${value}`).join(", ")));
    return line;
  }
}
