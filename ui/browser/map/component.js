// @ts-check
import { leaving, rootIn } from "../shared/part.js";
import { SettingsMap } from "./map.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<MapData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = rootIn(parentElement, "gk", { ...data, height: "auto" });
  root.style.minHeight = data.height;
  root.map ??= new SettingsMap(root);
  root.map.opened = (cell) => setTriggerValue("cell", cell);
  root.map.show(data.map);
  return leaving(root, "map");
}
