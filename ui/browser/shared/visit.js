// @ts-check
// Go to an address of this app as its back button would: Streamlit hears of it, and loads nothing
// anew.

/** @param {string | URL} link */
export function visit(link) {
  history.pushState(null, "", new URL(link, location.href));
  window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
}
