// @ts-check
// The keys, declared once: the same key does the same on every page. A talk's clicker sends Page Up
// and Page Down.

/** @type {Record<string, Deed>} */
const DEEDS = {
  " ": "toggle",
  ArrowLeft: "back",
  PageUp: "back",
  ",": "back",
  ArrowRight: "on",
  PageDown: "on",
  ".": "on",
  Home: "first",
  End: "last",
  Escape: "close",
  p: "point",
  P: "pointBefore",
  b: "black",
  B: "black",
  n: "notes",
  N: "notes",
  t: "theme",
  T: "theme",
  s: "speaker",
  S: "speaker",
};
for (let digit = 1; digit <= 9; digit++) DEEDS[digit] = "choose";

// Where keys write, where they press, and where arrows move something of its own.
const TYPED = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const PRESSED = "button, a, summary, input[type=checkbox], input[type=radio], [role=button], [role=radio], [role=option]";
// A pill that was pressed keeps the focus; it has arrows of its own, but no use for Home and End.
const ENDED = "input[type=range], canvas[tabindex='0'], [role=slider], [role=tab], [role=grid], [role=listbox], [role=menu]";
const MOVED = `${ENDED}, [role=radio]`;

// What a key means at the place where it was pressed; nothing where it is somebody else's.
/** @param {KeyboardEvent & { target: any }} event @param {HTMLElement} own @returns {Deed | undefined} */
export function deedOf({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }, own) {
  const deed = Object.hasOwn(DEEDS, key) ? DEEDS[key] : undefined;
  if (ctrlKey || metaKey || altKey || defaultPrevented) return undefined;
  if (deed === "close" || !target.closest) return deed;
  if (target.closest(TYPED)) return undefined;
  if (deed === "toggle") return target.closest(PRESSED) ? undefined : deed;
  const named = deed !== "choose" && key.length > 1 && !key.startsWith("Page");
  const others = deed === "first" || deed === "last" ? ENDED : MOVED;
  return named && target.closest(others) && !own.contains(target) ? undefined : deed;
}

// Hear the keys for a part of the page until `signal` ends it. A deed that answers false has done
// nothing, and leaves the key to others.
/**
 * @param {HTMLElement} own
 * @param {AbortSignal} signal
 * @param {Partial<Record<Deed, (event: KeyboardEvent) => unknown>>} deeds
 */
export function hearKeys(own, signal, deeds) {
  document.addEventListener("keydown", (event) => {
    const act = own.isConnected && deeds[deedOf(/** @type {any} */ (event), own)];
    if (act && act(event) !== false) event.preventDefault();
  }, { signal });
}
