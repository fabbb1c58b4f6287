// @ts-check
// A link to this page may bring a TensorFlow Playground link as it is, ?playground=https://…/#…:
// browsers keep all from the # on to themselves. So the page is asked for again, with that in it.

const THEIRS = /[#&](networkShape|dataset|regDataset|learningRate|activation)=/;

export function sendRest() {
  const arrived = performance.getEntriesByType("navigation")[0]?.name;
  const { hash } = new URL(arrived ?? location.href);
  if (globalThis.glassboxRestSent || !THEIRS.test(hash)) return;
  globalThis.glassboxRestSent = true;
  location.replace(`${location.pathname}?${new URLSearchParams({ playground: hash })}`);
}
