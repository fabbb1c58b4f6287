// @ts-check
// When an element gets another size.

// An element that leaves the page gets one, too, before its part is told to end: then it has no
// colours to be painted in.
/** @param {() => void} does @param {Element[]} elements */
export function whenResized(does, ...elements) {
  const observer = new ResizeObserver(() => elements[0].isConnected && does());
  for (const element of elements) observer.observe(element);
  return observer;
}
