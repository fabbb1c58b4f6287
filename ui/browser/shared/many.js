// @ts-check
// How a part comes to its place that shows one of many things, and asks for another.

import { leaving, rootIn, rootOf, unlessOvertaken } from "./part.js";
import { offerPicture } from "./taken.js";

// A part in which a reader can open something: what, it says to Python, as `says`. Where the page's link
// locks that the part is `closed`; where it locks the other views no image `leads` to its own.
/**
 * @param {Component<ManyData>} component @param {string} prefix @param {string} name
 * @param {new (root: HTMLElement) => any} Part @param {"opened" | "asked"} says
 */
export function showMany({ parentElement, data, setTriggerValue }, prefix, name, Part, says = "opened") {
  return unlessOvertaken(parentElement, () => {
    const root = rootIn(parentElement, prefix, { ...data, height: "" });
    root.style.minHeight = data.height;
    root.style.setProperty(`--${prefix}-height`, data.height);
    if (!root[name]) offerPicture(root, (root[name] = new Part(root)));
    root.toggleAttribute("data-closed", !data.opens);
    root.toggleAttribute("data-leads", data.leads);
    Object.assign(root[name], { closed: !data.opens, leads: data.leads });
    root[name][says] = (/** @type {any} */ which) => data.opens && setTriggerValue(says, which);
    root[name].show(data.shown, data.big);
  }, leaving(rootOf(parentElement, prefix), name));
}
