// @ts-check
import { showMany } from "../shared/many.js";
import { Mistakes } from "./mistakes.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<MistakesData>} component */
export default function (component) {
  return showMany(component, "ge", "mistakes", Mistakes, "asked");
}
