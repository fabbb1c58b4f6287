// @ts-check
// The reader's own talks that this browser knows: the one on the page is remembered, the others are
// listed. On a page without one the last one opens.

import { element } from "../shared/elements.js";
import { editorOf, keepTalks, myTalks, workOn } from "../shared/mytalks.js";
import { unlessOvertaken } from "../shared/part.js";

const SHORTLY = /** @type {const} */ ({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

// Its title, and when it was worked on, for talks of one name.
/** @param {MyTalk} talk */
const named = ({ title, when }) => (when ? `${title} (${new Date(when).toLocaleString("en-GB", SHORTLY)})` : title);

/** @param {Component<MyTalksData>} component */
export default function ({ parentElement, data }) {
  return unlessOvertaken(parentElement, () => {
    const find = (name) => /** @type {any} */ (parentElement.querySelector(`.go${name}`));
    const { key, title, gone } = data;
    if (gone) keepTalks(myTalks().filter((one) => one.key !== key));
    else if (key) workOn({ key, title });
    const last = myTalks()[0];
    if (!key && last) return location.replace(editorOf(last.key));
    const others = myTalks().filter((one) => one.key !== key);
    find("").hidden = others.length === 0;
    find("-others").replaceChildren(...others.map((one) => element("a", named(one), { href: editorOf(one.key) })));
    find("-forget").onclick = () => {
      keepTalks(myTalks().filter((one) => one.key === key));
      find("").hidden = true;
    };
  });
}
