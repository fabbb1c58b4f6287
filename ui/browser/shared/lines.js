// @ts-check
// Curves in a field: all numbers are shares of its width and its height, from 0 at the bottom left.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {SVGSVGElement} svg of viewBox 0 0 100 100, stretched over the field
 * @param {{ points: number[][], colour: string, dashed?: boolean }[]} curves
 */
export function drawCurves(svg, curves) {
  svg.replaceChildren(...curves.map(({ points, colour, dashed = false }) => {
    const path = document.createElementNS(SVG, "path");
    const at = points.map(([x, y], k) => `${k ? "L" : "M"}${(100 * x).toFixed(2)} ${(100 - 100 * y).toFixed(2)}`);
    path.setAttribute("d", at.join(" "));
    path.setAttribute("vector-effect", "non-scaling-stroke");
    path.setAttribute("style", `fill: none; stroke: ${colour}; stroke-width: 2.5; ${dashed ? "stroke-dasharray: 5 4" : ""}`);
    return path;
  }));
}

// Put a mark on a place of the field.
/** @param {HTMLElement} mark @param {number} x @param {number} y */
export function putMark(mark, x, y) {
  Object.assign(mark.style, { left: `${100 * x}%`, bottom: `${100 * y}%` });
}
