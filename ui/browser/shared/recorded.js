// @ts-check
// A film as a WebM: each frame is gone to, painted and encoded by itself, so that a slow machine takes
// longer and the film is the same.

import { paintShapes } from "./painted.js";
import { webmOf } from "./webm.js";

const SLIDE = { width: 1920, height: 1080 }; // a slide's
const CODECS = [["vp09.00.40.08", "V_VP9"], ["vp8", "V_VP8"]]; // as browsers name them, and as the file does
const BITRATE = 6_000_000;
const FASTEST_FILM = 30; // frames a second
const MOST_FRAMES = 900; // frames of a film
const WHOLE_EVERY = 3; // seconds from one whole frame to the next
const FILM_STAYS = { first: 1, last: 3 }; // seconds
const QUEUED = 4; // frames may wait for the encoder

const NO_FILMS = "This browser makes no films here: it does so in Chrome, Edge or Firefox of today, on this machine or by https.";

// How a browser encodes frames of that size, if it does.
const encoding = async () => {
  const unable = Object.assign(new Error(NO_FILMS), { plain: NO_FILMS });
  if (!("VideoEncoder" in window)) throw unable;
  for (const [codec, name] of CODECS) {
    const config = { codec, ...SLIDE, bitrate: BITRATE, framerate: FASTEST_FILM };
    const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
    if (supported) return { config, name };
  }
  throw unable;
};

// Which frames of a film are recorded, each with the second at which it comes.
/** @param {Pick<Playable, "last" | "rate">} plays */
export function momentsOf({ last, rate }) {
  const every = Math.max(1, Math.ceil(rate / FASTEST_FILM), Math.ceil((last + 1) / MOST_FRAMES));
  const frames = Array.from({ length: Math.ceil(last / every) }, (_, k) => k * every);
  const moments = [...frames, last].map((frame) => ({ frame, at: frame ? FILM_STAYS.first + frame / rate : 0 }));
  const end = moments.at(-1).at + FILM_STAYS.last;
  return { moments, end };
}

// How much larger a sheet is on a slide.
/** @param {{ width: number, height: number }} sheet */
export const onSlide = ({ width, height }) => Math.min(SLIDE.width / width, SLIDE.height / height);

// Record what plays; `sheetNow` is what it looks like, `tell` hears how far it is, and may stop it.
/**
 * @param {Playable} plays
 * @param {() => Promise<PictureSheet>} sheetNow
 * @param {(share: number) => boolean} tell
 * @returns {Promise<Blob | null>}
 */
export const record = async (plays, sheetNow, tell) => {
  const { config, name } = await encoding();
  const { moments, end } = momentsOf(plays), canvas = document.createElement("canvas");
  Object.assign(canvas, SLIDE);
  const pen = canvas.getContext("2d");
  /** @type {EncodedFrame[]} */
  const frames = [];
  /** @type {Error | null} */
  let failed = null;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      frames.push({ at: chunk.timestamp / 1e6, key: chunk.type === "key", bytes });
    },
    error: (error) => { failed = error; },
  });
  encoder.configure(config);
  let due = 0, sheet;
  const add = (/** @type {number} */ at) => {
    const frame = new VideoFrame(canvas, { timestamp: Math.round(at * 1e6) });
    encoder.encode(frame, { keyFrame: at >= due });
    if (at >= due) due = at + WHOLE_EVERY;
    frame.close();
  };
  try {
    for (const { frame, at } of moments) {
      if (failed) throw failed;
      if (!tell(frame / (plays.last || 1))) return null;
      await plays.goTo(frame);
      sheet = await sheetNow();
      paintSlide(pen, sheet);
      add(at);
      while (encoder.encodeQueueSize > QUEUED) await new Promise((done) => setTimeout(done, 1));
      await new Promise((done) => setTimeout(done)); // the page stays alive
    }
    add(end);
    await encoder.flush();
    if (failed) throw failed;
  } finally {
    if (encoder.state !== "closed") encoder.close();
  }
  const { title, caption, link } = sheet, words = { TITLE: title, DESCRIPTION: caption, URL: link };
  return new Blob([webmOf(frames, { codec: name, ...SLIDE, seconds: end, words })], { type: "video/webm" });
};

// A sheet in the middle of a slide.
/** @param {CanvasRenderingContext2D} pen @param {PictureSheet} sheet */
function paintSlide(pen, sheet) {
  const times = onSlide(sheet), [ground] = sheet.shapes;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  if (ground.kind === "outline") pen.fillStyle = ground.fill;
  pen.fillRect(0, 0, SLIDE.width, SLIDE.height);
  pen.setTransform(times, 0, 0, times, (SLIDE.width - times * sheet.width) / 2, (SLIDE.height - times * sheet.height) / 2);
  paintShapes(pen, sheet.shapes);
}
