// @ts-check
import { leaving, rootIn } from "../shared/part.js";
import { Stage } from "./stage.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<StageData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = rootIn(parentElement, "gs", { ...data, height: "auto" });
  root.style.minHeight = data.height;
  root.stage ??= new Stage(root, data.key);
  root.stage.trainOn = data.trains ? (theta) => setTriggerValue("start", theta) : null;
  root.stage.placing.train = data.places ? (points) => setTriggerValue("points", points) : null;
  root.stage.building.send = data.built ? (plan) => setTriggerValue("build", plan) : null;
  root.stage.building.hear(data.built);
  root.stage.pace(data.big || data.opening);
  root.stage.show(data.film, data);
  return leaving(root, "stage");
}
