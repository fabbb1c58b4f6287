// @ts-check
import { unlessOvertaken } from "../shared/part.js";
import { leave, show } from "./chart.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<ChartData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const plot = parentElement.querySelector(".gc");
  const end = () => {
    if (!plot.isConnected) leave(plot);
  };
  return unlessOvertaken(parentElement, () => show(plot, data, setTriggerValue), end);
}
