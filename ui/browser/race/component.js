// @ts-check
import { leaving, rootIn, rootOf, unlessOvertaken } from "../shared/part.js";
import { offerPicture } from "../shared/taken.js";
import { Race } from "./race.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<RaceData>} component */
export default function ({ parentElement, data }) {
  return unlessOvertaken(parentElement, () => {
    const root = rootIn(parentElement, "gr", { ...data, height: "auto" });
    if (!root.race) offerPicture(root, (root.race = new Race(root, data.key)), () => root.race.arrange());
    root.race.show(data.race, data);
  }, leaving(rootOf(parentElement, "gr"), "race"));
}
