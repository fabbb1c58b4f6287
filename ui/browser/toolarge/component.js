// @ts-check
import { rootOf, unlessOvertaken } from "../shared/part.js";
import { sentenceOn } from "./toolarge.js";

// Streamlit calls this when the component appears, and when its data change.
/** @param {Component<TooLargeData>} component */
export default function ({ parentElement, data }) {
  const root = rootOf(parentElement, "gf");
  return unlessOvertaken(parentElement, () => {
    const say = (/** @type {FileList | undefined | null} */ files) => {
      root.textContent = sentenceOn([...(files ?? [])], data);
      root.hidden = !root.textContent;
      root.scrollIntoView({ block: "nearest" });
    };
    const box = root.closest(`.st-key-${data.box}`);
    box.onchange = (/** @type {any} */ { target }) => say(target.files);
    box.onclick = (/** @type {any} */ { target }) => {
      if (target.closest("[data-testid=stFileChipDeleteBtn]")) say(null);
    };
    box.ondrop = (/** @type {DragEvent} */ { dataTransfer }) => say(dataTransfer?.files);
  });
}
