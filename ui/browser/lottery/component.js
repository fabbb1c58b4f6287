// @ts-check
import { leaving, rootIn } from "../shared/part.js";
import { Lottery } from "./lottery.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<LotteryData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = rootIn(parentElement, "gt", { ...data, height: "auto" });
  root.style.minHeight = data.height;
  root.lottery ??= new Lottery(root);
  root.lottery.opened = (seed) => setTriggerValue("seed", seed);
  root.lottery.show(data.lottery);
  return leaving(root, "lottery");
}
