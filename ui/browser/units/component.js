// @ts-check
import { showMany } from "../shared/many.js";
import { Units } from "./units.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<UnitsData>} component */
export default function (component) {
  return showMany(component, "gu", "units", Units, "asked");
}
