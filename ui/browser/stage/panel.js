// @ts-check
// The panel that opens when something is touched: a unit's weights, to read and to change, or the
// forward pass of one point with its numbers.

import { element } from "../shared/elements.js";
import { plain, written } from "../shared/numbers.js";
import { pixelRatio } from "../shared/sharp.js";
import { alongSteps, dot } from "./curves.js";
import { parameterName, unitName } from "./film.js";
import { isSoftmax, kindName, kindOf } from "./kinds.js";
import { font } from "./look.js";
import { LOSSES } from "./maths.js";

const LARGEST = 1e6; // a weight beyond this says nothing that a reader could see

// The number that was typed, or the sentence that says why it is none.
/** @param {string} typed */
function readNumber(typed) {
  const text = typed.trim().replace("−", "-").replace(",", ".");
  const value = /^[-+]?[.\d]/.test(text) && !/^[-+]?0[box]/i.test(text) ? Number(text) : NaN;
  if (Math.abs(value) <= LARGEST) return { value };
  return {
    sentence: `“${typed.slice(0, 20)}” cannot be a weight: expected a number from ` +
      "−1,000,000 to 1,000,000, such as −1.5.",
  };
}

/** @param {Stage} stage @param {string} title */
function panelHead(stage, title) {
  const head = element("div", "", { class: "gs-head" });
  const close = element("button", "×", { type: "button", "aria-label": "Close" });
  close.onclick = () => stage.release();
  head.append(element("strong", title), close);
  return head;
}

// All that a unit is made of: a row for each weight and the bias. Returns what keeps it current.
/** @param {Stage} stage @param {HTMLElement} panel @param {number} layer @param {number} unit */
export function openUnit(stage, panel, layer, unit) {
  const { film } = stage, { W, b, inputs, units, activation } = film.layers[layer - 1];
  panel.replaceChildren(panelHead(stage, unitName(film, layer, unit)));
  const bend = layer === film.layers.length ? film.output : activation;
  const others = bend === "softmax" ? " beside those of the other classes" : "";
  panel.append(element("div", `${bend === "identity" ? "Answers" : `Answers ${bend} of`} this sum${others}:`));
  const list = element("div", "", { class: "gs-rows" });
  list.append(...["", "value", "∂loss/∂value"].map((text) => element("span", text, { class: "gs-col" })));
  const rows = [];
  for (let i = 0; i <= inputs; i++) {
    const index = i < inputs ? W + i * units + unit : b + unit;
    const words = i < inputs ? `${shortName(film, layer - 1, i)} ×` : "bias";
    const field = element("input", "", { type: "text", inputmode: "decimal" });
    field.readOnly = stage.fixed;
    field.setAttribute("aria-label", parameterName(film, index));
    const slope = element("span", "", { class: "gs-number" });
    let before; // what a value that cannot be read goes back to
    field.onfocus = () => {
      before = stage.edits.get(index);
      stage.touchParameter(index);
    };
    field.oninput = () => {
      const { value } = readNumber(field.value);
      if (value === undefined) return;
      complaint.textContent = "";
      stage.edit(index, value);
    };
    field.onchange = () => {
      const { sentence = "" } = readNumber(field.value);
      complaint.textContent = sentence;
      if (sentence) stage.edit(index, before);
      else before = stage.edits.get(index);
      field.value = typeable(stage.theta[index]);
    };
    field.onkeydown = (event) => {
      if (event.key !== "Escape") event.stopPropagation();
    };
    const parts = [element("label", words), field, slope];
    list.append(...parts);
    rows.push({ index, field, slope, parts });
  }
  const complaint = element("div", "", { class: "gs-complaint", role: "alert" });
  const meaning = element("div", "", { class: "gs-meaning" });
  const history = element("canvas", "", { class: "gs-history", role: "img" });
  panel.append(complaint, list, history, meaning);
  return () => {
    const grad = stage.gradient();
    const chosen = stage.touched.parameter, own = rows.some((row) => row.index === chosen);
    for (const { index, field, slope, parts } of rows) {
      if (document.activeElement !== field) field.value = typeable(stage.theta[index]);
      slope.textContent = written(grad[index]);
      field.classList.toggle("gs-chosen", index === chosen);
      // On a projector there is room for a touched weight's history or for all its neighbours.
      parts.forEach((part) => { part.hidden = own && !stage.roomy && index !== chosen; });
    }
    meaning.textContent = own ? meaningOf(stage, chosen, grad[chosen]) : "Touch a value to see its history.";
    history.hidden = !own;
    if (own) paintHistory(stage, history, chosen);
  };
}

// A value as a field shows it: five digits, in a form that can be typed again.
/** @param {number} value */
const typeable = (value) => plain(Number(value.toPrecision(5)));

/** @param {Film} film @param {number} layer @param {number} unit */
function shortName(film, layer, unit) {
  return layer === 0 ? film.inputs[unit] : `unit ${unit + 1}`;
}

/** @param {Stage} stage @param {number} index @param {number} slope */
function meaningOf(stage, index, slope) {
  const way = slope > 0 ? "raises" : "lowers";
  const nudge = slope === 0
    ? "A little more of it changes nothing in the loss."
    : `0.01 more of it ${way} the loss by about ${written(Math.abs(0.01 * slope))}.`;
  const trained = stage.film.theta(stage.frame)[index];
  return stage.edits.has(index) ? `${nudge} Training had ${written(trained, 5)} here, and its curves know nothing of your change.` : nudge;
}

// One parameter over the whole film, with the cursor where the film is.
/** @param {Stage} stage @param {HTMLCanvasElement} canvas @param {number} index */
function paintHistory(stage, canvas, index) {
  const { film, look } = stage, ratio = pixelRatio();
  const width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const values = Array.from(film.steps, (_, frame) => film.theta(frame)[index]);
  const finite = values.filter(Number.isFinite);
  const low = Math.min(0, ...finite), high = Math.max(0, ...finite);
  const g = canvas.getContext("2d");
  g.scale(ratio, ratio);
  const pad = 0.6 * look.size;
  const toX = (frame) => pad + alongSteps(film, film.steps[frame]) * (width - 2 * pad);
  const toY = (v) => pad + ((high - v) / (high - low || 1)) * (height - 2 * pad);
  canvas.setAttribute("aria-label", `${parameterName(film, index)} over all frames`);
  g.strokeStyle = look.faint;
  g.beginPath();
  g.moveTo(0, toY(0));
  g.lineTo(width, toY(0));
  g.stroke();
  g.strokeStyle = look.text;
  g.lineWidth = 0.15 * look.size;
  g.beginPath();
  values.forEach((v, frame) => Number.isFinite(v) && g.lineTo(toX(frame), toY(v)));
  g.stroke();
  dot(g, look, toX(stage.frame), toY(stage.theta[index]));
  g.fillStyle = look.text;
  g.font = font(look);
  g.textBaseline = "top";
  g.fillText(written(high, 3), 2, 0);
  g.textBaseline = "bottom";
  g.fillText(written(low, 3), 2, height);
}

// The forward pass of one point, a line a unit. Returns what keeps it current.
/** @param {Stage} stage @param {HTMLElement} panel @param {number} p */
export function openPoint(stage, panel, p) {
  const { film } = stage;
  const kind = p < film.trained ? "training" : "test";
  panel.replaceChildren(panelHead(stage, `Point ${p + 1} (${kind})`));
  const lines = element("div", "", { class: "gs-lines" });
  panel.append(lines);
  return () => lines.replaceChildren(...pointLines(stage, p).map(([text, tag]) => element(tag, text)));
}

/** @param {Stage} stage @param {number} p @returns {[text: string, tag: "div" | "strong"][]} */
function pointLines(stage, p) {
  const { film, theta } = stage;
  /** @type {[text: string, tag: "div" | "strong"][]} */
  const lines = [[film.inputs.map((name, i) => `${name} = ${written(film.pointInputs[i][p])}`).join(",  "), "div"]];
  film.layers.forEach((layer, l) => {
    const x = l ? film.pointRoom[l - 1].a : film.pointInputs, { z, a } = film.pointRoom[l];
    const answer = l === film.layers.length - 1;
    lines.push([answer ? "Answer" : `Hidden layer ${l + 1}`, "strong"]);
    for (let j = 0; j < layer.units; j++) {
      const terms = x.map((plane, i) => {
        const w = theta[layer.W + i * layer.units + j];
        return `${written(w)} · ${bracketed(plane[p])}`;
      });
      const sum = [...terms, written(theta[layer.b + j])].join(" + ").replaceAll("+ −", "− ");
      const whose = !answer ? `unit ${j + 1}: ` : isSoftmax(film) ? `${kindName(film, j)}: ` : "";
      lines.push([`${whose}z = ${sum} = ${written(z[j][p])}`, "div"]);
      if (layer.activation !== "identity" && layer.activation !== "softmax") {
        lines.push([`${layer.activation}(${written(z[j][p])}) = ${written(a[j][p])}`, "div"]);
      }
    }
  });
  const { z, a } = film.pointRoom.at(-1), own = LOSSES[film.loss].value(z, p, film.t[p]);
  if (isSoftmax(film)) {
    const sum = z.map((plane) => `exp(${written(plane[p])})`).join(" + ");
    lines.push([`softmax, each exp(z) as a share of ${sum}`, "strong"]);
    a.forEach((plane, j) => lines.push([`${kindName(film, j)} = ${written(plane[p])}`, "div"]));
  }
  const right = isSoftmax(film) ? kindName(film, kindOf(film, p)) : written(film.t[p]);
  lines.push([`Should be ${right}; its own loss is ${written(own)}.`, "strong"]);
  return lines;
}

/** @param {number} value */
const bracketed = (value) => (value < 0 ? `(${written(value)})` : written(value));
