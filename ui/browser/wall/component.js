// @ts-check
import { leaving, rootIn, rootOf, unlessOvertaken } from "../shared/part.js";
import { offerPicture } from "../shared/taken.js";
import { Wall } from "./wall.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<WallData>} component */
export default function ({ parentElement, data, setStateValue }) {
  return unlessOvertaken(parentElement, () => {
    const root = rootIn(parentElement, "gm", data);
    if (!root.wall) offerPicture(root, (root.wall = new Wall(root)));
    root.wall.big = data.big;
    root.wall.film = data.key;
    root.wall.state = setStateValue;
    root.wall.show(data.wall, data.opened, data.details);
  }, leaving(rootOf(parentElement, "gm"), "wall"));
}
