// @ts-check
// A chart to be taken along: what is on screen as a picture, what plays as a film, or all that it can
// do as a page of its own.

import { handOver, offerAlong } from "../shared/taken.js";
import { withTheme } from "./themed.js";

const OFFER = "Save this chart, or see all of it";

// The chart as it is seen now, on the page's own ground, as the address of its bytes.
/** @param {any} plot @param {"png" | "svg"} format @param {number} scale @returns {Promise<string>} */
function pictureOf(plot, format, scale) {
  const ground = withTheme("var(--st-background-color)", getComputedStyle(plot));
  const layout = { ...plot.layout, paper_bgcolor: ground, updatemenus: [], sliders: [] };
  const size = { width: plot.clientWidth, height: plot.clientHeight };
  return window.Plotly.toImage({ data: plot.data, layout }, { format, ...size, scale: format === "png" ? scale : 1 });
}

/** @param {any} plot @param {"png" | "svg"} format @param {number} scale @param {number} room @returns {Promise<Shapes>} */
const shapesOfChart = async (plot, format, scale, room) => {
  const { clientWidth: width, clientHeight: height } = plot, address = await pictureOf(plot, format, scale);
  const seen = { place: { x: room, y: room, width, height }, clip: null, opacity: 1 };
  const whole = { width: width + 2 * room, height: height + 2 * room };
  if (format === "svg") {
    return { shapes: [{ kind: "drawing", svg: decodeURIComponent(address.slice(address.indexOf(",") + 1)), ...seen }], ...whole };
  }
  const image = new Image();
  image.src = address;
  await image.decode();
  return { shapes: [{ kind: "image", image, pixelated: false, ...seen }], ...whole };
};

// A page that needs nothing else: the one that the server has, with this figure in it, zoomed as it
// is now.
/** @param {any} plot */
const htmlOf = async (plot) => {
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
  return new Blob([page], { type: "text/html" });
};

// Put the menu of a chart to work, once; `reset` shows all of the chart again.
/** @param {any} plot @param {() => void} reset */
export function serve(plot, reset) {
  const whole = plot.closest(".gc-whole"), menu = menuOf(plot);
  const title = () => plot.glassboxPlace.label.replace(/<[^>]*>/g, " ");
  menu.dataset.testid = "chart-menu";
  menu.firstElementChild.title = menu.firstElementChild.ariaLabel = OFFER;
  const part = {
    title,
    redraw: () => {},
    plays: () => plot.glassboxPlayer.plays(),
    shapes: (format, scale, room) => shapesOfChart(plot, format, scale, room),
  };
  offerAlong(whole, part, {
    ...(plot.glassboxPlace.saved ? { html: async () => handOver(title(), "html", await htmlOf(plot)) } : {}),
    reset,
  });
}

/** @param {any} plot */
const menuOf = (plot) => plot.closest(".gc-whole")?.querySelector("[data-testid$=menu]");

// How wide a title's line must leave off before its end, in pixels.
/** @param {any} plot */
export const roomOfMenu = (plot) => menuOf(plot)?.offsetWidth ?? 0;
