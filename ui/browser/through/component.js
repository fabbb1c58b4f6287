// @ts-check
import { showMany } from "../shared/many.js";
import { Through } from "./through.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<ThroughData>} component */
export default function (component) {
  return showMany(component, "gi", "through", Through, "asked");
}
