// @ts-check
// A surface is as large as its frame takes, and nothing of it is cut: figures/surface.py says how far
// it reaches as it is seen at first.

const AROUND_IT = 0.7; // letters' heights that are left above it and below

// An orthographic scene shows 1 above its middle and 1 below it, whatever its height is, and as much
// to its sides as its width has more.
/** @param {any} layout @param {number} width @param {number} height */
export function fitScene({ scene, meta, margin = {}, font = {} }, width, height) {
  if (!scene || !meta?.scene) return;
  const { eye, sides, ways, reach } = meta.scene, letters = scene.annotations?.[0]?.font?.size ?? font.size ?? 14;
  const { l = 60, r = 16, t = 56, b = 52 } = margin;
  const [wide, high] = [["x", width - l - r], ["y", height - t - b]].map(([way, room]) => {
    const [from, to] = scene.domain?.[way] ?? [0, 1];
    return (to - from) * Number(room);
  });
  const [across, up] = reach.map(([from, to]) => to - from);
  const times = 2 * Math.min(wide / high / across, Math.max(0.2, 1 - (2 * AROUND_IT * letters) / high) / up);
  const middle = ways[0].map((_, k) => times * ways.reduce((sum, way, i) => sum + (way[k] * (reach[i][0] + reach[i][1])) / 2, 0));
  const named = ([x, y, z]) => ({ x, y, z });
  scene.aspectratio = named(sides.map((side) => times * side));
  scene.camera = { ...scene.camera, center: named(middle), eye: named(middle.map((at, k) => at + 2 * eye[k])) };
}
