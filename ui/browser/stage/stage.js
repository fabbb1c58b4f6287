// @ts-check
// The stage: one film on one canvas. It keeps what the reader does (frame, speed, what is touched,
// what is edited), computes the network of the moment, and has everything painted.

import { finder } from "../shared/elements.js";
import { hearKeys } from "../shared/keys.js";
import { motionIsWelcome } from "../shared/motion.js";
import { whenResized } from "../shared/resized.js";
import { pixelRatio } from "../shared/sharp.js";
import { sayMoment, wireBar } from "./bar.js";
import { Building } from "./building.js";
import { paintCurves, paintMatrix, recordedScores, scoresOf } from "./curves.js";
import { gridOver, growsFrom, openFilm, parameterAt } from "./film.js";
import { Guessing } from "./guessing.js";
import { Keeping } from "./keeping.js";
import { layoutOf } from "./layout.js";
import { lookOf } from "./look.js";
import { backward, forward } from "./maths.js";
import { films, goToMoment } from "./moment.js";
import { paintNetwork } from "./network.js";
import { notesOn, placeNotes } from "./notes.js";
import { paintOutcome } from "./outcome.js";
import { openPoint, openUnit } from "./panel.js";
import { Placing } from "./placing.js";
import { paintPlane } from "./plane.js";
import { Pointer } from "./pointer.js";
import { signLines } from "./signs.js";
import { Sketching } from "./sketching.js";
import { paintSpace } from "./space.js";
import { layTabs } from "./tabs.js";
import { layUnitButtons, unitButtonOf } from "./units.js";

const FRAMES_A_SECOND = 60; // of film, at speed 1
const SLOW = "0.25"; // the speed for eyes: so the film that pages open on takes fifteen seconds
const FINE = 100; // cells along the plane's edge
const COARSE = 50; // and while a heavy network plays
const HEAVY = 12; // milliseconds of arithmetic from which on a playing network is heavy

export class Stage {
  /** @type {Film} */ film;
  /** @type {Look} */ look;
  /** @type {Box} */ box;
  /** @type {Tile[]} */ units;
  /** @type {Plane} */ theta; // of the moment, edits included
  /** @type {Float64Array | null} */ grad;
  /** @type {Scores} */ scores;
  /** @type {Record<number, Grid>} */ grids;
  /** @type {Grid} */ grid;
  /** @type {HTMLCanvasElement[] | null} */ tiles;
  /** @type {ImageData | null} */ tileImage;
  /** @type {HTMLCanvasElement} */ canvasOfPlane;
  /** @type {number[][][] | null} */ spreads;
  /** @type {SpaceView} */ spaceView;
  /** @type {number} */ spaceLayer;
  /** @type {UnitId | null} */ opened;
  /** @type {Fill | null} */ fill;
  /** @type {(() => void) | null} */ refreshPanel;
  /** @type {((start: string) => void) | null} */ trainOn; // parameters, after their step if steps go on
  /** @type {boolean} */ roomy;
  /** @type {number} */ position; // in frames, with what is between two of them
  /** @type {number} */ clock;
  /** @type {HTMLElement[]} */ notes; // for whoever is here for the first time

  // In a pair the stage that leads has the bar, and hears the keys, for both. `moved` hears of every
  // picture.
  /**
   * @param {HTMLElement} root
   * @param {string} [name] of the film's place, for whoever comes back
   * @param {"" | "leads" | "follows"} [pair]
   * @param {() => void} [moved]
   */
  constructor(root, name = "", pair = "", moved = () => {}) {
    this.root = root;
    this.name = name;
    /** @type {Paired} */
    this.paired = pair && "both";
    this.moved = moved;
    if (pair) root.classList.add(`gs-${pair}`);
    this.find = finder(root, "gs");
    /** @type {HTMLCanvasElement} */
    this.canvas = this.find("canvas");
    this.frame = 0;
    this.playing = false;
    this.following = false; // does it play on by itself as its film grows
    this.fixed = false; // are weights to be read, and not to be changed
    this.starting = false; // will the next film play by itself
    this.at = this.due = ""; // the moment that the page's link asked for, and that is still to come
    this.chosenSpeed = "";
    this.notes = [];
    /** @type {Map<number, number>} */
    this.edits = new Map();
    /** @type {Touched} */
    this.touched = { unit: null, parameter: null, point: null };
    this.logLoss = this.spaceOnly = false;
    this.cost = 0;
    wireBar(this);
    this.pointer = new Pointer(this);
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.placing = new Placing(this, signal); // hears keys before the film does
    this.building = new Building(this);
    this.guessing = new Guessing(this);
    this.sketching = new Sketching(this, signal);
    this.keeping = new Keeping(this, signal);
    this.keys(signal, pair === "follows");
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", () => this.relook(), { signal });
    this.resized = whenResized(() => this.arrange(), root, this.find("room"));
  }

  destroy() {
    this.playing = false;
    this.gone.abort();
    this.resized.disconnect();
  }

  // Show a film; of the one that is shown already nothing changes, not even its frame. Where it has
  // only grown the reader keeps what they did, and whoever watched its end sees the new one. `at` is
  // the moment that the page's link asks for; who opens the page by it begins there. One that is
  // `opening` plays once by itself, and so does one that was guessed before it is seen; the curves of
  // one that comes `unseen` go no further than it has come.
  /** @param {FilmMessage} message @param {{ at?: string, opening?: boolean, guess?: GuessOnStage | null, unseen?: boolean }} [how] */
  show(message, { at = "", opening = false, guess = null, unseen = false } = {}) {
    const before = this.film, kept = before ? null : films[this.name];
    if (this.guessing.hear(guess, unseen)) this.following = this.starting = motionIsWelcome();
    if (before?.digest === message.digest) {
      this.sketching.hear(guess);
      return this.relook();
    }
    this.film = openFilm(message);
    const grown = before && growsFrom(this.film, before);
    const atTheEnd = grown && this.frame === before.last && !this.playing && !this.edits.size && !this.due;
    if (!grown) this.begin(before);
    this.grids = {};
    this.spreads = null;
    this.tiles = this.tileImage = null;
    this.find("time").max = this.film.last;
    this.canvas.dataset.film = this.film.digest;
    this.canvas.dataset.frames = `${this.film.last + 1}`;
    const begins = this.playing || (!before && unseen);
    if (!grown || atTheEnd) this.frame = this.position = begins ? 0 : this.film.last;
    if (!grown) this.following = before ? this.starting : !kept && !at && opening && motionIsWelcome();
    this.starting = false;
    this.placing.shown(before);
    this.sketching.hear(guess);
    if (this.following) this.playOn(!grown || before.last === 0);
    this.relook();
    if (!before) this.enter(at, opening, kept);
    else if (grown && this.due) goToMoment(this, this.due);
  }

  // Begin where the link says, or where the reader was when they left.
  /** @param {string} at @param {boolean} opening @param {FilmMemory | undefined} kept */
  enter(at, opening, kept) {
    const asked = at !== "" && at !== kept?.at;
    this.at = at || (kept?.at ?? "");
    if (kept?.chosenSpeed) this.find("speed").value = this.chosenSpeed = kept.chosenSpeed;
    if (asked) {
      this.due = at;
      goToMoment(this, at);
    } else if (kept && this.comesBackTo(kept.film)) {
      const { logLoss, spaceOnly, spaceLayer, moment, playing, following } = kept;
      Object.assign(this, { logLoss, spaceOnly, spaceLayer });
      this.find("log").setAttribute("aria-pressed", logLoss);
      if (moment !== null) goToMoment(this, moment);
      if (playing) this.play();
      this.following = following;
    } else if (opening) {
      this.notes = notesOn(this);
      placeNotes(this);
    }
  }

  /** @param {Film} kept */
  comesBackTo(kept) {
    return kept.digest === this.film.digest || growsFrom(this.film, kept);
  }

  // Play, from the beginning or on from here, to the end of a film that may still grow.
  /** @param {boolean} anew */
  playOn(anew) {
    if (anew) this.frame = this.position = 0;
    if (!this.playing && this.frame < this.film.last) this.play();
  }

  // The reader has taken over.
  takeOver() {
    this.following = this.starting = false;
    this.due = "";
  }

  // Leave behind what belonged to the film before.
  /** @param {Film | undefined} before */
  begin(before) {
    this.edits.clear();
    this.pointer.over = null;
    if (this.touched.point >= this.film.t.length) this.close();
    if (String(this.film.sizes) !== String(before?.sizes)) {
      this.spaceLayer = this.film.layers.length - 1;
      this.close();
    } else if (this.fill) this.refreshPanel = this.fill(this.find("panel"));
  }

  // Does the plane take what is pressed on it for something to keep.
  get drawnOn() {
    return this.placing.active || this.sketching.active;
  }

  relook() {
    if (!this.film) return;
    this.look = lookOf(this.root, this.film);
    this.arrange();
  }

  arrange() {
    const picture = this.find("picture");
    if (!this.film || !picture.clientWidth) return;
    this.look.size = parseFloat(getComputedStyle(this.root).fontSize); // a projector's follows its width
    const opened = !this.find("panel").hidden, { sizes, classes } = this.film;
    this.box = layoutOf({
      width: picture.clientWidth, height: this.offered(), visible: this.visible(), size: this.look.size,
      big: this.root.classList.contains("gs-big"), sizes, classes: classes > 0, opened,
      signs: signLines(this.film), spaceOnly: this.spaceOnly, paired: this.paired, off: this.building.off(),
    });
    const { width, height, tabs, panel, roomy } = this.box, ratio = pixelRatio();
    Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.roomy = roomy;
    this.root.classList.toggle("gs-below", height > this.offered());
    layTabs(this);
    this.units = this.box.units;
    layUnitButtons(this);
    this.building.arrange();
    Object.assign(this.find("panel").style, {
      left: `${panel.x}px`, top: `${panel.y}px`, width: `${panel.width}px`, height: `${panel.height}px`,
    });
    this.find("tabs").hidden = opened || this.paired !== "";
    Object.assign(this.find("tabs").style, { left: `${tabs.x}px`, top: `${tabs.y}px` });
    placeNotes(this);
    this.paint();
  }

  // The height that the page has for the picture: what it asked for, without the bar.
  offered() {
    const { minHeight, rowGap } = getComputedStyle(this.root);
    return parseFloat(minHeight) - parseFloat(rowGap) - this.find("bar").offsetHeight;
  }

  // How much of the picture a projector's page shows before it is scrolled, above the bar, which stays.
  visible() {
    if (!this.root.classList.contains("gs-big") || this.paired) return Infinity;
    const main = this.root.closest("[data-testid=stMain]") ?? document.documentElement;
    return innerHeight - this.root.getBoundingClientRect().top - main.scrollTop - this.find("bar").offsetHeight;
  }

  // The network of the moment, what it answers, and the picture of it all.
  paint() {
    if (!this.box) return;
    const { film } = this, began = performance.now();
    this.theta = film.theta(this.frame);
    if (this.edits.size) {
      this.theta = Float64Array.from(this.theta);
      for (const [index, value] of this.edits) this.theta[index] = value;
    }
    this.grad = null;
    forward(film.layers, this.theta, film.pointInputs, film.pointRoom);
    this.scores = { ...scoresOf(film), ...(this.edits.size ? {} : recordedScores(film, this.frame)) };
    const cells = this.playing && this.cost > HEAVY ? COARSE : FINE;
    this.grid = this.grids[cells] ??= gridOver(film, cells);
    forward(film.layers, this.theta, this.grid.inputs, this.grid.room);
    if (cells === FINE) this.cost = performance.now() - began;
    const g = this.canvas.getContext("2d"), ratio = pixelRatio();
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (this.units.length) paintNetwork(g, this);
    paintPlane(g, this);
    this.placing.paint(g);
    this.sketching.paint(g);
    this.guessing.paint(g);
    paintOutcome(g, this);
    this.guessing.see(film.steps[this.frame]);
    paintCurves(g, this);
    paintMatrix(g, this);
    paintSpace(g, this);
    if (this.refreshPanel) this.refreshPanel();
    sayMoment(this);
    this.moved();
  }

  gradient() {
    const { film } = this;
    return this.grad ??= backward(
      film.layers, this.theta, film.pointInputs, film.pointRoom, film.loss, film.t, film.trained,
    );
  }

  // Time

  /** @param {number} frame */
  goTo(frame) {
    this.frame = this.position = Math.max(0, Math.min(this.film.last, frame));
    this.paint();
  }

  /** @param {number} by */
  step(by) {
    this.pauseAt(this.frame + by);
  }

  /** @param {number} frame */
  pauseAt(frame) {
    this.takeOver();
    this.playing = false;
    this.goTo(frame);
  }

  toggle() {
    this.takeOver();
    if (this.playing) this.playing = false;
    else {
      if (this.frame === this.film.last) this.position = this.frame = 0;
      this.play();
    }
    this.paint();
  }

  // For whoever records it.
  /** @returns {Playable | null} */
  plays() {
    const { film, frame } = this, rate = FRAMES_A_SECOND * Number(this.find("speed").value);
    return film?.last ? { last: film.last, at: frame, rate, goTo: (to) => this.pauseAt(to) } : null;
  }

  play() {
    this.playing = true;
    this.clock = performance.now();
    requestAnimationFrame((now) => this.tick(now));
  }

  // The speed for those who choose none: one for eyes where a film is shown to many, or opens a page.
  /** @param {boolean} slowly */
  pace(slowly) {
    if (!this.chosenSpeed) this.find("speed").value = slowly ? SLOW : "1";
  }

  /** @param {number} now */
  tick(now) {
    if (!this.playing || !this.root.isConnected) return;
    const speed = Number(this.find("speed").value);
    this.position += Math.max(0, now - this.clock) * FRAMES_A_SECOND * speed / 1000;
    this.clock = now;
    const frame = Math.min(Math.floor(this.position), this.film.last);
    if (frame === this.film.last) this.playing = false;
    if (frame !== this.frame || !this.playing) {
      this.frame = frame;
      this.paint();
    }
    if (this.playing) requestAnimationFrame((next) => this.tick(next));
  }

  // Touch

  /** @param {number} layer @param {number} unit */
  touchUnit(layer, unit) {
    const same = this.touched.unit?.layer === layer && this.touched.unit?.unit === unit;
    if (same) return this.release();
    this.touched = { unit: { layer, unit }, parameter: null, point: null };
    this.open(layer > 0 ? (panel) => openUnit(this, panel, layer, unit) : null);
  }

  /** @param {number} index */
  touchParameter(index) {
    if (this.touched.parameter === index) return;
    const { layer, unit } = parameterAt(this.film, index);
    const opened = this.opened?.layer === layer && this.opened?.unit === unit;
    this.touched.parameter = index;
    this.touched.point = null;
    if (opened) return this.paint();
    this.open((panel) => openUnit(this, panel, layer, unit), { layer, unit });
  }

  /** @param {number} point */
  touchPoint(point) {
    const n = this.film.t.length;
    this.touched = { unit: null, parameter: null, point: (point + n) % n };
    this.open((panel) => openPoint(this, panel, this.touched.point));
  }

  /** @param {Fill | null} fill @param {UnitId | null} [opened] */
  open(fill, opened = this.touched.unit) {
    const panel = this.find("panel");
    panel.hidden = fill === null;
    this.opened = opened;
    this.fill = fill;
    this.refreshPanel = fill && fill(panel);
    this.arrange();
  }

  close() {
    this.touched = { unit: null, parameter: null, point: null };
    this.refreshPanel = this.fill = this.opened = null;
    this.find("panel").hidden = true;
  }

  release() {
    this.close();
    this.arrange();
  }

  // Set a parameter to a value; without one it is again what training made it.
  /** @param {number} index @param {number} value */
  edit(index, value) {
    if (value === undefined) this.edits.delete(index);
    else this.edits.set(index, value);
    this.paint();
  }

  /** @param {AbortSignal} signal @param {boolean} follows */
  keys(signal, follows) {
    const point = () => this.touched.point;
    /** @param {KeyboardEvent} event */
    const close = ({ target }) => Object.values(this.touched).some((one) => one !== null) && this.leavePanel(target);
    if (follows) return hearKeys(this.root, signal, { close });
    hearKeys(this.root, signal, {
      toggle: () => this.toggle(),
      back: () => this.step(-1),
      on: () => this.step(1),
      first: () => this.pauseAt(0),
      last: () => this.pauseAt(this.film.last),
      point: () => this.touchPoint((point() ?? -1) + 1),
      pointBefore: () => this.touchPoint((point() ?? 0) - 1),
      close,
    });
  }

  // Close the panel; who was in it goes back to the unit it was of.
  /** @param {any} target */
  leavePanel(target) {
    const { opened } = this;
    this.release();
    if (this.root.contains(target)) (unitButtonOf(this, opened) ?? this.canvas).focus();
  }
}
