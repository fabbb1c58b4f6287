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

// A part with many trainings, one of which a reader can open.
/**
 * @param {Component<ManyData>} component @param {string} prefix @param {string} name
 * @param {new (root: HTMLElement) => any} Part
 */
export function showMany({ parentElement, data, setTriggerValue }, prefix, name, Part) {
  const root = rootIn(parentElement, prefix, { ...data, height: "auto" });
  root.style.minHeight = data.height;
  root[name] ??= new Part(root);
  root[name].opened = (/** @type {number} */ which) => setTriggerValue("opened", which);
  root[name].show(data.shown, data.big);
  return leaving(root, name);
}
