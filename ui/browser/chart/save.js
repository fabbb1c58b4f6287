// @ts-check
// A chart as a file: what is on screen as a picture, or all that it can do as a page of its own.

import { withTheme } from "./themed.js";

const FINE = 2; // pixels of a PNG for each on screen
const LONGEST = 60; // letters of a file's name

// The chart as it is seen now, on the page's own ground, as the address of its bytes.
/** @param {any} plot @param {"png" | "svg"} format @returns {Promise<string>} */
export function pictureOf(plot, format) {
  const ground = withTheme("var(--st-background-color)", getComputedStyle(plot));
  const layout = { ...plot.layout, paper_bgcolor: ground, updatemenus: [], sliders: [] };
  const size = { width: plot.clientWidth, height: plot.clientHeight };
  return window.Plotly.toImage({ data: plot.data, layout }, { format, ...size, scale: format === "png" ? FINE : 1 });
}

// A page that needs nothing else, as the address of its bytes: the one that the server has, with
// this figure in it, zoomed as it is now.
/** @param {any} plot @returns {Promise<string>} */
export const htmlOf = async (plot) => {
  const { saved, big, label, said = [] } = plot.glassboxPlace;
  const answer = await fetch(saved);
  if (!answer.ok) throw new Error(`${saved}: ${answer.status}`);
  const figure = JSON.parse(plot.glassboxFigure);
  for (const name in plot.layout) {
    const { range, camera } = plot.layout[name] ?? {}, there = figure.layout[name];
    if (there && /^[xy]axis/.test(name) && range) Object.assign(there, { range, autorange: false });
    if (there && name.startsWith("scene") && camera) there.camera = camera;
  }
  const title = document.querySelector("h1")?.innerText || label;
  const chart = JSON.stringify({ figure: JSON.stringify(figure), big, label, title, said });
  // The first one is the place for it; another one stands right here, in the page's script.
  const page = (await answer.text()).replace("GLASSBOX_CHART", () => chart.replaceAll("<", "\\u003c"));
  return URL.createObjectURL(new Blob([page], { type: "text/html" }));
};

// Hand a file over, called as the chart is.
/** @param {any} plot @param {string} ending @param {string} address */
export function keep(plot, ending, address) {
  const words = plot.glassboxPlace.label.replace(/<[^>]*>/g, " ").toLowerCase().match(/[a-z0-9]+/g) ?? ["chart"];
  const link = document.createElement("a");
  link.href = address;
  link.download = `${words.join("-").slice(0, LONGEST).replace(/-$/, "")}.${ending}`;
  link.click();
  if (address.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
