// @ts-check
// How large a chart must be to be read: from its figure to a size, and nothing else.

// In pixels, on a page and on a projector, whose type is larger: a panel's width, and
// a chart's height with one panel and with several below each other.
const PANEL = {
  page: { width: 170, alone: 300, several: 380 },
  projector: { width: 240, alone: 446, several: 446 },
};
const GAP = { page: 30, projector: 36 }; // between two panels, for ticks
const SCALED = { page: 140, projector: 205 }; // the same where a scale of colours with its ticks stands there
const MARGIN = { l: 60, r: 16, t: 56, b: 52 }; // where the figure says nothing: figures/theme.py
const ALONE = { page: 300, projector: 700 }; // the whole of a narrow chart
const WRITTEN = 1.5; // as wide is a panel with a number in each cell
export const LETTER = 0.5; // of its size is the width of a letter

// Where panels begin and end along a way, as shares of the plot, each once and in order.
/** @param {any} layout @param {"x" | "y"} way @returns {number[][]} */
function domainsAlong(layout, way) {
  const found = {};
  for (const name in layout) {
    const axis = layout[name];
    if (name.startsWith("scene")) found[String(axis.domain?.[way] ?? [0, 1])] = axis.domain?.[way] ?? [0, 1];
    if (name.startsWith(`${way}axis`) && !axis.overlaying) found[String(axis.domain ?? [0, 1])] = axis.domain ?? [0, 1];
  }
  const all = Object.values(found).sort((a, b) => a[0] - b[0]);
  return all.length ? all : [[0, 1]];
}

// Whether a scale of colours stands between two shares of the plot's width.
/** @param {any[]} data @param {number} from @param {number} to */
const scaleBetween = (data, from, to) => data.some((trace) => {
  const x = (trace.colorbar ?? trace.marker?.colorbar)?.x;
  return x >= from - 0.05 && x < to;
});

// How wide the plot must be that no title of an axis below it, and no head of a panel above it, meets the next one.
/** @param {any} layout */
function titlesAcross(layout) {
  const size = layout.font?.size ?? 14;
  const word = (axis, text) => {
    const [from, to] = axis?.domain ?? [0, 1];
    return { middle: (from + to) / 2, half: (LETTER * text.length * size) / 2 };
  };
  const below = {}; // the titles below panels that are as high
  for (const name in layout) {
    if (!name.startsWith("xaxis") || !layout[name].title) continue;
    const { title, anchor = "y" } = layout[name], height = String(layout[anchor.replace("y", "yaxis")]?.domain);
    (below[height] ??= []).push(word(layout[name], title.text ?? title));
  }
  const heads = (layout.annotations ?? []).filter((a) => /^x\d* domain$/.test(a.xref) && a.x === 0.5 && a.text)
    .map((a) => word(layout[a.xref.replace(" domain", "").replace("x", "xaxis")], a.text));
  return Math.max(0, ...[...Object.values(below), heads].flatMap((row) => {
    row.sort((a, b) => a.middle - b.middle);
    return row.slice(1).map((b, k) => {
      const between = b.middle - row[k].middle;
      return between > 0 ? (0.95 * (row[k].half + b.half)) / between : 0;
    });
  }));
}

// The smallest size at which a figure can be read: every panel and every gap has its least room. One that
// stands beside others says itself how narrow and how low it may be (meta).
/** @param {any} figure @param {boolean} big */
export function leastOf({ data, layout }, big) {
  const where = big ? "projector" : "page", margin = { ...MARGIN, ...layout.margin };
  const across = domainsAlong(layout, "x");
  const panel = PANEL[where].width * (data.some((trace) => trace.texttemplate) ? WRITTEN : 1);
  const widths = across.map(([from, to], k) => {
    const next = across[k + 1]?.[0] ?? to, gap = scaleBetween(data, to, next) ? SCALED[where] : GAP[where];
    return Math.max(panel / (to - from), next > to ? gap / (next - to) : 0);
  });
  return {
    width: Math.max(layout.meta?.least ?? ALONE[where], Math.ceil(margin.l + margin.r + Math.max(...widths, titlesAcross(layout)))),
    height: layout.meta?.lowest ?? PANEL[where][domainsAlong(layout, "y").length > 1 ? "several" : "alone"],
  };
}

// Values in their order, so far from each other and within bounds; the first ones go, as null, where
// not all have room.
/** @param {number[]} values @param {number} gap @param {number} low @param {number} high @returns {(number | null)[]} */
export function apart(values, gap, low, high) {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const room = 1 + Math.floor((high - low) / gap + 1e-9), first = Math.max(0, values.length - room);
  const kept = order.filter((i) => i >= first), placed = values.map(() => null);
  // Those that would touch form a stack around the middle of where its members would like to be.
  const half = (stack) => (gap * (stack.length - 1)) / 2, middle = (stack) => stack.reduce((a, b) => a + b) / stack.length;
  /** @type {number[][]} */
  const stacks = [];
  for (const i of kept) {
    stacks.push([values[i]]);
    for (;;) {
      const [below, above] = stacks.slice(-2);
      if (!above || middle(above) - half(above) >= middle(below) + half(below) + gap) break;
      stacks.splice(-2, 2, [...below, ...above]);
    }
  }
  const wanted = stacks.flatMap((stack) => stack.map((_, k) => middle(stack) - half(stack) + k * gap));
  kept.forEach((i, k) => {
    placed[i] = Math.max(wanted[k], k ? placed[kept[k - 1]] + gap : low);
  });
  [...kept].reverse().forEach((i, k, back) => {
    placed[i] = Math.min(placed[i], k ? placed[back[k - 1]] - gap : high);
  });
  return placed;
}

// A title on as many lines as it takes.
/** @param {string} title @param {number} width @param {number} size @returns {string[]} */
export function linesOf(title, width, size) {
  const lines = [""];
  for (const word of title.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length * LETTER * size <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
