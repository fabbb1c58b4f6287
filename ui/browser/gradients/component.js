// @ts-check
import { showMany } from "../shared/many.js";
import { Gradients } from "./gradients.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<GradientsData>} component */
export default function (component) {
  return showMany(component, "gv", "gradients", Gradients, "asked");
}
