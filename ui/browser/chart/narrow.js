// @ts-check
// Where a figure would have to be scrolled it is laid out as it says itself for a narrow place
// (figures/narrow.py): its panels below each other. On a projector it is scaled.

import { leastOf } from "./layout.js";

// The width below which a figure is laid out so, 0 if it never is.
/** @param {any} figure @param {boolean} big */
export const narrowBelow = (figure, big) => (figure.layout.meta?.narrow && !big ? leastOf(figure, big).width : 0);

/** @param {any} figure */
export function makeNarrow({ data, layout }) {
  const { layout: other, bar } = layout.meta.narrow;
  for (const name in other) layout[name] = Array.isArray(other[name]) ? other[name] : { ...layout[name], ...other[name] };
  for (const trace of data) if (trace.colorbar) Object.assign(trace.colorbar, bar);
}
