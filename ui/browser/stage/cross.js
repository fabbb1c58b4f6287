// @ts-check
// Where the keys are on a plane.

/** @param {Pen} g @param {number} x @param {number} y @param {{ size: number, accent: string }} look */
export function paintCross(g, x, y, { size, accent }) {
  const arm = 0.9 * size;
  g.strokeStyle = accent;
  g.lineWidth = 3;
  g.beginPath();
  g.moveTo(x - arm, y);
  g.lineTo(x + arm, y);
  g.moveTo(x, y - arm);
  g.lineTo(x, y + arm);
  g.stroke();
}
