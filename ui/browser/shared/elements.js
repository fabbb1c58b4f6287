// @ts-check
// Elements, made and found.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [text]
 * @param {Record<string, unknown>} [attributes]
 */
export function element(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const name in attributes) made.setAttribute(name, String(attributes[name]));
  return made;
}

// What a part calls its elements by: with the stage's prefix "play" is .gs-play.
/** @param {Element} root @param {string} prefix @returns {(name: string) => any} */
export const finder = (root, prefix) => (name) => root.querySelector(`.${prefix}-${name}`);
