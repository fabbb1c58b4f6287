// @ts-check
import { showMany } from "../shared/many.js";
import { SettingsMap } from "./map.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<MapData>} component */
export default function (component) {
  return showMany(component, "gk", "map", SettingsMap);
}
