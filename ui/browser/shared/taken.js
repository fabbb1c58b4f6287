// @ts-check
// What is taken along of a part: its picture as PNG or SVG, what plays as WebM; the caption and the
// link travel inside.

import { serveMenu } from "./menu.js";
import { paintShapes } from "./painted.js";
import { withWords } from "./png.js";
import { onSlide, record } from "./recorded.js";
import { shapesSeen } from "./shapes.js";
import { sharply } from "./sharp.js";
import { SHEET_EDGE, captionNow, linkNow, longestCaption, pictureSheet } from "./sheet.js";
import { svgOf } from "./vector.js";

const PNG_PIXELS = 2; // pixels of a PNG for each on screen
const MOST_LETTERS = 60; // letters

/** @param {HTMLElement} root @param {TakenAlong} part @param {"png" | "svg"} format @param {number} pixels @param {string} [longest] */
const sheetNow = async (root, part, format, pixels, longest) => {
  const shapes = part.shapes ? await part.shapes(format, pixels, SHEET_EDGE) : shapesSeen(root, SHEET_EDGE);
  return pictureSheet(shapes, root, { title: part.title(), caption: captionNow(), link: linkNow(root) }, longest);
};

/** @param {HTMLElement} root @param {TakenAlong} part */
const pngOf = async (root, part) => {
  const sheet = await sharply(PNG_PIXELS, part.redraw, () => sheetNow(root, part, "png", PNG_PIXELS));
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  Object.assign(canvas, { width: Math.round(PNG_PIXELS * sheet.width), height: Math.round(PNG_PIXELS * sheet.height) });
  pen.scale(PNG_PIXELS, PNG_PIXELS);
  paintShapes(pen, sheet.shapes);
  /** @type {Blob} */
  const png = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return withWords(png, { Title: sheet.title, Description: sheet.caption, Source: sheet.link });
};

/** @param {HTMLElement} root @param {TakenAlong} part */
const svgFileOf = async (root, part) => {
  const sheet = await sharply(PNG_PIXELS, part.redraw, () => sheetNow(root, part, "svg", PNG_PIXELS));
  return new Blob([svgOf(sheet)], { type: "image/svg+xml" });
};

/** @param {HTMLElement} root @param {TakenAlong} part @param {MenuVoice} voice */
const webmFileOf = async (root, part, voice) => {
  const plays = part.plays(), { at } = plays;
  let stopped = false;
  const stop = () => { stopped = true; };
  const tell = (/** @type {number} */ share) => {
    if (!root.isConnected || stopped) return false;
    voice.say(`Recording the film: ${Math.floor(100 * share)}%`, stop);
    return true;
  };
  const longest = longestCaption(), { width, height } = await sheetNow(root, part, "png", 1, longest);
  const pixels = onSlide({ width, height });
  const film = await sharply(pixels, part.redraw, () => record(plays, () => sheetNow(root, part, "png", pixels, longest), tell));
  if (root.isConnected) await plays.goTo(at);
  voice.say("");
  return film;
};

// A file's name, of a title's words.
/** @param {string} title */
const nameOfFile = (title) =>
  (title.replace(/<[^>]*>/g, " ").toLowerCase().match(/[a-z0-9]+/g) ?? ["picture"]).join("-").slice(0, MOST_LETTERS).replace(/-$/, "");

// Hand a file over, called as the picture is.
/** @param {string} title @param {string} ending @param {Blob | null} file */
export function handOver(title, ending, file) {
  if (!file) return;
  const link = document.createElement("a"), address = URL.createObjectURL(file);
  link.href = address;
  link.download = `${nameOfFile(title)}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// Put a part's small menu to work. `more` are deeds of its own, by the names of items.
/** @param {HTMLElement} root @param {TakenAlong} part @param {Record<string, () => unknown>} [more] */
export function offerAlong(root, { redraw, ...rest }, more = {}) {
  const part = { ...rest, redraw: () => root.isConnected && redraw() };
  serveMenu(root, () => ({
    png: async () => handOver(part.title(), "png", await pngOf(root, part)),
    svg: async () => handOver(part.title(), "svg", await svgFileOf(root, part)),
    ...(part.plays?.() ? { webm: async (voice) => handOver(part.title(), "webm", await webmFileOf(root, part, voice)) } : {}),
    ...more,
  }));
}

// The same for a part of which all is seen that there is: under the question of its page.
/** @param {HTMLElement} root @param {any} part @param {() => void} [redraw] */
export function offerPicture(root, part, redraw = () => part.paint?.()) {
  const title = () => document.querySelector("h1")?.innerText ?? "Glassbox";
  offerAlong(root, { title, redraw, ...(part.plays ? { plays: () => part.plays() } : {}) });
}
