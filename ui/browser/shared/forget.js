// @ts-check
// Where the reader of walks and films was, and what they placed: a scene begins as its address says.
export function forget() {
  for (const kept of [globalThis.glassboxWalks, globalThis.glassboxFilms, globalThis.glassboxDrafts]) {
    for (const key of Object.keys(kept ?? {})) delete kept[key];
  }
}
