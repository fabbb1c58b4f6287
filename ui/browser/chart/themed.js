// @ts-check

import { readable } from "../shared/colours.js";

const TYPE = ["font", "textfont", "tickfont"];

// Colours written as var(--st-…) become what the reader's theme says they are. A name in its curve's
// colour gets as much of the text's as it takes to be read.
/** @param {any} value @param {CSSStyleDeclaration} style */
export function withTheme(value, style) {
  if (typeof value === "string") {
    const name = /^var\((--[\w-]+)\)$/.exec(value);
    return name ? style.getPropertyValue(name[1]).trim() : value;
  }
  if (Array.isArray(value)) return value.map((item) => withTheme(item, style));
  if (value && typeof value === "object") {
    const themed = {};
    for (const key in value) themed[key] = withTheme(value[key], style);
    for (const key of TYPE) {
      if (typeof themed[key]?.color === "string") themed[key].color = onThePage(themed[key].color, style);
    }
    return themed;
  }
  return value;
}

/** @param {string} colour @param {CSSStyleDeclaration} style */
function onThePage(colour, style) {
  const [paper, text] = ["background", "text"].map((name) => style.getPropertyValue(`--st-${name}-color`).trim());
  return paper && text ? readable(colour, paper, text) : colour;
}
