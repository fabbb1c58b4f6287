// @ts-check
// A film in a file of its own: the stage, and what is said of it.

import { speak } from "../shared/spoken.js";
import { Stage } from "./stage.js";

/** @param {FilmMessage} film */
export function openSaved(film) {
  const root = /** @type {any} */ (document.querySelector(".gs"));
  root.stage = new Stage(root, "film");
  root.stage.show(film);
  speak("film");
}
