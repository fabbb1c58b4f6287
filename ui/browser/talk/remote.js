// @ts-check
// The stage's side of the speaker's window: it tells it where the talk is, and does what it asks for.
// The stage alone knows the place, so two windows that move at once move one after the other.

import { beganAt, cameAt } from "./clock.js";

const STAGE = "glassbox-stage"; // this tab's name, which outlives a reload
const PRESSED_THERE = /^(Arrow(Left|Right)|Page(Up|Down)|Home|End|[ ,.bB1-9])$/;

export class Remote {
  /** @param {Talk} talk */
  constructor(talk) {
    this.talk = talk;
    this.stage = nameOfTab();
    this.channel = new BroadcastChannel(`${STAGE}-${this.stage}`);
    this.channel.onmessage = ({ data }) => this.hear(data);
  }

  destroy() {
    this.channel.close();
  }

  // Whether the browser opened the window.
  open() {
    const theme = getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "dark" : "light";
    const address = new URL(`./speaker?${new URLSearchParams({ stage: this.stage, theme })}`, location.href);
    return window.open(address, `${STAGE}-${this.stage}`, "popup,width=900,height=700") !== null;
  }

  /** @param {boolean} [all] */
  tell(all = false) {
    const { data, at } = this.talk, walk = walkOnPage();
    /** @type {FromStage} */
    const message = {
      place: {
        at,
        began: beganAt(data.name),
        came: cameAt(data.name, at),
        asking: this.talk.asking,
        black: !this.talk.find("black").hidden,
        step: walk ? Number(walk.dataset.step) + 1 : 0,
        steps: walk ? Number(walk.dataset.steps) : 0,
      },
    };
    if (all) {
      const scenes = data.scenes.map(({ title, caption, notes, ask, answers }) => ({ title, caption, notes, ask, answers }));
      message.talk = { title: data.title, scenes };
    }
    this.channel.postMessage(message);
  }

  // The talk has been left.
  leave() {
    this.channel.postMessage({});
  }

  /** @param {FromSpeaker} message */
  hear(message) {
    if (!this.talk.data) return;
    if ("key" in message && PRESSED_THERE.test(message.key)) press(message.key, message.shift === true);
    else if ("go" in message) this.talk.go(Number(message.go) || 0);
    this.tell("hello" in message && message.hello === "all");
  }
}

export const walkOnPage = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-steps][data-walk]"));

/** @param {string} key @param {boolean} shiftKey */
function press(key, shiftKey) {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
}

function nameOfTab() {
  const name = Math.random().toString(36).slice(2);
  try {
    if (sessionStorage.getItem(STAGE) === null) sessionStorage.setItem(STAGE, name);
    return sessionStorage.getItem(STAGE) ?? name;
  } catch {
    return name; // a browser that keeps nothing
  }
}
