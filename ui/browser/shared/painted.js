// @ts-check
// Shapes on a canvas.

/** @param {CanvasRenderingContext2D} pen @param {Shape[]} shapes */
export function paintShapes(pen, shapes) {
  for (const shape of shapes) {
    pen.save();
    if (shape.clip) {
      const { x, y, width, height } = shape.clip;
      pen.beginPath();
      pen.rect(x, y, width, height);
      pen.clip();
    }
    pen.globalAlpha = shape.opacity;
    if (shape.kind === "outline") paintOutline(pen, shape);
    else if (shape.kind === "words") paintWords(pen, shape);
    else if (shape.kind === "image") paintImage(pen, shape);
    pen.restore();
  }
}

/** @param {CanvasRenderingContext2D} pen @param {OutlineShape} shape */
function paintOutline(pen, { d, units, fill, fillOpacity = 1, stroke, strokeOpacity = 1, thick, dash, cap, join, along, opacity }) {
  const path = new Path2D();
  path.addPath(new Path2D(d), units); // the line is as thick as it says, whatever the units
  if (along) {
    const colours = pen.createLinearGradient(along.from, 0, along.to, 0);
    for (const { at, colour } of along.stops) colours.addColorStop(at, colour);
    pen.fillStyle = colours;
    pen.fill(path);
  } else if (fill !== "none") {
    pen.globalAlpha = opacity * fillOpacity;
    pen.fillStyle = fill;
    pen.fill(path);
  }
  if (stroke === "none" || !thick) return;
  pen.globalAlpha = opacity * strokeOpacity;
  Object.assign(pen, { strokeStyle: stroke, lineWidth: thick, lineCap: cap, lineJoin: join });
  if (dash !== "none") pen.setLineDash(dash.split(",").map(parseFloat));
  pen.stroke(path);
}

/** @param {CanvasRenderingContext2D} pen @param {WordsShape} shape */
function paintWords(pen, { words, font, x, y, width, fill, turned, halo }) {
  pen.font = font;
  pen.textRendering = "geometricPrecision"; // else letters stand as on a coarser screen
  pen.translate(x, y);
  if (turned) pen.rotate(-Math.PI / 2);
  pen.scale(width / pen.measureText(words).width, 1); // a page's figures may all be of one width, a canvas's are not
  if (halo) {
    Object.assign(pen, { strokeStyle: halo.stroke, lineWidth: halo.thick, lineJoin: "round" });
    pen.strokeText(words, 0, 0);
  }
  pen.fillStyle = fill;
  pen.fillText(words, 0, 0);
}

/** @param {CanvasRenderingContext2D} pen @param {ImageShape} shape */
function paintImage(pen, { image, place, pixelated }) {
  pen.imageSmoothingEnabled = !pixelated;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, place.x, place.y, place.width, place.height);
}
