// @ts-check
import { leaving, rootIn, rootOf, unlessOvertaken } from "../shared/part.js";
import { offerPicture } from "../shared/taken.js";
import { Stage } from "./stage.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<StageData>} component */
export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  return unlessOvertaken(parentElement, () => {
    const root = rootIn(parentElement, "gs", { ...data, height: "auto" });
    root.style.minHeight = data.height;
    if (!root.stage) offerPicture(root, (root.stage = new Stage(root, data.key)), () => root.stage.arrange());
    root.stage.trainOn = data.trains ? (theta) => setTriggerValue("start", theta) : null;
    const place = (/** @type {Packed} */ points) => {
      root.stage.keeping.tell();
      setTriggerValue("points", points);
    };
    root.stage.placing.train = data.places ? place : null;
    root.stage.sketching.send = data.guess?.drawing ? (lines) => setTriggerValue("sketch", lines) : null;
    root.stage.keeping.send = data.keeps ? (now) => setStateValue("now", now) : null;
    root.stage.building.send = data.built ? (plan) => setTriggerValue("build", plan) : null;
    root.stage.building.hear(data.built);
    root.stage.fixed = data.fixed;
    root.stage.pace(data.big || data.opening || data.guess !== null);
    root.stage.show(data.film, data);
  }, leaving(rootOf(parentElement, "gs"), "stage"));
}
