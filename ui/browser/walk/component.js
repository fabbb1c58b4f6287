// @ts-check
import { leaving, rootIn, rootOf, unlessOvertaken } from "../shared/part.js";
import { offerPicture } from "../shared/taken.js";
import { Walk } from "./walk.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<WalkData>} component */
export default function ({ parentElement, data }) {
  return unlessOvertaken(parentElement, () => {
    const root = rootIn(parentElement, "gw", { ...data, height: "auto" });
    root.style.minHeight = data.height;
    if (!root.walk) offerPicture(root, (root.walk = new Walk(root, data.key)));
    root.walk.show(data.walk, data.start, data.big, data.parameter, data.sample);
  }, leaving(rootOf(parentElement, "gw"), "walk"));
}
