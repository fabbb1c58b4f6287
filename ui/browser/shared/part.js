// @ts-check
// How a part comes to its place on the page and leaves it.

// The part's element, in the size that Python asks for.
/** @param {HTMLElement} parentElement @param {string} prefix @param {Place} place @returns {any} */
export function rootIn(parentElement, prefix, { height, size, big = false }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(`.${prefix}`));
  root.style.height = height;
  root.style.setProperty(`--${prefix}-size`, size);
  root.classList.toggle(`${prefix}-big`, big);
  return root;
}

// What Streamlit calls when an element has left the page. It also calls it for an element that
// stays, if the data changed while the script was on its way.
/** @param {any} root @param {string} name */
export const leaving = (root, name) => () => {
  if (root.isConnected) return;
  root[name]?.destroy();
  root[name] = null;
};

// A part in which a reader can open something: what, it says to Python, as `says`.
/**
 * @param {Component<ManyData>} component @param {string} prefix @param {string} name
 * @param {new (root: HTMLElement) => any} Part @param {"opened" | "asked"} says
 */
export function showMany({ parentElement, data, setTriggerValue }, prefix, name, Part, says = "opened") {
  const root = rootIn(parentElement, prefix, { ...data, height: "" });
  root.style.minHeight = data.height;
  root.style.setProperty(`--${prefix}-height`, data.height);
  root[name] ??= new Part(root);
  root[name][says] = (/** @type {any} */ which) => setTriggerValue(says, which);
  root[name].show(data.shown, data.big);
  return leaving(root, name);
}
