// @ts-check
// A picture's small menu: what it can be saved as, and, where it can be zoomed, the way back to all
// of it.

import { finder } from "./elements.js";

const NOT_READ = "This browser does not let a page read its own pictures.";
const FAILED = "That could not be saved. The picture on the page is as it was.";

// Put the menu inside an element to work. `offers` says what it does now, by the names of its items;
// each gets what says how far it is. The other items are not shown.
/** @param {HTMLElement} root @param {() => Record<string, (voice: MenuVoice) => unknown>} offers */
export function serveMenu(root, offers) {
  const menu = /** @type {HTMLElement} */ (root.querySelector(".gj")), find = finder(menu, "gj");
  const more = find("more"), list = find("list"), told = find("told");
  const items = () => [...list.children].filter((item) => !item.hidden);

  /** @param {boolean} open */
  const open = (open) => {
    for (const item of list.children) item.hidden = !(nameOfItem(item) in offers());
    list.hidden = !open;
    more.setAttribute("aria-expanded", `${open}`);
  };
  const shut = () => {
    open(false);
    more.focus();
  };
  more.onclick = (event) => {
    open(list.hidden);
    if (!list.hidden && !event.detail) items()[0].focus(); // it was a key
    else more.focus(); // not every browser does so by itself
  };
  menu.onkeydown = (event) => {
    if (list.hidden && !(event.target === more && event.key === "ArrowDown")) return;
    const at = items().indexOf(event.target), last = items().length - 1;
    const to = {
      ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last,
    }[event.key];
    if (event.key === "Tab") return shut(); // and go on from there
    if (event.key === "Escape") shut();
    else if (to !== undefined) {
      open(true);
      items()[to].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation(); // the page knows these keys, too
  };
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (menu.contains(/** @type {Node} */ (relatedTarget))) return;
    open(false);
    if (find("stop").hidden) told.hidden = true;
  });

  const voice = {
    /** @param {string} words @param {() => void} [stop] */
    say(words, stop) {
      told.hidden = !words;
      if (find("said").textContent !== words) find("said").textContent = words;
      find("stop").hidden = !stop;
      find("stop").onclick = stop;
    },
  };
  for (const item of list.children) {
    item.onclick = async () => {
      shut();
      voice.say("");
      try {
        await offers()[nameOfItem(item)](voice);
      } catch (/** @type {any} */ error) {
        voice.say(error.plain ?? (error.name === "SecurityError" ? NOT_READ : FAILED));
      }
    };
  }
}

/** @param {Element} item */
const nameOfItem = (item) => item.className.slice("gj-".length);
