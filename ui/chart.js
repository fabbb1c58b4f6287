// Draws a Plotly figure into an element that stays: Plotly.react changes what differs, so nothing
// goes blank and a zoom is kept. Streamlit calls the default function again when the data or the
// reader's theme has changed.

let plotly;

function loadPlotly(url) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("Plotly's script could not be loaded from " + url));
    document.head.append(script);
  });
  return plotly;
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

// A chart whose layout asks for it marks the moment that another part of the page shows.
function mark(plot, moment) {
  if (!plot._fullLayout || !plot.layout?.meta?.moments) return;
  const line = { color: getComputedStyle(plot).getPropertyValue("--st-primary-color"), width: 2 };
  const at = { type: "line", xref: "x", yref: "paper", y0: 0, y1: 1, x0: moment?.epoch, x1: moment?.epoch, line };
  window.Plotly.relayout(plot, { shapes: moment ? [at] : [] });
}

document.addEventListener("glassbox-moment", ({ detail }) => {
  document.querySelectorAll(".glassbox-chart").forEach((plot) => mark(plot, detail));
});

export default function ({ parentElement, data }) {
  const plot = parentElement.querySelector(".glassbox-chart");
  plot.style.height = data.height;
  plot.setAttribute("aria-label", data.label);
  const figure = withTheme(JSON.parse(data.figure), getComputedStyle(plot));
  // A later call must win, also while Plotly's script is still on its way.
  plot.glassboxFigure = figure;
  loadPlotly(data.script).then((Plotly) => {
    if (plot.glassboxFigure !== figure || !plot.isConnected) return;
    Plotly.react(plot, { ...figure, config: CONFIG });
    if (plot.glassboxResize) return;
    plot.glassboxResize = new ResizeObserver(() => {
      if (plot.isConnected && plot.clientWidth > 0) Plotly.Plots.resize(plot);
    });
    plot.glassboxResize.observe(plot);
  });
}
