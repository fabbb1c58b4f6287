// @ts-check
import { leaving } from "../shared/part.js";
import { Mistakes } from "./mistakes.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<MistakesData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = /** @type {any} */ (parentElement.querySelector(".ge"));
  root.style.setProperty("--ge-height", data.height);
  root.style.setProperty("--ge-size", data.size);
  root.classList.toggle("ge-big", data.big);
  root.mistakes ??= new Mistakes(root);
  root.mistakes.ask = (/** @type {object} */ asked) => setTriggerValue("asked", asked);
  root.mistakes.show(data.shown, data.big);
  return leaving(root, "mistakes");
}
