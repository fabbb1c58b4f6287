// @ts-check
// A moment as a link has it: 49~u1.2~c7_-6 is step 49 with unit 2 of layer 1 opened and parameter 7
// set to −6; ~w7 opens a parameter, ~p3 the third point. And what a reader leaves behind who goes to
// another page, gone with a reload.

const MOST_CHANGES = 100; // longer links are cut off by those who pass them on

export const films = (globalThis.glassboxFilms ??= {});

// The moment on screen; nothing where it has more changes than a link can carry.
/** @param {Stage} stage */
export function momentOf({ film, frame, touched, opened, edits }) {
  const { parameter, point, unit } = touched;
  const parts = [`${film.steps[frame]}`];
  if (parameter !== null) parts.push(`w${parameter}`);
  else if (point !== null) parts.push(`p${point + 1}`);
  else if (unit ?? opened) parts.push(`u${(unit ?? opened).layer}.${(unit ?? opened).unit + 1}`);
  for (const [index, value] of edits) parts.push(`c${index}_${value}`);
  return edits.size > MOST_CHANGES ? null : parts.join("~");
}

// Whether the film is as it came: at its end or its beginning, with nothing opened or changed.
/** @param {Stage} stage @param {string | null} moment */
export const isUntouched = ({ film, frame }, moment) =>
  (frame === 0 || frame === film.last) && moment === String(film.steps[frame]);

// Go there: to the last frame that is not beyond the step, with what is opened and changed.
/** @param {Stage} stage @param {string} moment */
export function goToMoment(stage, moment) {
  const { film } = stage, [step, ...parts] = moment.split("~");
  stage.edits.clear();
  for (const part of parts) {
    const [, index, value] = part.match(/^c(\d+)_(.+)$/) ?? [];
    if (Number(index) < film.parameters && Number.isFinite(Number(value))) stage.edits.set(Number(index), Number(value));
  }
  const later = film.steps.findIndex((one) => one > Number(step));
  stage.goTo((later < 0 ? film.steps.length : Math.max(1, later)) - 1);
  stage.release();
  for (const part of parts) {
    const [first, second] = part.slice(1).split(".").map(Number);
    if (part[0] === "w" && first < film.parameters) stage.touchParameter(first);
    if (part[0] === "p" && first >= 1 && first <= film.t.length) stage.touchPoint(first - 1);
    if (part[0] === "u" && second >= 1 && second <= film.sizes[first]) stage.touchUnit(first, second - 1);
  }
}

// What the reader has done, for when they come back.
/** @param {Stage} stage @param {string | null} moment */
export function remember(stage, moment) {
  const { film, frame, edits, playing, following, logLoss, spaceOnly, spaceLayer, at, chosenSpeed } = stage;
  films[stage.name] = {
    film, playing, following, logLoss, spaceOnly, spaceLayer, at, chosenSpeed, moment,
    step: film.steps[frame], edited: edits.size > 0,
  };
}
