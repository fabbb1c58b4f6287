// @ts-check
// What a browser keeps for its reader, as texts by names: nobody is sent it. Where it keeps nothing,
// or has no room, there is nothing to be found, and that is no fault.

export const TAB = "sessionStorage"; // outlives a reload
export const BROWSER = "localStorage"; // outlives the visit

/** @typedef {typeof TAB | typeof BROWSER} Keeps */

/** @param {Keeps} where @param {string} name @returns {string | null} */
export function kept(where, name) {
  try {
    return window[where].getItem(name);
  } catch {
    return null;
  }
}

// Without a text it is forgotten.
/** @param {Keeps} where @param {string} name @param {string | null} text */
export function keep(where, name, text) {
  try {
    if (text === null) window[where].removeItem(name);
    else window[where].setItem(name, text);
  } catch { /* a browser that keeps nothing */ }
}

// A list of what passes for one; nothing where something else stands there.
/** @template T @param {string} name @param {(one: any) => one is T} isOne @returns {T[]} */
export function keptList(name, isOne) {
  try {
    const list = JSON.parse(kept(BROWSER, name) ?? "[]");
    return Array.isArray(list) ? list.filter(isOne) : [];
  } catch {
    return [];
  }
}

/** @param {string} name @param {unknown[]} list */
export const keepList = (name, list) => keep(BROWSER, name, list.length ? JSON.stringify(list) : null);
