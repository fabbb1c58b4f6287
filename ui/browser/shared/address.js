// @ts-check

// Put a parameter into the page's address, or take it out, and leave all others as they are.
/** @param {AddressPart} part */
export function putInAddress({ name, value }) {
  const address = new URL(location.href);
  if ((address.searchParams.get(name) ?? "") === value) return;
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}
