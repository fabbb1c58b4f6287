// @ts-check
import { leaving, rootOf, unlessOvertaken } from "../shared/part.js";
import { Talk } from "./talk.js";

// Streamlit calls this when the component appears, when its data change and when the theme does.
/** @param {Component<TalkData>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = rootOf(parentElement, "gh");
  return unlessOvertaken(parentElement, () => {
    root.talk ??= new Talk(root);
    root.talk.send = (/** @type {TalkGuess} */ guess) => setTriggerValue("guess", guess);
    root.talk.show(data);
  }, leaving(root, "talk"));
}
