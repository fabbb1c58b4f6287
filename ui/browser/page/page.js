// @ts-check
// What belongs to no picture: the keys that choose a view, the theme that the link asks for, what the
// terms of captions mean, by which name pictures know their caption, and that a page fits its screen.

import { hearKeys } from "../shared/keys.js";
import { Fit } from "./fit.js";
import { Glossary } from "./glossary.js";
import { sendRest } from "./rest.js";
import { Slim } from "./slim.js";

const SCHEME = "prefers-color-scheme";

// Streamlit knows light and dark from the browser alone. Whoever asks the browser is told what the
// reader chose, and Streamlit asks again when a page has been printed.
const asked = (globalThis.glassboxMedia ??= { real: window.matchMedia.bind(window), theme: "" });
window.matchMedia = (query) => {
  const answer = asked.real(query), theirs = asked.theme && query.includes(SCHEME);
  return theirs ? Object.defineProperty(answer, "matches", { value: query.includes(asked.theme) }) : answer;
};

// Whoever chooses by hand plays with the keys next: these are the picture's again, not the button's.
/** @param {any} event */
function letGo({ target }) {
  const button = target.closest("[data-testid=stButtonGroup] button");
  if (button) setTimeout(() => button.blur()); // once it has been pressed
}

// By this name pictures know the sentences that say what they show (aria-describedby).
const CAPTION = "glassbox-caption";
const captions = document.getElementsByClassName("st-key-caption");

function nameCaption() {
  const caption = captions[0];
  if (caption && caption.id !== CAPTION) caption.id = CAPTION;
}

export class Page {
  /** @param {HTMLElement} root */
  constructor(root) {
    sendRest();
    this.gone = new AbortController();
    this.come = new MutationObserver(nameCaption);
    this.come.observe(document.body, { childList: true, subtree: true });
    nameCaption();
    this.fit = new Fit();
    this.slim = new Slim();
    this.glossary = new Glossary(root);
    document.addEventListener("pointerup", letGo, { signal: this.gone.signal, capture: true });
    hearKeys(root, this.gone.signal, { choose: ({ key }) => this.choose(Number(key)) });
  }

  destroy() {
    this.gone.abort();
    this.come.disconnect();
    this.fit.destroy();
    this.slim.destroy();
    this.glossary.destroy();
  }

  // A view, where there are several.
  /** @param {number} number */
  choose(number) {
    const row = document.querySelector("[class*='_view'] [data-testid=stButtonGroup]");
    /** @type {HTMLElement | undefined} */
    const button = /** @type {any} */ (row?.querySelectorAll("button")[number - 1]);
    button?.click();
    return button !== undefined;
  }

  /** @param {PageData} data */
  show({ theme, big, terms }) {
    this.glossary.address = terms;
    this.fit.show(big);
    this.slim.show(big);
    if (asked.theme === theme) return;
    asked.theme = theme;
    window.dispatchEvent(new Event("afterprint"));
  }
}
