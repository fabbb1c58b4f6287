// @ts-check
// A talk: which scene is on, and the way to the others. A scene is an address; to go there is to go
// in the browser's history, which Streamlit hears, and follows without loading anything anew.

import { element, finder } from "../shared/elements.js";
import { forget } from "../shared/forget.js";
import { TAB, keep, kept } from "../shared/kept.js";
import { deedOf } from "../shared/keys.js";
import { whole } from "../shared/numbers.js";
import { visit } from "../shared/visit.js";
import { beginAgain, forgetBeginning, since } from "./clock.js";
import { Remote, walkOnPage } from "./remote.js";

const WAYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const OPEN = "[data-testid=stPopoverBody], [role=dialog]:not(.gh-all, .gh-asks), [data-baseweb=popover] [role=listbox]";
const HIDDEN = ["toggle", "on", "back"];
const OF_A_SLIDER = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
const NONE = "-"; // in place of a guess
const A_SECOND = 1000;
const TIMES = 3; // that a guess is sent again which Python has not heard
const KEYS = "Arrows or Page keys: next and back, step by step where there are steps; with Shift a whole scene. "
  + "Home, End: the first and the last scene. Space: play. Comma, point: one frame. B: black screen. "
  + "S: the speaker's window. N: the notes, here. Escape: this list.";
const NOTES = "glassbox-notes"; // whether they are shown, in this tab
const BLOCKED = "The browser did not open a second window: allow it for this page, then press S.";

export class Talk {
  /** @type {TalkData} */ data;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.find = finder(root, "gh");
    this.at = 0;
    this.guessed = -1; // the scene whose question has been answered
    /** @type {Map<number, string>} */ this.guesses = new Map(); // of each scene
    /** @type {(guess: TalkGuess) => void} */ this.send = () => {};
    this.sent = false; // whether a guess is on its way to Python: the next scene waits for that
    this.waits = false; // whether it does
    this.again = 0; // how often that guess is still sent again, where Python does not know it
    this.counted = false; // whether the number that is asked for has been moved
    this.asking = false; // whether the scene's question is open
    this.others = false; // whether the page had something open, which Escape closes, when a key came
    this.remote = new Remote(this);
    this.gone = new AbortController();
    const { signal } = this.gone;
    window.addEventListener("keydown", (event) => this.before(event), { signal, capture: true });
    window.addEventListener("keydown", (event) => this.after(event), { signal });
    window.addEventListener("pointerup", ({ target }) => leaveSlider(target), { signal });
    root.onpointerup = (/** @type {any} */ { target }) => setTimeout(() => target.closest("button")?.blur()); // keys are the picture's
    this.find("back").onclick = () => this.go(this.at - 1);
    this.find("next").onclick = () => this.on();
    this.find("clock").onclick = () => this.beginAgain();
    this.find("list").onclick = () => this.list(this.find("all").hidden);
    this.find("speaker").onclick = () => this.speaker();
    this.find("end").onclick = () => this.end();
    this.find("black").onclick = () => this.black(false);
    const number = this.find("number"), take = () => this.answer(number.value);
    number.oninput = () => this.count(true);
    number.onkeydown = (event) => { if (event.key === "Enter") take(); }; // false would keep its arrows from it
    this.find("count-it").onclick = take;
    this.find("keys").textContent = KEYS;
    this.seconds = setInterval(() => this.tick(), A_SECOND);
  }

  destroy() {
    this.gone.abort();
    this.remote.destroy();
    clearInterval(this.seconds);
  }

  /** @param {TalkData} data */
  show(data) {
    this.data = data;
    const asked = Number(new URLSearchParams(location.search).get("scene")) - 1;
    this.at = data.scenes[asked] ? asked : data.at; // one may be on its way to the next already
    if (this.at === data.at && data.guess !== "") {
      this.guessed = this.at;
      this.guesses.set(this.at, data.guess);
      this.write(data.guess); // a control that was moved may have taken it out of the address
      this.sent = false;
    } else if (this.at === data.at && this.sent && this.again-- > 0) this.tell(); // it was lost with the server
    this.say();
    this.tick();
    this.remote.tell(true);
    if (this.waits && !this.sent) this.go(this.at + 1);
  }

  say() {
    const { scenes, title } = this.data, { at } = this, last = scenes.length - 1;
    this.find("count").textContent = `${at + 1} of ${last + 1}`;
    this.find("title").textContent = title;
    this.find("back").disabled = at === 0;
    this.find("next").disabled = at === last;
    this.root.dataset.scene = String(at + 1);
    this.find("speaker").hidden = this.data.inFile;
    this.notes(!this.data.inFile && kept(TAB, NOTES) !== null);
    this.ask();
  }

  // The question of the scene lies over it until it is answered; what is to be drawn, the stage asks.
  // What lies under it Python has hidden, and shows once the guess is taken.
  ask() {
    const { ask, answers, number, of, sketch, over } = this.data.scenes[this.at], asks = this.find("asks");
    this.asking = ask !== "" && this.guessed !== this.at;
    asks.hidden = !this.asking || sketch !== "";
    if (this.guessed === this.at) document.documentElement.dataset.guessed = String(this.at + 1);
    else delete document.documentElement.dataset.guessed;
    if (asks.hidden || asks.dataset.scene === String(this.at)) return;
    asks.dataset.scene = String(this.at);
    asks.classList.toggle("gh-over", over);
    this.find("asked").textContent = ask;
    this.find("answers").replaceChildren(...answers.map((answer, k) => {
      const button = element("button", answer, { type: "button" });
      button.onclick = () => this.answer(String(k + 1));
      return button;
    }));
    this.find("counting").hidden = number === 0;
    Object.assign(this.find("number"), { max: number, value: Math.round(number / 2), ariaLabel: ask });
    this.find("of").textContent = of;
    this.count(false);
    if (number) this.find("number").focus({ preventScroll: true });
  }

  /** @param {boolean} moved */
  count(moved) {
    this.counted = moved;
    this.find("counted").textContent = whole(Number(this.find("number").value));
  }

  // Take a guess; without one the scene is shown, and nothing is laid beside it.
  /** @param {string} guess */
  answer(guess) {
    this.guessed = this.at;
    this.guesses.set(this.at, guess);
    this.write(guess);
    this.sent = true;
    this.again = TIMES;
    this.tell();
    this.ask();
    this.remote.tell();
  }

  tell() {
    this.send({ scene: this.at + 1, guess: this.guesses.get(this.at) });
  }

  // For whoever loads the page again.
  /** @param {string} guess */
  write(guess) {
    const address = new URL(location.href);
    if (address.searchParams.get("guess") === guess || address.searchParams.get("scene") !== String(this.at + 1)) return;
    address.searchParams.set("guess", guess);
    history.replaceState(history.state, "", address);
  }

  tick() {
    if (this.data) this.find("clock").textContent = since(this.data.name);
  }

  beginAgain() {
    beginAgain(this.data.name);
    this.tick();
    this.find("clock").blur();
  }

  // To the next scene; before it, what this one still hides.
  on() {
    if (this.asking) this.answer(this.counted ? this.find("number").value : NONE);
    else if (this.at === this.data.scenes.length - 1) this.find("title").textContent = "That was the last scene.";
    else if (this.sent) this.waits = true;
    else this.go(this.at + 1);
  }

  /** @param {number} at */
  go(at) {
    const { scenes } = this.data, to = Math.max(0, Math.min(scenes.length - 1, at));
    this.list(false);
    if (to === this.at) return;
    const guess = to < this.at ? this.guesses.get(to) : undefined; // whoever goes back is not asked again
    const link = new URL(scenes[to].link, location.href);
    this.at = to;
    if (guess !== undefined) link.searchParams.set("guess", guess);
    this.guessed = guess === undefined ? -1 : to;
    this.counted = this.sent = this.waits = false;
    this.find("asks").dataset.scene = "";
    forget();
    visit(link);
    this.say();
    this.remote.tell();
  }

  end() {
    this.remote.leave();
    forgetBeginning(this.data.name);
    forget();
    visit(this.data.end);
  }

  // The list is made as it opens: the page may be drawn anew while somebody goes through it.
  /** @param {boolean} open */
  list(open) {
    if (open) this.find("scenes").replaceChildren(...this.data.scenes.map((scene, k) => this.line(scene, k)));
    this.find("all").hidden = !open;
    this.find("list").setAttribute("aria-expanded", open);
    if (open) this.find("scenes").querySelector("[aria-current]").focus();
    else if (this.root.contains(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
  }

  /** @param {{ title: string }} scene @param {number} k */
  line({ title }, k) {
    const line = element("li"), button = element("button", `${k + 1}  ${title}`, { type: "button" });
    if (k === this.at) button.setAttribute("aria-current", "step");
    button.onclick = () => this.go(k);
    line.append(button);
    return line;
  }

  // What to say, on the stage itself, for whoever has but one window.
  /** @param {boolean} shown */
  notes(shown) {
    const { title, notes } = this.data.scenes[this.at], place = this.find("notes");
    keep(TAB, NOTES, shown ? "on" : null);
    place.hidden = !shown;
    place.textContent = notes || `There are no notes for “${title}”.`;
  }

  speaker() {
    if (!this.remote.open()) this.find("title").textContent = BLOCKED;
  }

  /** @param {boolean} black */
  black(black) {
    this.find("black").hidden = !black;
  }

  // Keys

  /** @param {KeyboardEvent} event */
  meant(event) {
    return this.root.isConnected && this.data ? deedOf(/** @type {any} */ (event), this.root) : undefined;
  }

  // What a talk's keys do before any part of the page hears them.
  /** @param {KeyboardEvent} event */
  before(event) {
    const deed = this.meant(event), by = WAYS[event.key], covered = !this.find("asks").hidden;
    this.others = document.querySelector(OPEN) !== null;
    if (event.target === this.find("number") && OF_A_SLIDER.includes(event.key)) return;
    if (deed && !this.find("black").hidden) this.black(false);
    else if (!this.find("all").hidden && !by) {
      if (!this.chooses(event.key, deed)) return;
    } else if (deed === "choose" && this.asking) this.pick(Number(event.key));
    else if (deed === "first") this.go(0);
    else if (deed === "last") this.go(this.data.scenes.length - 1);
    else if ((deed === "on" || deed === "back") && by) {
      this.list(false);
      if (!this.asking && !event.shiftKey && walks(by)) return;
      if (by > 0) this.on();
      else this.go(this.at - 1);
    } else if (!covered || !HIDDEN.includes(deed)) return; // what plays is not seen yet
    event.preventDefault();
    event.stopPropagation();
  }

  // And after all of them, where none had a use for it.
  /** @param {KeyboardEvent} event */
  after(event) {
    const deed = this.meant(event);
    if (deed === "black") this.black(true);
    else if (deed === "speaker" && !this.data.inFile) this.speaker();
    else if (deed === "notes" && !this.data.inFile) this.notes(this.find("notes").hidden);
    else if (deed === "close" && !this.others) this.list(true);
    else return;
    event.preventDefault();
  }

  // The list's own keys; those of a clicker go on from the scene that is on, as ever.
  /** @param {string} key @param {Deed | undefined} deed */
  chooses(key, deed) {
    const buttons = [...this.find("scenes").querySelectorAll("button")];
    const now = buttons.indexOf(document.activeElement), by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (deed === "close") this.list(false);
    else if (deed === "first" || deed === "last") buttons.at(deed === "first" ? 0 : -1).focus();
    else if (by) buttons[Math.max(0, Math.min(buttons.length - 1, now + by))].focus();
    else return false;
    return true;
  }

  // An answer; where none are given, 1 to 9 do not leave what is asked for another view either.
  /** @param {number} number */
  pick(number) {
    const answers = this.data.scenes[this.at].answers.length;
    if (number <= answers) this.find("answers").querySelectorAll("button")[number - 1].click();
  }
}

// Whether a walk on this page has a step in that direction.
/** @param {number} by */
function walks(by) {
  const walk = walkOnPage();
  if (!walk) return false;
  const step = Number(walk.dataset.step), last = Number(walk.dataset.steps) - 1;
  return by > 0 ? step < last : step > 0;
}

// A slider of the picture that was let go of: the keys are the talk's again.
/** @param {any} target */
function leaveSlider(target) {
  if (!target.matches?.("[class*=st-key-picture_] input[type=range]")) return;
  setTimeout(() => target.blur());
}
