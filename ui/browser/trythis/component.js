// @ts-check
// One thing to try next, as a link. Where it opens the page that is here already, Python moves the
// controls, and nothing is loaded anew; whoever asks for another tab gets one.

import { unlessOvertaken } from "../shared/part.js";

/** @param {Component<TryThisData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  return unlessOvertaken(parentElement, () => {
    const find = (name) => /** @type {HTMLAnchorElement} */ (parentElement.querySelector(`.gn-${name}`));
    const link = find("link");
    link.textContent = data.what;
    link.href = data.link;
    find("rest").textContent = `: ${data.why}`;
    link.onclick = (event) => {
      if (!data.here || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("taken", data.link);
    };
  });
}
