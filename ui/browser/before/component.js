// @ts-check
import { showMany } from "../shared/many.js";
import { Before } from "./before.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
// Its element keeps it as `pair`: `before` is a method of every element.
/** @param {Component<BeforeData>} component */
export default function (component) {
  return showMany(component, "gb", "pair", Before, "asked");
}
