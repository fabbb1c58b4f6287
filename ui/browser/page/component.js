// @ts-check
import { leaving, rootOf, unlessOvertaken } from "../shared/part.js";
import { Page } from "./page.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<PageData>} component */
export default function ({ parentElement, data }) {
  const root = rootOf(parentElement, "gp");
  return unlessOvertaken(parentElement, () => {
    root.page ??= new Page(root);
    root.page.show(data);
  }, leaving(root, "page"));
}
