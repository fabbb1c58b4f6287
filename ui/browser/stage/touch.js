// @ts-check
// What lies under the pointer, and what a tooltip says of it.

import { plain, whole, written } from "../shared/numbers.js";
import { alongSteps } from "./curves.js";
import { parameterName, unitName } from "./film.js";
import { isSoftmax, kindName, kindOf, largestAt } from "./kinds.js";
import { forward, inputPlanes, roomFor } from "./maths.js";
import { biasSpot, eachLink, linkBetween, linkHeight } from "./network.js";
import { shownUnit, toX, toY } from "./plane.js";

/** @param {Stage} stage @param {number} x @param {number} y @returns {Hit | null} */
export function hitAt(stage, x, y) {
  const { film, units, box, look } = stage;
  const reach = 0.6 * look.size;
  const near = (spot, r) => Math.hypot(x - spot.x, y - spot.y) <= r;
  for (const u of units) {
    if (u.layer > 0 && near(biasSpot(u), biasSpot(u).r + 2)) {
      return { kind: "parameter", index: film.layers[u.layer - 1].b + u.unit };
    }
  }
  for (const u of units) {
    if (Math.abs(x - u.x) <= u.side / 2 && Math.abs(y - u.y) <= u.side / 2) return { kind: "unit", ...u };
  }
  const { network } = box;
  if (network.width && inside(network, x, y, network.width, network.height)) return linkAt(stage, x, y, 0.5 * look.size);
  const { plane, loss, accuracy, space } = box;
  if (inside(plane, x, y, plane.side, plane.side)) {
    const point = nearest(stage, (p) => [toX(film, plane, film.x1[p]), toY(film, plane, film.x2[p])], x, y, reach);
    if (point >= 0) return { kind: "point", point };
    const width = film.right - film.left;
    return {
      kind: "plane",
      x1: film.left + ((x - plane.x) / plane.side) * width,
      x2: film.right - ((y - plane.y) / plane.side) * width,
    };
  }
  for (const plot of film.classes ? [loss, accuracy] : [loss]) {
    if (!plot || !inside(plot, x, y + 0.8 * look.size, plot.width, plot.height + 1.6 * look.size)) continue;
    return { kind: "curve", frame: frameAt(film, (x - plot.x) / plot.width) };
  }
  if (space && inside(space, x, y, space.width, space.height)) {
    const view = stage.spaceView;
    const place = (p) => [space.toX(view.across[p]), space.toY(view.up[p])];
    const point = nearest(stage, place, x, y, reach);
    return point >= 0 ? { kind: "point", point } : { kind: "space" };
  }
  return null;
}

/**
 * @param {Spot} box
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
const inside = (box, x, y, width, height) =>
  x >= box.x && x <= box.x + width && y >= box.y && y <= box.y + height;

// The frame nearest to a place along the curves' axis, from 0 to 1.
/** @param {Film} film @param {number} share */
export function frameAt(film, share) {
  let best = 0;
  for (let frame = 0; frame <= film.last; frame++) {
    const off = (f) => Math.abs(alongSteps(film, film.steps[f]) - share);
    if (off(frame) < off(best)) best = frame;
  }
  return best;
}

/**
 * @param {Stage} stage
 * @param {(p: number) => number[]} place
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 */
function nearest(stage, place, x, y, reach) {
  let best = -1, least = reach * (stage.film.t.length < 30 ? 2 : 1);
  for (let p = 0; p < stage.film.t.length; p++) {
    const [px, py] = place(p), distance = Math.hypot(px - x, py - y);
    if (distance < least) [best, least] = [p, distance];
  }
  return best;
}

/**
 * @param {Stage} stage
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 * @returns {Hit | null}
 */
function linkAt(stage, x, y, reach) {
  let best = null, least = reach;
  eachLink(stage.film, stage.units, (index, from, to) => {
    const link = linkBetween(from, to);
    if (x < link.x0 || x > link.x1) return;
    const distance = Math.abs(linkHeight(link, x) - y);
    if (distance < least) [best, least] = [index, distance];
  });
  return best === null ? null : { kind: "parameter", index: best };
}

// What the network says at one place of the plane.
/** @param {Stage} stage @param {number} x1 @param {number} x2 */
function answerAt(stage, x1, x2) {
  const { film, theta } = stage;
  const inputs = inputPlanes(film.inputs, [x1], [x2]);
  const room = forward(film.layers, theta, inputs, roomFor(film.layers, 1));
  return { inputs, room };
}

const EXACT = 7; // digits on hover

/** @param {number} v */
const exact = (v) => (Number.isFinite(v) ? plain(Number(v.toPrecision(EXACT))) : written(v));

// What the network answers, in words: a number, or the likeliest class.
/** @param {Film} film @param {Plane[]} answers @param {number} p */
function answerWords(film, answers, p) {
  if (!isSoftmax(film)) return `the network says ${exact(answers[0][p])}`;
  const kind = largestAt(answers, p);
  return kind < 0 ? "the network says no number" : `the network says ${kindName(film, kind)}: ${exact(answers[kind][p])}`;
}

/** @param {Stage} stage @param {Hit | null} hit */
export function tipFor(stage, hit) {
  const { film, theta, spaceLayer } = stage;
  if (hit.kind === "parameter") {
    return [`${parameterName(film, hit.index)}: ${exact(theta[hit.index])}`, "Touch it to open it."];
  }
  if (hit.kind === "unit") {
    const { layer, unit } = hit, name = unitName(film, layer, unit);
    if (layer === 0) return [`input ${name}: what the network hears`, "It fills the plot while you point at it. Touch it to keep it there."];
    const layerOf = film.layers[layer - 1];
    return [
      `${name} (${layerOf.activation}), bias ${exact(theta[layerOf.b + unit])}`,
      "It fills the plot while you point at it. Touch it to open it.",
    ];
  }
  if (hit.kind === "point") {
    const p = hit.point, right = isSoftmax(film) ? kindName(film, kindOf(film, p)) : exact(film.t[p]);
    return [
      `point ${p + 1}, for ${p < film.trained ? "training" : "testing"}: ` +
        `x₁ = ${exact(film.x1[p])}, x₂ = ${exact(film.x2[p])}`,
      `should be ${right}, ${answerWords(film, film.pointRoom.at(-1).a, p)}`,
      "Touch it for the arithmetic.",
    ];
  }
  if (hit.kind === "plane") {
    const { layer, unit } = shownUnit(stage), seen = answerAt(stage, hit.x1, hit.x2);
    const place = (v) => plain(Math.round(v * 1e4) / 1e4 + 0);
    const lines = [`x₁ = ${place(hit.x1)}, x₂ = ${place(hit.x2)}`];
    if (layer < film.layers.length || isSoftmax(film) && unit >= 0) {
      const says = layer ? seen.room[layer - 1].a[unit][0] : seen.inputs[unit][0];
      lines.push(`${unitName(film, layer, unit)} says ${exact(says)}`);
    }
    return [...lines, answerWords(film, seen.room.at(-1).a, 0)];
  }
  if (hit.kind === "space") {
    const own = spaceLayer === film.layers.length - 1;
    const where = spaceLayer ? `after hidden layer ${spaceLayer}` : "as the network hears them";
    const there = `Where the points are ${where}.`;
    if (isSoftmax(film)) {
      return film.sizes[spaceLayer] > 2 ? [there, "Seen along the two directions in which they spread most at the end."] : [there];
    }
    return [
      there,
      own
        ? "The line is the network's own: on one side it says 1, on the other 0."
        : "The line is the best straight cut that could be made here.",
    ];
  }
  const f = hit.frame, value = (name) => film.history[name]?.[f];
  const lines = [`step ${whole(film.steps[f])}, frame ${f + 1} of ${film.last + 1}`];
  for (const [name, words] of Object.entries(CURVES)) {
    if (value(name) !== undefined) lines.push(`${words} ${exact(value(name))}`);
  }
  return lines;
}

const CURVES = {
  loss: "loss",
  val_loss: "loss on test points",
  accuracy: "accuracy",
  val_accuracy: "accuracy on test points",
};
