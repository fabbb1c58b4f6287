// @ts-check
// A picture as it is taken along: on the page's ground, with its caption and its link below.

import { sizeOfWords } from "./shapes.js";

const CAPTION_SIZE = 1.05; // of a page's letters
const LINK_SIZE = 0.85;
const LINE_HEIGHT = 1.35; // of its letters is the height of a line
export const SHEET_EDGE = 16; // pixels around a picture

// What the page says of its picture now: nothing while answers are hidden, or while it speaks of another moment.
export function captionNow() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector(".st-key-caption, .said"));
  if (!place || getComputedStyle(place).filter !== "none" || Number(getComputedStyle(place).opacity) < 1) return "";
  return place.innerText.replace(/\s+/g, " ").trim();
}

// Of all that the page may say of a film the longest.
export function longestCaption() {
  const places = [...document.querySelectorAll(".st-key-caption [class*='st-key-said_'], .said > *")];
  const all = [captionNow(), ...places.map((place) => place.textContent.replace(/\s+/g, " ").trim())];
  return all.reduce((longest, one) => (one.length > longest.length ? one : longest));
}

// The address that opens what a part shows: of a film or a walk at this moment.
/** @param {HTMLElement} root */
export function linkNow(root) {
  if (!/^https?:$/.test(location.protocol)) return "";
  const own = /** @type {HTMLAnchorElement | null} */ (root.querySelector("[class$='-bar'] a[href]"));
  return own?.href ?? location.href;
}

// Words broken into lines that are no wider than that.
/** @param {string} words @param {string} font @param {number} width */
function wrapped(words, font, width) {
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (sizeOfWords(font, longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.filter(Boolean);
}

// As much of a link as has room.
/** @param {string} link @param {string} font @param {number} width */
function shortened(link, font, width) {
  let shown = link;
  while (sizeOfWords(font, shown).width > width) shown = `${shown.slice(0, -2)}…`;
  return shown;
}

// A picture that has room around it, and below it what is said. `longest` keeps room for another caption.
/** @param {Shapes} picture @param {HTMLElement} root @param {{ title: string, caption: string, link: string }} said @param {string} [longest] @returns {PictureSheet} */
export function pictureSheet({ shapes, width, height }, root, { title, caption, link }, longest = caption) {
  const style = getComputedStyle(root), rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const across = width - 2 * SHEET_EDGE, seen = { clip: null, opacity: 1 };
  /** @type {Shape[]} */
  const words = [];
  let y = height;
  /** @param {string} text @param {number} size @param {string} fill @param {string} [to] */
  const say = (text, size, fill, to) => {
    const font = `normal 400 ${size}px ${style.fontFamily}`, { width: wide, up, down } = sizeOfWords(font, text);
    words.push({ kind: "words", ...seen, words: text, font, x: SHEET_EDGE, y: y + (LINE_HEIGHT * size + up - down) / 2, width: wide, fill, turned: false, link: to });
    y += LINE_HEIGHT * size;
  };
  const lines = (/** @type {string} */ text) => wrapped(text, `normal 400 ${CAPTION_SIZE * rem}px ${style.fontFamily}`, across);
  for (const text of lines(caption)) say(text, CAPTION_SIZE * rem, style.color);
  y = Math.max(y, height + lines(longest).length * LINE_HEIGHT * CAPTION_SIZE * rem);
  const linked = style.getPropertyValue("--st-link-color").trim() || style.getPropertyValue("--st-primary-color").trim() || style.color;
  if (link) say(shortened(link, `normal 400 ${LINK_SIZE * rem}px ${style.fontFamily}`, across), LINK_SIZE * rem, linked, link);
  const tall = Math.ceil(y + SHEET_EDGE), fill = groundOf(style);
  /** @type {OutlineShape} */
  const ground = { kind: "outline", ...seen, d: `M0 0h${width}v${tall}h${-width}Z`, fill, stroke: "none", thick: 0, dash: "none", cap: "butt", join: "miter" };
  return { shapes: [ground, ...shapes, ...words], width, height: tall, title, caption, link };
}

// The page's own ground; a saved page has it on its body.
/** @param {CSSStyleDeclaration} style */
export const groundOf = (style) => style.getPropertyValue("--st-background-color").trim() || getComputedStyle(document.body).backgroundColor;
