// @ts-check
import { leaving, rootOf, unlessOvertaken } from "../shared/part.js";
import { Along } from "./along.js";

// Streamlit calls this when the component appears, and when its data change.
/** @param {Component<AlongData>} component */
export default function ({ parentElement, data, setStateValue }) {
  const root = rootOf(parentElement, "gl");
  return unlessOvertaken(parentElement, () => {
    root.along ??= new Along(root, data);
    root.along.show(data, (asked) => setStateValue("asked", asked));
  }, leaving(root, "along"));
}
