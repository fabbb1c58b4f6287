// @ts-check
// The speaker's window: what to say, what comes next, and the clock. It only shows what the stage
// tells, and sends its keys there; so it can be closed, opened and loaded anew at any time.

import { asClock } from "../shared/clock.js";
import { element } from "../shared/elements.js";
import { deedOf } from "../shared/keys.js";

const A_LOOK = 500; // milliseconds between two questions where the talk is
const PATIENCE = 3000; // after which nobody answers
const SENT = ["toggle", "back", "on", "first", "last", "black", "choose"];
const AWAY = "The window of the talk is closed, or does not answer. It is followed again as soon as it is back.";
const LEFT = "The talk has been left.";

const find = (/** @type {string} */ css) => /** @type {any} */ (document.querySelector(css));

class Speaker {
  /** @type {TalkTold} */ talk;
  /** @type {TalkPlace | undefined} */ place;

  /** @param {string} stage */
  constructor(stage) {
    this.heard = 0;
    this.channel = new BroadcastChannel(`glassbox-stage-${stage}`);
    this.channel.onmessage = ({ data }) => this.hear(data);
    window.addEventListener("keydown", (event) => this.key(event));
    find(".back").onclick = () => this.press("PageUp");
    find(".on").onclick = () => this.press("PageDown");
    find(".black").onclick = () => this.press("b");
    find("select").onchange = () => this.send({ go: Number(find("select").value) });
    setInterval(() => this.look(), A_LOOK);
    this.look();
  }

  /** @param {FromSpeaker} message */
  send(message) {
    this.channel.postMessage(message);
  }

  /** @param {string} key @param {boolean} [shift] */
  press(key, shift = false) {
    this.send({ key, shift });
  }

  look() {
    this.send({ hello: this.talk ? "place" : "all" });
    if (this.heard && Date.now() - this.heard > PATIENCE) say(AWAY);
    this.tick();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const deed = deedOf(/** @type {any} */ (event), document.body);
    if (!SENT.includes(deed)) return;
    event.preventDefault();
    this.press(event.key, event.shiftKey);
  }

  /** @param {FromStage | FromSpeaker} message */
  hear(message) {
    if ("left" in message) {
      this.heard = 0;
      return say(LEFT);
    }
    if (!("place" in message)) return; // of another speaker's window
    const { talk, place } = message;
    this.heard = Date.now();
    if (talk) this.tell(talk);
    if (!this.talk) return;
    const moved = talk !== undefined || place.at !== this.place?.at;
    this.place = place;
    if (moved) this.show();
    const { step, steps, asking, black } = place, where = steps ? `Step ${step} of ${steps}. ` : "";
    say(black ? "The screen is black." : where + (asking ? "Its question is open." : ""));
    find(".black").textContent = black ? "Picture back" : "Black screen";
    this.tick();
  }

  /** @param {TalkTold} talk */
  tell(talk) {
    this.talk = talk;
    document.title = `Speaker: ${talk.title}`;
    find("select").replaceChildren(...talk.scenes.map((scene, k) => element("option", `${k + 1}. ${scene.title}`, { value: k })));
  }

  show() {
    const { scenes } = this.talk, { at } = this.place, scene = scenes[at], next = scenes[at + 1];
    if (!scene) return;
    for (const part of [".now", ".next", "nav"]) find(part).hidden = false;
    find(".count").textContent = `${at + 1} of ${scenes.length}`;
    find("progress").value = (at + 1) / scenes.length;
    find("h1").textContent = scene.title;
    find(".caption").textContent = scene.caption;
    find(".asked").hidden = scene.ask === "";
    find(".ask").textContent = scene.ask;
    find(".asked ol").replaceChildren(...scene.answers.map((answer) => element("li", answer)));
    find(".notes").textContent = scene.notes || "No notes.";
    find(".notes").scrollTop = 0;
    find(".coming").textContent = next ? next.title : "This is the last scene.";
    find(".back").disabled = at === 0;
    find("select").value = String(at);
  }

  tick() {
    const now = new Date();
    find(".day").textContent = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    if (!this.place) return;
    find(".spoken").textContent = asClock(now.getTime() - this.place.began);
    find(".here").textContent = asClock(now.getTime() - this.place.came);
  }
}

/** @param {string} words */
function say(words) {
  if (find(".state").textContent !== words) find(".state").textContent = words;
}

export function openSpeaker() {
  const asked = new URLSearchParams(location.search);
  document.documentElement.dataset.theme = asked.get("theme") ?? "";
  return new Speaker(asked.get("stage") ?? "");
}
