// @ts-check
import { leaving, rootOf, unlessOvertaken } from "../shared/part.js";
import { Said } from "./said.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<SaidData>} component */
export default function ({ parentElement, data }) {
  const root = rootOf(parentElement, "gq");
  return unlessOvertaken(parentElement, () => {
    root.said ??= new Said(root);
    root.said.film = data.film; // another view of the page has another film
    root.said.show();
  }, leaving(root, "said"));
}
