// @ts-check
// Frames that are encoded already, in a WebM (Matroska): each element is its name, its length, its
// content. https://www.matroska.org/technical/elements.html

const TICKS = 1000; // ticks a second, which is what a TimestampScale of a million nanoseconds says
const CLUSTER_TICKS = 30_000; // ticks of a cluster: what a block says of its moment has 16 bits

/** @param {number} id @param {...(Uint8Array | Uint8Array[])} content @returns {Uint8Array} */
function ebml(id, ...content) {
  const parts = content.flat(), length = parts.reduce((sum, part) => sum + part.length, 0);
  return joinedBytes([bigEndian(id), lengthOf(length), ...parts]);
}

/** @param {Uint8Array[]} parts */
function joinedBytes(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// A whole number in as few bytes as it needs.
/** @param {number} value */
function bigEndian(value) {
  const bytes = [];
  for (let rest = value; rest || !bytes.length; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

// A length in eight bytes, of which the first says that they are eight.
/** @param {number} length */
function lengthOf(length) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length));
  bytes[0] |= 1;
  return bytes;
}

/** @param {number} value */
function doubleOf(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

/** @param {string} value */
const utf8 = (value) => new TextEncoder().encode(value);

/** @param {EncodedFrame} frame @param {number} since */
function blockOf({ at, key, bytes }, since) {
  const moment = Math.round(at * TICKS) - since;
  return ebml(0xa3, Uint8Array.from([0x81, moment >> 8, moment & 255, key ? 0x80 : 0]), bytes);
}

/** @param {string} name @param {string} words */
const tagOf = (name, words) => ebml(0x67c8, ebml(0x45a3, utf8(name)), ebml(0x4487, utf8(words)));

// A film of these frames, which lasts so many seconds, with words in it by their names.
/** @param {EncodedFrame[]} frames @param {EncodedFilm} film @returns {Uint8Array<ArrayBuffer>} */
export function webmOf(frames, { codec, width, height, seconds, words }) {
  const head = ebml(0x1a45dfa3,
    ebml(0x4286, bigEndian(1)), ebml(0x42f7, bigEndian(1)), ebml(0x42f2, bigEndian(4)), ebml(0x42f3, bigEndian(8)),
    ebml(0x4282, utf8("webm")), ebml(0x4287, bigEndian(4)), ebml(0x4285, bigEndian(2)));
  const info = ebml(0x1549a966,
    ebml(0x2ad7b1, bigEndian(1_000_000)), ebml(0x4489, doubleOf(seconds * TICKS)),
    ebml(0x7ba9, utf8(words.TITLE ?? "")), ebml(0x4d80, utf8("Glassbox")), ebml(0x5741, utf8("Glassbox")));
  const video = ebml(0xe0, ebml(0xb0, bigEndian(width)), ebml(0xba, bigEndian(height)));
  const track = ebml(0xae,
    ebml(0xd7, bigEndian(1)), ebml(0x73c5, bigEndian(1)), ebml(0x83, bigEndian(1)), ebml(0x9c, bigEndian(0)),
    ebml(0x86, utf8(codec)), video);
  const said = Object.entries(words).filter(([, value]) => value).map(([name, value]) => tagOf(name, value));
  const tags = ebml(0x1254c367, ebml(0x7373, ebml(0x63c0), said));
  const clusters = clustersOf(frames);
  const before = [info, ebml(0x1654ae6b, track), tags];
  return joinedBytes([head, ebml(0x18538067, before, clusters.map(({ bytes }) => bytes), cuesOf(clusters, before))]);
}

// Frames in groups, each of which begins with a whole one.
/** @param {EncodedFrame[]} frames */
function clustersOf(frames) {
  /** @type {EncodedFrame[][]} */
  const groups = [];
  for (const frame of frames) {
    const first = groups.at(-1)?.[0];
    if (!first || frame.key || (frame.at - first.at) * TICKS > CLUSTER_TICKS) groups.push([frame]);
    else groups.at(-1).push(frame);
  }
  return groups.map((group) => {
    const since = Math.round(group[0].at * TICKS);
    return { since, bytes: ebml(0x1f43b675, ebml(0xe7, bigEndian(since)), group.map((frame) => blockOf(frame, since))) };
  });
}

// Where each group is, so that a player can jump to it.
/** @param {{ since: number, bytes: Uint8Array }[]} clusters @param {Uint8Array[]} before */
function cuesOf(clusters, before) {
  let at = before.reduce((sum, part) => sum + part.length, 0);
  return ebml(0x1c53bb6b, clusters.map(({ since, bytes }) => {
    const place = ebml(0xb7, ebml(0xf7, bigEndian(1)), ebml(0xf1, bigEndian(at)));
    at += bytes.length;
    return ebml(0xbb, ebml(0xb3, bigEndian(since)), place);
  }));
}
