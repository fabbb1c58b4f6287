// @ts-check
// The talks that this browser's reader writes: their keys, by which they are changed, and their
// titles. A server is sent only the key of the one that is worked on.

import { keepList, keptList } from "./kept.js";

const MY_TALKS = "glassbox-talks";
const MOST_TALKS = 20;

/** @param {any} one @returns {one is MyTalk} */
const isTalk = (one) => typeof one?.key === "string" && typeof one.title === "string";

// The one last worked on first.
/** @returns {MyTalk[]} */
export const myTalks = () => keptList(MY_TALKS, isTalk);

/** @param {MyTalk[]} talks */
export const keepTalks = (talks) => keepList(MY_TALKS, talks.slice(0, MOST_TALKS));

/** @param {{ key: string, title: string }} talk */
export function workOn(talk) {
  keepTalks([{ ...talk, when: Date.now() }, ...myTalks().filter(({ key }) => key !== talk.key)]);
}

/** @param {string} key */
export const editorOf = (key) => `./my_talk?${new URLSearchParams({ mine: key })}`;
