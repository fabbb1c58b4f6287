// @ts-check
import { leaving } from "../shared/part.js";
import { Through } from "./through.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<ThroughData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = /** @type {any} */ (parentElement.querySelector(".gi"));
  root.style.setProperty("--gi-height", data.height);
  root.style.setProperty("--gi-size", data.size);
  root.classList.toggle("gi-big", data.big);
  root.through ??= new Through(root);
  root.through.ask = (/** @type {object} */ asked) => setTriggerValue("asked", asked);
  root.through.show(data.shown, data.big);
  return leaving(root, "through");
}
