// @ts-check
import { showMany } from "../shared/many.js";
import { Space } from "./space.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<SpaceData>} component */
export default function (component) {
  return showMany(component, "gz", "space", Space, "asked");
}
