// @ts-check
// Where everything of a lottery lies: curves, bars beside them on the same scale, and the wall.

const NARROW = 46; // sizes of its letters: a narrower picture has the wall below the curves
const FINGER = 17; // pixels of a tile, at least, where the wall may grow downward

// All places, for a picture of this size with letters of that size.
/** @param {LotteryMessage} lottery @param {number} width @param {number} height @param {number} em */
export function placesOf(lottery, width, height, em) {
  const narrow = width < NARROW * em, line = 1.35 * em;
  const top = line, left = 3.4 * em, foot = 2.6 * em;
  const chartHeight = narrow ? 15 * em : height;
  const barsWidth = (narrow ? 0.26 : 0.1) * width;
  const curvesWidth = (narrow ? width : 0.42 * width) - left - barsWidth - 0.6 * em;
  const curves = { x: left, y: top, width: curvesWidth, height: chartHeight - top - foot };
  const bars = { ...curves, x: left + curvesWidth + 0.6 * em, width: barsWidth };
  const wall = narrow
    ? { x: 0, y: chartHeight + 0.6 * em, width, height: Infinity }
    : { x: bars.x + barsWidth + 1.6 * em, y: 0, width: 0, height };
  if (!narrow) wall.width = width - wall.x;
  const { tiles, heads, size, bottom } = tilesOn(lottery, wall, line);
  return { em, line, narrow, curves, bars, wall, tiles, heads, size, bottom };
}

// The wall: a heading for each way to end, and its tiles, as large as all of them fit.
/** @param {LotteryMessage} lottery @param {LotteryBox} wall @param {number} line */
function tilesOn({ groups, to_come: toCome, of }, wall, line) {
  const drawn = groups.reduce((sum, group) => sum + group.count, 0);
  const all = drawn < of ? [...groups, { words: toCome, count: of - drawn }] : groups;
  const heading = 1.15 * line;
  const rows = (columns) => all.reduce((sum, group) => sum + Math.ceil(group.count / columns), 0);
  let size = 0, columns = 1;
  if (wall.height === Infinity) {
    columns = Math.max(1, Math.floor(wall.width / FINGER));
    size = wall.width / columns;
  } else {
    for (let n = 1; n <= Math.max(of, 1); n++) {
      const fits = Math.min(wall.width / n, (wall.height - all.length * heading) / rows(n));
      if (fits > size) { size = fits; columns = n; }
    }
  }
  size = Math.min(size, 12 * line);
  /** @type {Ticket[]} */ const tiles = [];
  /** @type {TicketHeading[]} */ const heads = [];
  let y = wall.y;
  for (const { words, count } of all) {
    heads.push({ words: `${count} ${words}`, x: wall.x, y: y + 0.8 * line });
    y += heading;
    for (let k = 0; k < count; k++) {
      const row = Math.floor(k / columns);
      tiles.push({ x: wall.x + (k % columns) * size, y: y + row * size, group: heads.length - 1 });
    }
    y += Math.ceil(count / columns) * size;
  }
  return { tiles, heads, size, bottom: y };
}

// What is at a point: a start, or all starts of a bar; nothing where there is none.
/** @param {LotteryMessage} lottery @param {Uint16Array} heights @param {LotteryPlaces} places @param {number} x @param {number} y */
export function found(lottery, heights, places, x, y) {
  const { curves, bars, tiles, size, em } = places, drawn = lottery.seeds.length;
  const within = (box) => x >= box.x && x <= box.x + box.width && y >= box.y - em && y <= box.y + box.height + em;
  if (within(bars)) {
    const count = lottery.between.length - 1;
    const share = 1 - (y - bars.y) / bars.height;
    const bar = share > 1 ? count : Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    const starts = lottery.bars.flatMap((its, start) => (its === bar ? [start] : []));
    return starts.length ? { starts, bar } : null;
  }
  if (within(curves)) {
    let nearest = -1, least = 1.2 * em;
    for (let start = 0; start < drawn; start++) {
      const at = heightAt(lottery, heights, start, (x - curves.x) / curves.width);
      const apart = Math.abs(curves.y + curves.height * (1 - at) - y);
      if (apart < least) { least = apart; nearest = start; }
    }
    return nearest < 0 ? null : { starts: [nearest], bar: -1 };
  }
  const start = tiles.findIndex((tile) => x >= tile.x && x < tile.x + size && y >= tile.y && y < tile.y + size);
  return start >= 0 && start < drawn ? { starts: [start], bar: -1 } : null;
}

// How high a start's curve is at a share of the way; NaN where it had diverged.
/** @param {LotteryMessage} lottery @param {Uint16Array} heights @param {number} start @param {number} share */
function heightAt({ across, points }, heights, start, share) {
  const next = Math.max(1, across.findIndex((x) => x >= share));
  const before = Math.min(next - 1, points - 1), along = across[next] - across[before];
  const [from, to] = [before, Math.min(next, points - 1)].map((k) => levelOf(heights[start * points + k]));
  const way = along > 0 ? Math.max(0, Math.min(1, (share - across[before]) / along)) : 0;
  return from + (to - from) * way;
}

/** @param {number} height */
export const levelOf = (height) => (height === 65535 ? NaN : height / 65534);
