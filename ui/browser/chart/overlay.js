// @ts-check
// Draws what moves in a chart while it plays, on a canvas over it: Plotly takes a tenth of a second
// for a frame, because it draws everything anew. At rest the chart is Plotly's again.

import { rgbOf } from "../shared/colours.js";

const DASHES = { solid: [], dot: [1, 1], dash: [3, 3] }; // in widths of the line
const TIP = 0.55; // half the width of an arrow's head, as a share of its length

export class Overlay {
  /** @param {any} plot */
  constructor(plot) {
    this.plot = plot;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "gc-moving";
    this.canvas.hidden = true;
    plot.parentElement.append(this.canvas);
    /** @type {Map<string, number[]>} */
    this.colours = new Map();
  }

  remove() {
    this.canvas.remove();
  }

  // What Plotly shows of these traces is seen again, and the canvas is not.
  rest() {
    this.canvas.hidden = true;
    for (const node of this.nodes()) node.style.visibility = "";
  }

  /** @returns {any[]} */
  nodes() {
    return [...this.plot.querySelectorAll(".scatterlayer .trace")];
  }

  // These traces as they are at a moment: its values, each for one trace.
  /** @param {number[]} traces @param {Record<string, any>[]} moments */
  draw(traces, moments) {
    const { plot, canvas } = this, { width, height, transform } = plot.style, ratio = window.devicePixelRatio || 1;
    const moving = new Set(traces);
    for (const node of this.nodes()) node.style.visibility = moving.has(node.__data__?.[0]?.trace.index) ? "hidden" : "";
    canvas.hidden = false;
    Object.assign(canvas.style, { width, height, transform });
    const [w, h] = [plot.offsetWidth * ratio, plot.offsetHeight * ratio].map(Math.round);
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, w, h);
    traces.forEach((trace, k) => this.trace(pen, plot._fullData[trace], moments[k]));
  }

  /** @param {CanvasRenderingContext2D} pen @param {any} trace @param {Record<string, any>} moment */
  trace(pen, trace, moment) {
    const { _fullLayout } = this.plot, axis = (name) => _fullLayout[`${name[0]}axis${name.slice(1)}`];
    const across = axis(trace.xaxis), up = axis(trace.yaxis);
    pen.save();
    pen.beginPath();
    pen.rect(across._offset, up._offset, across._length, up._length);
    if (trace.cliponaxis !== false) pen.clip();
    const toX = (value) => across._offset + across.d2p(value), toY = (value) => up._offset + up.d2p(value);
    pen.globalAlpha = trace.opacity ?? 1;
    if (trace.type === "heatmap") this.cells(pen, trace, moment.z, toX, toY);
    else this.scatter(pen, trace, Array.from(moment.x ?? trace.x, toX), Array.from(moment.y ?? trace.y, toY));
    pen.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {any} trace
   * @param {number[]} x
   * @param {number[]} y
   */
  scatter(pen, trace, x, y) {
    const { line, marker, mode } = trace;
    if (mode.includes("lines")) {
      pen.beginPath();
      let drawn = false;
      x.forEach((at, k) => {
        const known = at === at && y[k] === y[k];
        if (known) drawn ? pen.lineTo(at, y[k]) : pen.moveTo(at, y[k]);
        drawn = known;
      });
      Object.assign(pen, { strokeStyle: line.color, lineWidth: line.width, lineJoin: "round" });
      pen.setLineDash(DASHES[line.dash]?.map((n) => n * line.width) ?? line.dash.split(",").map(parseFloat));
      pen.stroke();
      pen.setLineDash([]);
    }
    if (!mode.includes("markers")) return;
    Object.assign(pen, { fillStyle: marker.color, strokeStyle: marker.line?.color, lineWidth: marker.line?.width ?? 0 });
    x.forEach((at, k) => {
      const size = Array.isArray(marker.size) || ArrayBuffer.isView(marker.size) ? marker.size[k] : marker.size;
      if (!size || at !== at || y[k] !== y[k]) return;
      pen.beginPath();
      if (marker.symbol === "arrow") head(pen, at, y[k], Math.atan2(y[k] - y[k - 1], at - x[k - 1]), size);
      else if (marker.symbol === "square") pen.rect(at - size / 2, y[k] - size / 2, size, size);
      else pen.arc(at, y[k], size / 2, 0, 2 * Math.PI);
      pen.fill();
      if (pen.lineWidth && marker.line?.width) pen.stroke();
      if (mode.includes("text") && trace.text[k]) this.name(pen, trace, at, y[k], trace.text[k]);
    });
  }

  /** @param {CanvasRenderingContext2D} pen @param {any} trace @param {number} x @param {number} y @param {string} text */
  name(pen, trace, x, y, text) {
    const { size, family, color } = trace.textfont;
    Object.assign(pen, { font: `bold ${size}px ${family}`, fillStyle: color });
    const [up, across] = this.plot.data[trace.index].textposition.split(" "), away = 12; // from the tip
    pen.textBaseline = { top: "alphabetic", middle: "middle", bottom: "top" }[up];
    pen.textAlign = { left: "right", center: "center", right: "left" }[across];
    const shift = { top: -away, middle: 0, bottom: away, left: -away, center: 0, right: away };
    pen.fillText(text.replace(/<[^>]+>/g, ""), x + shift[across], y + shift[up]);
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {any} trace
   * @param {number[][]} rows
   * @param {(value: number) => number} toX
   * @param {(value: number) => number} toY
   */
  cells(pen, trace, rows, toX, toY) {
    const ground = getComputedStyle(this.plot).getPropertyValue("--st-background-color");
    rows.forEach((row, j) => row.forEach((z, i) => {
      const [x, y] = [trace.x[i], trace.y[j]], left = toX(x - 0.5), top = toY(y + 0.5);
      pen.fillStyle = z === z ? this.shade(trace, z) : ground;
      pen.fillRect(left, top, toX(x + 0.5) - left + 0.5, toY(y - 0.5) - top + 0.5);
    }));
  }

  // The colour of a value on a trace's scale.
  /** @param {any} trace @param {number} z */
  shade({ colorscale, zmin, zmax }, z) {
    const share = Math.max(0, Math.min(1, (z - zmin) / (zmax - zmin)));
    const k = Math.max(1, colorscale.findIndex(([at]) => at >= share));
    const [[from, low], [to, high]] = [colorscale[k - 1], colorscale[k]], along = (share - from) / (to - from);
    const [one, other] = [this.rgb(low), this.rgb(high)];
    return `rgb(${one.map((part, c) => Math.round(part + along * (other[c] - part))).join(" ")})`;
  }

  /** @param {string} colour */
  rgb(colour) {
    if (!this.colours.has(colour)) this.colours.set(colour, rgbOf(colour));
    return this.colours.get(colour);
  }
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} angle @param {number} size */
function head(pen, x, y, angle, size) {
  const [along, across] = [[Math.cos(angle), Math.sin(angle)], [-Math.sin(angle), Math.cos(angle)]];
  const corner = (back, side) => [x - size * back * along[0] + size * side * across[0], y - size * back * along[1] + size * side * across[1]];
  pen.moveTo(x, y);
  for (const [back, side] of [[1, TIP], [1, -TIP]]) {
    const [a, b] = corner(back, side);
    pen.lineTo(a, b);
  }
  pen.closePath();
}
