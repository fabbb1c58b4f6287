// @ts-check
import { leaving, rootIn } from "../shared/part.js";
import { Sweep } from "./sweep.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<SweepData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = rootIn(parentElement, "gx", { ...data, height: "auto" });
  root.style.minHeight = data.height;
  root.sweep ??= new Sweep(root);
  root.sweep.opened = (cell) => setTriggerValue("cell", cell);
  root.sweep.show(data.sweep, !!data.big);
  return leaving(root, "sweep");
}
