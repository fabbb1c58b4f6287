// @ts-check
// In a saved page: how high its picture can be, so that heading and caption fit above and below it.

function giveRoom() {
  const parts = [...document.body.querySelectorAll(":scope > h1, :scope > p")];
  const heights = [document.body, ...parts].map((part, k) => {
    const { marginTop, marginBottom } = getComputedStyle(part);
    return parseFloat(marginTop) + parseFloat(marginBottom) + (k ? /** @type {any} */ (part).offsetHeight : 0);
  });
  const rest = heights.reduce((sum, height) => sum + height) + 2;
  document.documentElement.style.setProperty("--room", `${innerHeight - rest}px`);
}

giveRoom();
addEventListener("resize", giveRoom);
