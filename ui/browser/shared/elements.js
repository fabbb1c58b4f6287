// Elements, made and found.

export function element(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  return made;
}

// What a part calls its elements by: with the stage's prefix "play" is .gs-play.
export const finder = (root, prefix) => (name) => root.querySelector(`.${prefix}-${name}`);
