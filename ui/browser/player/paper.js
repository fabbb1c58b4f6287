// @ts-check
// The paper in a file: what the app's server does for it, done here. It has the networks, so it reads
// what was drawn once a stroke has ended, and the test images, one after the other.

import { pack, unpack } from "../shared/bytes.js";
import { areDigits } from "../shared/classes.js";
import { wordsOf } from "../pad/answer.js";
import { asBytes, asDigit, doubtOf } from "../pad/drawn.js";
import { networkOf } from "../pad/network.js";
import { trustOf } from "../pad/trust.js";

export class Paper {
  // `show` has the pad show other data.
  /** @param {PadData} data @param {TalkSamples} samples @param {(data: PadData) => void} show */
  constructor(data, { images, labels }, show) {
    this.data = data;
    this.images = unpack(images, Uint8Array);
    this.labels = labels;
    this.show = show;
    this.sample = 1;
    this.networks = new Map(data.networks.map((network) => [network.key, networkOf(network)]));
    this.trusts = new Map(data.networks.filter(({ trust }) => trust).map(({ key, trust }) => [key, trustOf(trust)]));
  }

  // What the pad sends, as it would to the server.
  /** @param {string} name @param {any} value */
  hear(name, value) {
    if (name === "ink") this.read(value.strokes, 0);
    else if (name === "sample" && this.labels.length) {
      this.sample = (this.sample % this.labels.length) + 1;
      this.read([], this.sample);
    }
  }

  // Read a drawing, or the test image of this number, counted from 1.
  /** @param {number[][]} strokes @param {number} sample */
  read(strokes, sample) {
    const { side } = this.data, pixels = side ** 2, drawn = sample ? null : asDigit(strokes, side);
    const seen = sample ? this.images.slice((sample - 1) * pixels, sample * pixels) : drawn && asBytes(drawn);
    const image = sample ? Float32Array.from(seen, (value) => value / 255) : drawn;
    const label = sample ? this.labels[sample - 1] : null;
    const readers = this.data.readers.map((reader) => this.answered(reader, image, label, strokes));
    this.data = { ...this.data, readers, seen: seen ? pack(seen) : "", sample, strokes, networks: [] };
    this.show(this.data);
  }

  /** @param {PadReader} reader @param {Float32Array | null} image @param {number | null} label @param {number[][]} strokes */
  answered(reader, image, label, strokes) {
    const { unsure, second, orElse } = this.data, { classes, network } = reader;
    const probabilities = image && this.networks.get(network)(image), trust = image && this.trusts.get(network);
    const odd = label === null && areDigits(classes) ? doubtOf(strokes) : "";
    const { sure = undefined, strange = false } = trust ? trust(image, probabilities) : {};
    const doubt = odd || (strange ? "unlike those it has seen" : "");
    const answer = wordsOf(probabilities, label, { unsure, second, orElse, classes, doubt, sure });
    return { ...reader, answer, probabilities: probabilities ?? classes.map(() => null) };
  }
}
