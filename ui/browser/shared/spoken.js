// @ts-check
// In a saved page: of the sentences about a film the one that is due, as said.js has it on a page.

import { FILM } from "./moments.js";

// Say what is due in the film of this key, now and whenever it moves. Each sentence has in data-since
// the step from which on it is true, or "edited" if it is so once the reader has changed the network.
/** @param {string} key */
export function speak(key) {
  const say = () => {
    const moment = globalThis.glassboxFilms?.[key];
    if (!moment) return;
    const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-since]")]);
    const since = places.map((place) => Number(place.dataset.since)).filter((step) => step <= moment.step);
    const due = moment.edited ? "edited" : `${Math.max(...since)}`;
    for (const place of places) place.style.visibility = place.dataset.since === due ? "" : "hidden";
  };
  document.addEventListener(FILM, say);
  say();
}
