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

// What a touch opens; or, where it leads nowhere, what is only read. The keyboard reaches both.
/** @param {boolean} leads @returns {HTMLElement} */
export const opening = (leads) => (leads ? element("button", "", { type: "button" }) : element("div", "", { role: "img", tabindex: "0" }));

// What a part calls its elements by: with the stage's prefix "play" is .gs-play.
/** @param {Element} root @param {string} prefix @returns {(name: string) => any} */
export const finder = (root, prefix) => (name) => root.querySelector(`.${prefix}-${name}`);

// What is read out of an element that has words of its own begins with these: one can ask for it by
// voice with what one sees.
/** @param {Element} made @param {string} words */
export function readAs(made, words) {
  const texts = document.createTreeWalker(made, NodeFilter.SHOW_TEXT), seen = [];
  while (texts.nextNode()) seen.push(texts.currentNode.nodeValue.trim());
  const text = seen.filter(Boolean).join(" ");
  made.setAttribute("aria-label", words.toLowerCase().includes(text.toLowerCase()) ? words : `${text}. ${words}`);
}
