// @ts-check
// The bar below the picture: what its buttons do, and what it says of the moment.

import { pack } from "../shared/bytes.js";
import { FILM, tell } from "../shared/moments.js";
import { whole, written } from "../shared/numbers.js";
import { isUntouched, momentOf, remember } from "./moment.js";

/** @param {Stage} stage */
export function wireBar(stage) {
  stage.find("play").onclick = () => stage.toggle();
  stage.find("back").onclick = () => stage.step(-1);
  stage.find("forth").onclick = () => stage.step(1);
  stage.find("time").oninput = (event) => stage.pauseAt(Number(event.target.value));
  stage.find("speed").onchange = (event) => { stage.chosenSpeed = event.target.value; };
  stage.find("undo").onclick = () => {
    stage.edits.clear();
    stage.root.querySelector(".gs-complaint")?.replaceChildren();
    stage.paint();
  };
  stage.find("train").onclick = () => {
    const { film, frame, keeping } = stage, theta = pack(Float64Array.from(stage.theta));
    stage.starting = true;
    stage.trainOn(keeping.send && film.steps[frame] ? `${film.steps[frame]}.${theta}` : theta);
  };
  stage.find("log").onclick = (event) => {
    stage.logLoss = !stage.logLoss;
    event.currentTarget.setAttribute("aria-pressed", stage.logLoss);
    stage.paint();
  };
}

/** @param {Stage} stage */
export function sayMoment(stage) {
  const { film, frame, scores } = stage, step = film.steps[frame];
  stage.canvas.dataset.frame = `${frame}`;
  stage.find("time").value = frame;
  stage.find("when").textContent = `step ${whole(step)}${inEpochs(film, step)}`;
  if (stage.name) report(stage);
  const now = `step ${whole(step)}, loss ${written(scores.loss)}`;
  stage.find("time").setAttribute("aria-valuetext", now);
  if (!stage.playing && !stage.drawnOn) stage.canvas.setAttribute("aria-label", `The network at ${now}`);
  nameButtons(stage);
}

// Where an epoch has more than one step; a film that began beyond step 0 counts on from there.
/** @param {Film} film @param {number} step */
function inEpochs(film, step) {
  if (film.steps_per_epoch <= 1) return "";
  const epochs = whole(Math.round((10 * (step - film.steps[0])) / film.steps_per_epoch) / 10);
  return film.steps[0] ? ` · ${epochs} epochs on` : ` · epoch ${epochs}`;
}

/** @param {Stage} stage */
function nameButtons({ find, film, frame, playing, edits, keeping, trainOn, theta }) {
  const play = find("play"), word = playing ? "Pause" : "Play", label = playing ? "❚❚ Pause" : "▶ Play";
  if (play.textContent !== label) {
    play.textContent = label;
    play.setAttribute("aria-label", word);
    play.title = `${word} (space)`;
  }
  const undo = find("undo"), atItsEnd = keeping.send !== null && film.whole && frame === film.last;
  undo.hidden = edits.size === 0;
  undo.textContent = `Undo ${edits.size} change${edits.size === 1 ? "" : "s"}`;
  find("train").hidden = (undo.hidden && !atItsEnd) || !trainOn || !theta.every(Number.isFinite);
}

// To the page: where the film is, and the address that opens it at this moment.
/** @param {Stage} stage */
function report(stage) {
  const moment = momentOf(stage), when = stage.find("when");
  remember(stage, moment);
  tell(FILM, stage.name);
  if (moment === null || location.protocol === "file:") return when.removeAttribute("href");
  const link = new URL(location.href);
  link.searchParams.set("at", moment);
  when.href = link;
  when.dataset.moment = isUntouched(stage, moment) ? "none" : "";
  when.title = "A link that opens this page at this moment, with what is opened and changed";
}
