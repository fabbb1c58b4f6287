// @ts-check
// Classes: which one a point is of, which one an answer means, and what each is called.
// Two of them have one output, from the one to the other; more have one output each, softmax's.

/** @param {Film} film */
export const isSoftmax = (film) => film.output === "softmax";

// What a class is called: as the reader named it, else by its colour.
/** @param {Film} film @param {number} kind */
export const kindName = (film, kind) => film.names[kind] ?? film.colours.classes[kind].name;

/** @param {Film} film @param {number} kind */
export const kindColour = (film, kind) => film.colours.classes[kind].colour;

// The class that a point is of.
/** @param {Film} film @param {number} p */
export const kindOf = (film, p) => (isSoftmax(film) ? film.t[p] : +(film.t[p] > film.middle));

// The class that the network calls a point; −1 where its answer is no number.
/** @param {Film} film @param {Plane[]} answers @param {number} p */
export function kindSaid(film, answers, p) {
  return isSoftmax(film) ? largestAt(answers, p) : +(answers[0][p] > film.middle);
}

// Which of some planes has the largest value at a point; −1 if none has a number there.
/** @param {Plane[]} planes @param {number} p */
export function largestAt(planes, p) {
  let best = -1, most = -Infinity;
  for (let k = 0; k < planes.length; k++) if (planes[k][p] > most) [best, most] = [k, planes[k][p]];
  return best;
}

// By how much each class leads the best of the others, or lies behind: 0 at its boundary.
/** @param {Plane[]} planes */
export function leads(planes) {
  const points = planes[0].length, all = planes.map(() => new Float64Array(points));
  for (let p = 0; p < points; p++) {
    const first = largestAt(planes, p);
    let second = -Infinity;
    for (let k = 0; k < planes.length; k++) if (k !== first) second = Math.max(second, planes[k][p]);
    for (let k = 0; k < planes.length; k++) all[k][p] = planes[k][p] - (k === first ? second : planes[first]?.[p]);
  }
  return all;
}
