// @ts-check
// The runs that this browser has seen, in its own storage: nobody is sent them.

const RUNS_SEEN = "glassbox-runs";
const MOST_SEEN = 20;

// What is kept, the latest first; nothing where there is no storage, or something else in it.
/** @returns {SeenRun[]} */
export function runsSeen() {
  try {
    const kept = JSON.parse(localStorage.getItem(RUNS_SEEN) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRun) : [];
  } catch {
    return [];
  }
}

/** @param {any} one @returns {one is SeenRun} */
const isRun = (one) => typeof one?.run === "string" && typeof one.at === "number"
  && typeof one.settings === "object" && one.settings !== null
  && Object.values(one.settings).every((value) => typeof value === "string");

/** @param {SeenRun[]} runs */
function keep(runs) {
  try {
    if (runs.length) localStorage.setItem(RUNS_SEEN, JSON.stringify(runs.slice(0, MOST_SEEN)));
    else localStorage.removeItem(RUNS_SEEN);
  } catch {
    // there is no room, or no storage: then nothing is listed
  }
}

/** @param {string} run @param {Record<string, string>} settings */
export function remember(run, settings) {
  keep([{ run, settings, at: Date.now() }, ...runsSeen().filter((one) => one.run !== run)]);
}

// Forget one, or all.
/** @param {string} [run] */
export function forget(run) {
  keep(run === undefined ? [] : runsSeen().filter((one) => one.run !== run));
}

// What a run has otherwise than another, in words.
/** @param {Record<string, string>} one @param {Record<string, string>} here */
export function otherwise(one, here) {
  const names = Object.keys(here).filter((name) => one[name] !== here[name]);
  return names.length ? names.map((name) => `${name} ${one[name] ?? "unknown"}`).join(", ") : "the same settings";
}
