// @ts-check
// A chart in a file of its own, which has Plotly's script in it, compressed.

import { element } from "../shared/elements.js";
import { speak } from "../shared/spoken.js";
import { show } from "./chart.js";

const unpacked = async () => {
  const packed = document.getElementById("plotly").textContent;
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  return window.Plotly;
};

// Draw the chart that this file has, under the question of the page it is from, in the reader's light
// or dark.
export function openChart() {
  const heading = document.querySelector("h1"), chart = JSON.parse(document.getElementById("chart").textContent);
  document.title = heading.textContent = chart.title;
  document.documentElement.toggleAttribute("data-big", chart.big);
  const said = element("p", "", { class: "said" });
  for (const { since, words } of chart.said) said.append(element("span", words, { "data-since": since }));
  document.querySelector(".gc-whole").after(said);
  dispatchEvent(new Event("resize")); // the heading is as high as it will be
  if (!("DecompressionStream" in window)) {
    heading.after("This chart needs a browser of 2023 or later.");
    return;
  }
  window.glassboxPlotly = unpacked();
  const draw = () => show(document.querySelector(".gc"), { ...chart, height: "var(--room)", script: "", key: "chart" });
  speak("chart");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
}
