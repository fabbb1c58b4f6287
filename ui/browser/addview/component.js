// @ts-check
// Adds the page as it is to the talk that is worked on, at the moment that its picture is at; a film
// that nobody moved to one begins, in a talk, at its beginning.

import { editorOf, myTalks, workOn } from "../shared/mytalks.js";
import { unlessOvertaken } from "../shared/part.js";
import { visit } from "../shared/visit.js";

const MOMENT_LINK = "a[data-moment][href]";

/** @param {Component<AddViewData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  return unlessOvertaken(parentElement, () => {
    const find = (name) => /** @type {any} */ (parentElement.querySelector(`.gg-${name}`));
    if (data.said && data.key) workOn({ key: data.key, title: data.title });
    const key = myTalks()[0]?.key ?? data.key, mine = find("mine");
    find("said").textContent = data.said;
    mine.hidden = key === "";
    mine.href = editorOf(key);
    mine.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      visit(mine.href);
    };
    find("add").onclick = () => {
      const moment = /** @type {HTMLAnchorElement | null} */ (document.querySelector(MOMENT_LINK));
      const title = document.querySelector("[data-testid=stHeading] h1")?.textContent ?? "";
      const link = new URL(moment?.href ?? data.link, location.href);
      if (moment?.dataset.moment === "none") link.searchParams.delete("at");
      setTriggerValue("add", { key, link: link.href, title });
    };
  });
}
