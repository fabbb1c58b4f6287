// Words and numbers of a walk: what stands in a formula, and how it leads to the drawing.

function make(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  return made;
}

const MARKS = /\[([^|\]]+)\|([^\]]+)\]|\{([^}]*)\}|[^[{]+|[[{]/g;

// A text with [factors|that lead somewhere] and {results}, as elements. A hidden result is a "?".
function marked(walk, text, hidden = false) {
  return [...text.matchAll(MARKS)].map(([all, factor, id, result]) => {
    if (factor !== undefined) return factorTo(walk, factor, id);
    if (result !== undefined) return make("span", hidden ? "?" : result, { class: "gw-result" });
    return document.createTextNode(all);
  });
}

function factorTo(walk, text, id) {
  const button = make("button", text, { type: "button", class: "gw-factor", "data-of": id });
  button.title = `Where it comes from: ${walk.nameOf(id)}`;
  button.onpointerenter = button.onfocus = () => walk.lead(id);
  button.onpointerleave = button.onblur = () => walk.lead(null);
  button.onclick = () => walk.touch(id);
  return button;
}

const isNumber = (value) => typeof value === "number";
const isShort = (value) => Number.isInteger(value) && Math.abs(value) < 1e5;
const shown = (value, digits = 4) =>
  (!isNumber(value) ? value : isShort(value) ? plain(value) : written(value, digits));

// A number with so many digits after the point, as long as it fits there.
function fixed(value, digits) {
  if (!isNumber(value) || isShort(value)) return shown(value);
  if (Math.abs(value) >= 1e5 || Math.abs(value) < 10 ** (2 - digits)) {
    return written(value, Math.min(digits, 5));
  }
  return value.toFixed(digits).replace("-", "−");
}
