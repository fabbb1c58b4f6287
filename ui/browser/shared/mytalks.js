// @ts-check
// The talks that this browser's reader writes, in its own storage: their keys, by which they are
// changed, and their titles. A server is sent only the key of the one that is worked on.

const MY_TALKS = "glassbox-talks";
const MOST_TALKS = 20;

// The one last worked on first; nothing where there is no storage, or something else in it.
/** @returns {MyTalk[]} */
export function myTalks() {
  try {
    const kept = JSON.parse(localStorage.getItem(MY_TALKS) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isTalk) : [];
  } catch {
    return [];
  }
}

/** @param {any} one @returns {one is MyTalk} */
const isTalk = (one) => typeof one?.key === "string" && typeof one.title === "string";

/** @param {MyTalk[]} talks */
export function keepTalks(talks) {
  try {
    if (talks.length) localStorage.setItem(MY_TALKS, JSON.stringify(talks.slice(0, MOST_TALKS)));
    else localStorage.removeItem(MY_TALKS);
  } catch {
    // there is no room, or no storage: then this visit alone knows the talk
  }
}

/** @param {MyTalk} talk */
export function workOn(talk) {
  keepTalks([talk, ...myTalks().filter(({ key }) => key !== talk.key)]);
}

/** @param {string} key */
export const editorOf = (key) => `./my_talk?${new URLSearchParams({ mine: key })}`;
