// @ts-check
import { leave, show } from "./chart.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<ChartData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const plot = parentElement.querySelector(".gc");
  show(plot, data, setTriggerValue);
  return () => {
    if (!plot.isConnected) leave(plot);
  };
}
