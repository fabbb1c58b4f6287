// @ts-check
// Words inside a PNG: chunks that every reader may pass over, as its standard says (iTXt).

const PNG_SIGN = 8; // bytes that every PNG begins with
const PNG_HEAD = 25; // bytes of its first chunk, which stays the first

/** @param {Uint8Array} bytes */
function crcOf(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

// A chunk that has words in UTF-8 under a name of letters.
/** @param {string} name @param {string} words */
function wordsChunk(name, words) {
  const body = new TextEncoder().encode(`iTXt${name}\0\0\0\0\0${words}`), chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(4 + body.length, crcOf(body));
  return chunk;
}

// A PNG with these words in it.
/** @param {Blob} png @param {Record<string, string>} words @returns {Promise<Blob>} */
export const withWords = async (png, words) => {
  const chunks = Object.entries(words).filter(([, said]) => said).map(([name, said]) => wordsChunk(name, said));
  const after = PNG_SIGN + PNG_HEAD;
  return new Blob([png.slice(0, after), ...chunks, png.slice(after)], { type: "image/png" });
};
