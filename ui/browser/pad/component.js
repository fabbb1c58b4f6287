// @ts-check
import { leaving, rootIn, rootOf, unlessOvertaken } from "../shared/part.js";
import { offerPicture } from "../shared/taken.js";
import { Pad } from "./pad.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<PadData>} component */
export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  return unlessOvertaken(parentElement, () => {
    const root = rootIn(parentElement, "gd", data);
    root.classList.toggle("gd-large", data.large);
    if (!root.pad) offerPicture(root, (root.pad = new Pad(root)), () => root.pad.sheet.paint());
    root.pad.state = setStateValue;
    root.pad.trigger = setTriggerValue;
    root.pad.show(data);
  }, leaving(rootOf(parentElement, "gd"), "pad"));
}
