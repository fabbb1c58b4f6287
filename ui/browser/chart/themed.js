// @ts-check

// Colours written as var(--st-…) become what the reader's theme says they are.
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
    return themed;
  }
  return value;
}
