// @ts-check
// A talk in a file of its own. A scene is the parts that the app shows it with, called as Streamlit
// calls them; the way from scene to scene is the talk's own part, whose links are this file's.

import { element, finder } from "../shared/elements.js";
import { forget } from "../shared/forget.js";
import { hearKeys } from "../shared/keys.js";
import { FILM } from "../shared/moments.js";
import { speak } from "../shared/spoken.js";
import { fits, inWords, onStage } from "./guess.js";
import { Paper } from "./paper.js";

const DARK = "(prefers-color-scheme: dark)";
const KEY = "scene"; // by which a film tells the words where it is
const LEAST = 0.4; // of the screen that a picture has
const MOST = 0.16; // of the screen by which a picture gives way, as in page/fit.js
const A_LOOK = 6000; // milliseconds
const ONLY_THE_APP = "That is made anew by the app. This file has what is on the screen.";
const KEYS = " N: what to say. T: light or dark.";

export class Player {
  /** @type {number} */ at = -1; // the scene that is on
  guess = ""; // of the scene that is on, "" as long as its question is open
  /** @type {number} */ over = 0; // pixels by which its picture was too high
  /** @type {(() => void)[]} */ calls = []; // of the parts on the screen
  /** @type {(() => void)[]} */ ends = [];

  /** @param {HTMLElement} root @param {TalkFile} talk @param {TalkParts} parts */
  constructor(root, talk, parts) {
    this.root = root;
    this.find = finder(root, "go");
    this.talk = talk;
    this.parts = parts;
    this.theme = matchMedia(DARK).matches ? "dark" : "light";
    matchMedia(DARK).addEventListener("change", ({ matches }) => this.turn(matches ? "dark" : "light"));
    this.find("theme").onclick = () => this.turn();
    this.find("speak").onclick = () => this.notes();
    this.find("top").addEventListener("pointerup", (/** @type {any} */ { target }) => setTimeout(() => target.closest("button")?.blur()));
    hearKeys(root, new AbortController().signal, { notes: () => this.notes(), theme: () => this.turn() });
    addEventListener("popstate", () => this.open());
    const resized = new ResizeObserver(() => this.fit());
    for (const part of [document.documentElement, this.find("head"), this.find("foot")]) resized.observe(part);
    speak(KEY);
    document.addEventListener(FILM, () => {
      this.find("said").setAttribute("aria-live", globalThis.glassboxFilms?.[KEY]?.playing ? "off" : "polite");
    });
    this.find("talk").innerHTML = parts.talk.html;
    this.turn(this.theme);
    this.open();
  }

  // The scene that the address asks for.
  open() {
    const { scenes } = this.talk, asks = new URLSearchParams(location.search), asked = Number(asks.get("scene") ?? 1) - 1;
    const at = scenes[asked] ? asked : 0, guess = asks.get("guess") ?? "";
    if (at === this.at) return this.bar();
    this.at = at;
    this.guess = fits(scenes[at], guess) ? guess : "";
    this.bar();
    this.over = 0;
    this.moment = asks.get("at") ?? "";
    this.leave();
    const { notes, missing, pieces } = scenes[at];
    this.find("notes").textContent = notes || "This scene has no notes.";
    this.find("missing").textContent = missing;
    this.root.dataset.scene = `${at + 1}`;
    scrollTo(0, 0);
    this.head();
    this.words();
    this.fit();
    for (const piece of pieces) this.put(piece);
  }

  leave() {
    this.find("picture").replaceChildren();
    this.find("note").textContent = "";
    for (const end of this.ends) end();
    forget();
    this.calls = [];
    this.ends = [];
  }

  // The talk's own bar, which knows which scene is on.
  bar() {
    const { title, scenes } = this.talk, nothing = () => {};
    const shown = scenes.map((scene, k) => ({ ...scene, link: `?scene=${k + 1}` }));
    const { at, guess } = this, now = performance.now();
    this.parts.talk.call({
      parentElement: this.find("talk"), data: { name: title, title, at, scenes: shown, end: "?", guess, now, inFile: true },
      setStateValue: nothing, setTriggerValue: (/** @type {string} */ _, /** @type {any} */ said) => this.take(said.guess),
    });
    setTimeout(() => {
      const keys = this.root.querySelector(".gh-keys");
      if (keys && !keys.textContent.endsWith(KEYS)) keys.append(KEYS);
    });
  }

  // A guess of the scene that is on, from the bar or from the stage.
  /** @param {string} guess */
  take(guess) {
    this.guess = guess;
    this.bar();
    this.head();
    this.words();
    for (const call of this.calls) call();
  }

  get asking() {
    return this.talk.scenes[this.at].ask !== "" && this.guess === "";
  }

  // Where the title stands, which may answer it, a question stands as long as it is open; the bar lays
  // its own over that.
  head() {
    const scene = this.talk.scenes[this.at], { title, caption, ask, sketch } = scene, { asking } = this;
    this.find("title").textContent = asking ? ask : title;
    this.find("caption").textContent = asking ? "\u00a0" : [inWords(scene, this.guess), caption].filter(Boolean).join(" ");
    this.find("head").style.visibility = asking && !sketch ? "hidden" : "";
  }

  // The words of a picture, or how to draw it first; of a film only the sentence that is due is seen.
  // While a question is open they only keep their room.
  words() {
    const { said, edited, begins, how } = this.talk.scenes[this.at], { asking } = this, first = begins ? 0 : said.length - 1;
    const all = [...said.map(({ since, words }) => [`${since}`, words]), ...(edited ? [["edited", edited]] : [])];
    const sentences = all.map(([since, words], k) => {
      const sentence = element("span", words, asking ? {} : { "data-since": since });
      sentence.style.visibility = k === first && !asking ? "" : "hidden";
      return sentence;
    });
    this.find("said").replaceChildren(...sentences, ...(asking ? [element("span", how)] : []));
  }

  /** @param {TalkPiece} piece */
  put({ part, data, share }) {
    const place = element("div", "", { class: "go-part", style: `--go-share: ${share}` }), { html, call } = this.parts[part];
    place.innerHTML = html;
    this.find("picture").append(place);
    let shown = this.moment && data.at ? { ...data, at: this.moment } : data, end = () => {};
    /** @type {(name: string, value: unknown) => void} */
    let hear = () => this.tell(ONLY_THE_APP);
    const again = () => {
      end();
      end = call({ parentElement: place, data: this.withGuess(shown), setStateValue: hear, setTriggerValue: hear });
    };
    if (part === "pad") {
      shown = { ...data, networks: data.networks.map((key) => this.talk.networks[key]) };
      const paper = new Paper(shown, this.talk.scenes[this.at].samples, (then) => {
        shown = then;
        again();
      });
      hear = (name, value) => paper.hear(name, value);
    }
    if (part === "stage") hear = (name, value) => (name === "sketch" ? this.take(`${value}`) : this.tell(ONLY_THE_APP));
    again();
    this.calls.push(again);
    this.ends.push(() => end());
  }

  // What a stage gets that asks for a drawing: its film's first frame, then the film, with the drawing
  // over it if there is one.
  /** @param {any} data */
  withGuess({ asking, ...data }) {
    if (!asking) return data;
    return { ...data, ...(this.asking ? asking : { guess: onStage(this.talk.scenes[this.at].sketch, this.guess) }) };
  }

  // What a part asks of the app, which is not here: it shows again what it had.
  /** @param {string} words */
  tell(words) {
    this.find("note").textContent = words;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => { this.find("note").textContent = ""; }, A_LOOK);
    for (const call of this.calls) call();
  }

  // How high the picture can be, so that words fit above and below it; one that is higher than it was
  // told gives way by that.
  fit() {
    const { clientHeight, scrollHeight } = document.documentElement, over = this.over + scrollHeight - clientHeight;
    if (scrollHeight > clientHeight && over <= MOST * clientHeight) this.over = over;
    const above = this.find("picture").offsetTop;
    const room = Math.max(LEAST * clientHeight, clientHeight - above - this.find("foot").offsetHeight - 1 - this.over);
    this.root.style.setProperty("--room", `${Math.floor(room)}px`);
    this.root.style.setProperty("--go-foot", `${this.find("foot").offsetHeight}px`);
  }

  notes() {
    const notes = this.find("notes");
    notes.hidden = !notes.hidden;
    this.find("speak").setAttribute("aria-expanded", `${!notes.hidden}`);
  }

  // Light or dark: the parts take their colours anew.
  turn(theme = this.theme === "dark" ? "light" : "dark") {
    this.theme = theme;
    document.documentElement.dataset.theme = theme;
    for (const call of this.calls) call();
  }
}

/** @param {string} packed */
const unpacked = async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
};

/** @param {string} packed */
const run = async (packed) => {
  const script = document.createElement("script");
  script.textContent = await unpacked(packed);
  document.head.append(script);
};

// Play the talk that this file has.
export const openTalk = async () => {
  const root = /** @type {HTMLElement} */ (document.querySelector(".go"));
  if (!("DecompressionStream" in window)) {
    root.textContent = "This talk needs a browser of 2023 or later.";
    return;
  }
  const { parts, scenes, plotly } = globalThis.glassboxPacked;
  await run(parts);
  // Charts wait for Plotly, and the first scene does not.
  if (plotly) window.glassboxPlotly = run(plotly).then(() => window.Plotly);
  /** @type {any} */ (root).player = new Player(root, JSON.parse(await unpacked(scenes)), globalThis.glassboxParts);
};
