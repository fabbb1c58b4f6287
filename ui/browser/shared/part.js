// How a part comes to its place on the page and leaves it.

// The part's element, in the size that Python asks for.
export function rootIn(parentElement, prefix, { height, size, big = false }) {
  const root = parentElement.querySelector(`.${prefix}`);
  root.style.height = height;
  root.style.setProperty(`--${prefix}-size`, size);
  root.classList.toggle(`${prefix}-big`, big);
  return root;
}

// What Streamlit calls when an element has left the page. It also calls it for an element that
// stays, if the data changed while the script was on its way.
export const leaving = (root, name) => () => {
  if (root.isConnected) return;
  root[name]?.destroy();
  root[name] = null;
};
