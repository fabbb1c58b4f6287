// @ts-check
import { unlessOvertaken } from "../shared/part.js";
import { remember } from "../shared/seen.js";

// Streamlit calls this when the component appears, and when its data change.
/** @param {Component<SeenData>} component */
export default function ({ parentElement, data }) {
  return unlessOvertaken(parentElement, () => remember(data.run, data.settings));
}
