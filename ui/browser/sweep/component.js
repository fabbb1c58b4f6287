// @ts-check
import { showMany } from "../shared/many.js";
import { Sweep } from "./sweep.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<SweepData>} component */
export default function (component) {
  return showMany(component, "gx", "sweep", Sweep);
}
