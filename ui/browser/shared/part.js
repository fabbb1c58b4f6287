// @ts-check
// How a part comes to its place on the page and leaves it.

// The part's element, in the size that Python asks for.
/** @param {HTMLElement} parentElement @param {string} prefix @param {Place} place @returns {any} */
export function rootIn(parentElement, prefix, { height, size, big = false }) {
  const root = rootOf(parentElement, prefix);
  root.style.height = height;
  root.style.setProperty(`--${prefix}-size`, size);
  root.classList.toggle(`${prefix}-big`, big);
  return root;
}

// Does what a call of Streamlit's asks for, unless another call has overtaken it. While a part's
// script is on its way, each change of its data is a call that waits for it, and the browser makes
// these calls in any order. Of those that are not the newest Streamlit calls the end at once, before
// anything else happens; of the newest, some time after the element has left the page: by then it
// has no colours and no size.
/** @param {HTMLElement} parentElement @param {() => void} show @param {() => void} [end] */
export function unlessOvertaken(parentElement, show, end = () => {}) {
  const due = setTimeout(() => parentElement.isConnected && show());
  return () => {
    clearTimeout(due);
    end();
  };
}

// The end of what an element of that name is shown by, once it has left the page.
/** @param {any} root @param {string} name */
export const leaving = (root, name) => () => {
  if (root.isConnected) return;
  root[name]?.destroy();
  root[name] = null;
};

// The part's element.
/** @param {HTMLElement} parentElement @param {string} prefix @returns {any} */
export const rootOf = (parentElement, prefix) => parentElement.querySelector(`.${prefix}`);
