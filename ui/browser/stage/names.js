// @ts-check
// Where the names of curves stand in a plot: near their own curve, on no curve and on no other name.

const STEPS = 40; // places that are tried along each side

// How high and low a curve is over a stretch of the plot; nothing where it is not.
/** @param {Dot[]} curve @param {number} from @param {number} to */
function reach(curve, from, to) {
  let low = Infinity, high = -Infinity;
  for (let k = 1; k < curve.length; k++) {
    const [one, other] = [curve[k - 1], curve[k]];
    if (other.x < from || one.x > to) continue;
    const at = (x) => one.y + (other.y - one.y) * (other.x > one.x ? Math.max(0, Math.min(1, (x - one.x) / (other.x - one.x))) : 0);
    for (const y of [at(from), at(to)]) [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  return low <= high ? { low, high } : null;
}

// The places of some names, by their middles; null for one without a place that is free. Each has its
// own curve, `dashed` are those that belong to no name, and nothing comes nearer than `gap`.
/**
 * @param {Rectangle} plot
 * @param {{ width: number, curve: Dot[] }[]} names
 * @param {Dot[][]} dashed
 * @param {number} high
 * @param {number} gap
 * @returns {(Dot | null)[]}
 */
export function placesOfNames(plot, names, dashed, high, gap) {
  /** @type {{ x: number, y: number, width: number }[]} */
  const taken = [];
  return names.map(({ width, curve }) => {
    const others = names.filter((one) => one.curve !== curve).map((one) => one.curve);
    let best = null, least = Infinity;
    const across = plot.width - width - 2 * gap, up = plot.height - high - 2 * gap;
    if (across < 0 || up < 0) return null;
    for (let i = 0; i <= STEPS; i++) {
      const x = plot.x + gap + width / 2 + (across * i) / STEPS, edges = [x - width / 2 - gap, x + width / 2 + gap];
      const [own, ...rest] = [curve, ...others, ...dashed].map((one) => reach(one, edges[0], edges[1]));
      if (!own) continue;
      const near = reach(curve, x, x) ?? own;
      for (let j = 0; j <= STEPS; j++) {
        const y = plot.y + gap + high / 2 + (up * j) / STEPS, top = y - high / 2 - gap, bottom = y + high / 2 + gap;
        if ([own, ...rest].some((one) => one && one.low < bottom && one.high > top)) continue;
        if (taken.some((one) => Math.abs(one.x - x) < (one.width + width) / 2 + gap && Math.abs(one.y - y) < high + gap)) continue;
        const away = ({ low, high: deep }) => Math.max(0, low - y, y - deep), far = away(near);
        const misread = rest.slice(0, others.length).some((one) => one && away(one) < far + gap); // as the other's
        if (!misread && far < least) [best, least] = [{ x, y }, far];
      }
    }
    if (best) taken.push({ ...best, width });
    return best;
  });
}
