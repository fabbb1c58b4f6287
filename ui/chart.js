// Draws a Plotly figure into an element that stays: Plotly.react changes what differs, so nothing
// goes blank and a zoom is kept. Streamlit calls the default function again when the data or the
// reader's theme has changed.

// One script for all charts of a page, however often this module is loaded.
function loadPlotly(url) {
  window.glassboxPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      window.glassboxPlotly = undefined; // so that the next chart tries again
      reject(new Error("Plotly's script could not be loaded from " + url));
    };
    document.head.append(script);
  });
  return window.glassboxPlotly;
}

// Colours written as var(--st-…) become what the reader's theme says they are.
function withTheme(value, style) {
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

const CONFIG = {
  displaylogo: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
};

// What waits to be drawn is drawn as soon as there is Plotly and a place with a width: while
// Streamlit moves an element about it has neither, nor a theme, and nobody would ask again.
function draw(plot) {
  if (!window.Plotly || !plot.isConnected || !plot.clientWidth) return;
  const waiting = plot.glassboxWaiting;
  if (waiting === null) return window.Plotly.Plots.resize(plot);
  plot.glassboxWaiting = null;
  const figure = withTheme(JSON.parse(waiting), getComputedStyle(plot));
  window.Plotly.react(plot, { ...figure, config: CONFIG });
}

export default function ({ parentElement, data }) {
  const plot = parentElement.querySelector(".glassbox-chart");
  plot.style.height = data.height;
  plot.setAttribute("aria-label", data.label);
  plot.glassboxWaiting = data.figure; // a later call wins, also while the script is on its way
  if (!plot.glassboxResize) {
    plot.glassboxResize = new ResizeObserver(() => draw(plot));
    plot.glassboxResize.observe(plot);
  }
  loadPlotly(data.script).then(() => draw(plot));
}
