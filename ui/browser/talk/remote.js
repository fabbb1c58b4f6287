// @ts-check
// The stage's side of the speaker's window: it tells it where the talk is, and does what it asks for.
// The stage alone knows the place, so two windows that move at once move one after the other.

import { TAB, keep, kept } from "../shared/kept.js";
import { beganAt, cameAt } from "./clock.js";

const STAGE = "glassbox-stage"; // this tab's name, which outlives a reload
const PRESSED_THERE = /^(Arrow(Left|Right)|Page(Up|Down)|Home|End|[ ,.bB1-9])$/;

export class Remote {
  /** @param {Talk} talk */
  constructor(talk) {
    this.talk = talk;
    this.since = performance.timeOrigin;
    this.join();
  }

  join() {
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
        since: this.since,
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
    this.channel.postMessage({ left: true });
  }

  /** @param {FromSpeaker | FromStage} message */
  hear(message) {
    if (!this.talk.data || "left" in message) return;
    if ("place" in message) return this.meet(message.place);
    if ("key" in message && PRESSED_THERE.test(message.key)) press(message.key, message.shift === true);
    else if ("go" in message) this.talk.go(Number(message.go) || 0);
    this.tell("hello" in message && message.hello === "all");
  }

  // Another stage of this name: a tab that is duplicated takes it along. The later one takes another.
  /** @param {TalkPlace} place */
  meet({ since }) {
    if (since > this.since) this.tell();
    if (since >= this.since) return;
    this.channel.close();
    keep(TAB, STAGE, null);
    this.join();
  }
}

export const walkOnPage = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-steps][data-walk]"));

/** @param {string} key @param {boolean} shiftKey */
function press(key, shiftKey) {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
}

function nameOfTab() {
  const name = Math.random().toString(36).slice(2);
  if (kept(TAB, STAGE) === null) keep(TAB, STAGE, name);
  return kept(TAB, STAGE) ?? name; // for this page, in a browser that keeps nothing
}
