// @ts-check
import { showMany } from "../shared/many.js";
import { Lottery } from "./lottery.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<LotteryData>} component */
export default function (component) {
  return showMany(component, "gt", "lottery", Lottery);
}
