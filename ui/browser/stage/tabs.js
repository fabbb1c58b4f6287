// @ts-check
// Which layer's space is on screen; in a narrow column also whether the curves are instead.

import { element } from "../shared/elements.js";

// In letters' heights.
const LONG_TABS = 9.5; // the width of “points in layer” and “inputs”
const ONE_TAB = 1.4; // and of a layer's number

/** @param {Stage} stage */
export function layTabs(stage) {
  const { film, roomy, box, look } = stage, several = film.layers.length > 1;
  const long = box.width - box.tabs.x > (LONG_TABS + ONE_TAB * (film.layers.length - 1)) * look.size;
  const first = roomy
    ? element("span", several && !long ? "layer" : several ? "points in layer" : "points in")
    : tab(stage, "curves", "Curves", !stage.spaceOnly, () => { stage.spaceOnly = false; });
  const layers = film.layers.map((_, layer) => {
    const [text, label] = layer ? [`${layer}`, `hidden layer ${layer}`] : [roomy && long ? "inputs" : "in", roomy ? "inputs" : "what goes in"];
    const shown = layer === stage.spaceLayer && (roomy || stage.spaceOnly);
    return tab(stage, text, `Space of ${label}`, shown, () => {
      stage.spaceLayer = layer;
      stage.spaceOnly = true;
    });
  });
  const row = stage.find("tabs"), focused = [...row.children].indexOf(document.activeElement);
  row.replaceChildren(first, ...layers);
  row.children[focused]?.focus();
}

/** @param {Stage} stage @param {string} text @param {string} label @param {boolean} pressed @param {() => void} act */
function tab(stage, text, label, pressed, act) {
  const button = element("button", text, { type: "button", "aria-label": label, "aria-pressed": pressed, title: label });
  button.onclick = () => {
    act();
    stage.arrange();
  };
  return button;
}
