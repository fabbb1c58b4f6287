// @ts-check
// A sheet as an SVG: words stay words, lines lines; nothing in it is fetched from anywhere.

/** @param {unknown} text */
const xmlText = (text) => String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

/** @param {Record<string, unknown>} attributes */
const attributesOf = (attributes) =>
  Object.entries(attributes).filter(([, value]) => value !== undefined).map(([name, value]) => ` ${name}="${xmlText(value)}"`).join("");

/** @param {PictureSheet} sheet */
export function svgOf({ shapes, width, height, title, caption, link }) {
  const inside = shapes.map((shape, k) => clipped(shape, inSvg(shape, k), k)).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"${attributesOf({
    width: Math.round(width), height: Math.round(height), viewBox: `0 0 ${width} ${height}`,
  })}>
<title>${xmlText(title)}</title>
<desc>${xmlText([caption, link].filter(Boolean).join("\n"))}</desc>
${inside}
</svg>
`;
}

/** @param {Shape} shape @param {string} text @param {number} k */
function clipped({ clip, opacity }, text, k) {
  const faint = opacity < 1 ? attributesOf({ opacity }) : "";
  if (!clip) return faint ? `<g${faint}>${text}</g>` : text;
  const { x, y, width, height } = clip;
  return `<clipPath id="clip${k}"><rect${attributesOf({ x, y, width, height })}/></clipPath><g clip-path="url(#clip${k})"${faint}>${text}</g>`;
}

/** @param {Shape} shape @param {number} k */
function inSvg(shape, k) {
  if (shape.kind === "outline") return outlineInSvg(shape, k);
  if (shape.kind === "words") return wordsInSvg(shape);
  const { x, y, width, height } = shape.place;
  if (shape.kind === "drawing") return `<g${attributesOf({ transform: `translate(${x} ${y})` })}>${shape.svg}</g>`;
  const image = shape.image instanceof HTMLCanvasElement ? shape.image.toDataURL() : shape.image.src;
  return `<image${attributesOf({
    x, y, width, height, preserveAspectRatio: "none", style: shape.pixelated ? "image-rendering:pixelated" : undefined, "xlink:href": image,
  })}/>`;
}

/** @param {OutlineShape} shape @param {number} k */
function outlineInSvg({ d, units, fill, fillOpacity, stroke, strokeOpacity, thick, dash, cap, join, along }, k) {
  const drawn = stroke !== "none" && thick > 0;
  const path = `<path${attributesOf({
    d, transform: units && `matrix(${Object.values(units).join(" ")})`,
    fill: along ? `url(#along${k})` : fill, "fill-opacity": fillOpacity,
    ...(drawn ? {
      stroke, "stroke-opacity": strokeOpacity, "stroke-width": thick, "stroke-dasharray": dash,
      "stroke-linecap": cap, "stroke-linejoin": join, "vector-effect": "non-scaling-stroke",
    } : {}),
  })}/>`;
  if (!along) return path;
  const stops = along.stops.map(({ at, colour }) => `<stop${attributesOf({ offset: at, "stop-color": colour })}/>`).join("");
  const ends = { id: `along${k}`, gradientUnits: "userSpaceOnUse", x1: along.from, x2: along.to, y1: 0, y2: 0 };
  return `<linearGradient${attributesOf(ends)}>${stops}</linearGradient>${path}`;
}

/** @param {WordsShape} shape */
function wordsInSvg({ words, font, x, y, width, fill, turned, halo, link }) {
  const place = turned ? { transform: `translate(${x} ${y}) rotate(-90)` } : { x, y };
  const text = `<text${attributesOf({
    ...place, style: `font:${font};white-space:pre`, fill, textLength: width, lengthAdjust: "spacingAndGlyphs",
    ...(halo ? { stroke: halo.stroke, "stroke-width": halo.thick, "stroke-linejoin": "round", "paint-order": "stroke" } : {}),
  })}>${xmlText(words)}</text>`;
  return link ? `<a${attributesOf({ "xlink:href": link })}>${text}</a>` : text;
}
