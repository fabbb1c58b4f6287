// Where everything is: the network, the plane, and a column of curves, counts and hidden space.

const ROOMY = 26; // lines of text that must fit before counts and hidden space are shown

// With a panel open the curves make room for it.
function layoutOf(width, height, size, opened) {
  const right = Math.max(0.24 * width, 15 * size);
  const side = Math.max(60, Math.min(height - 3.3 * size, 0.37 * width - 2 * size));
  const planeX = width - right - side - 0.5 * size;
  const box = {
    network: { x: 0, y: 0.2 * size, width: planeX - 3.2 * size, height: height - 0.4 * size },
    plane: { x: planeX, y: 1.7 * size, side },
  };
  const x = width - right + 3.6 * size, inner = right - 4.2 * size;
  const roomy = height > ROOMY * size;
  const free = height - (roomy ? 14.2 : 5.2) * size;
  const shares = !roomy ? [0.62, 0.38] : opened ? [0.24, 0.12] : [0.36, 0.2];
  const [loss, accuracy] = shares.map((share) => share * free);
  box.loss = { x, y: 1.7 * size, width: inner, height: loss };
  box.accuracy = { x, y: box.loss.y + loss + 1.8 * size, width: inner, height: accuracy };
  const below = box.accuracy.y + accuracy + 1.9 * size;
  box.panel = { x: width - right + size, y: below, width: right - size };
  if (roomy) {
    const left = width - right + 1.6 * size;
    box.matrix = { x: left, y: below, width: width - left };
    box.tabs = { x: left, y: below + 4.7 * size };
    const y = box.tabs.y + 2 * size;
    box.space = { x: left + 0.8 * size, y, width: width - left - 1.2 * size, height: height - y - 1.7 * size };
  } else {
    box.panel.y = 0;
  }
  return box;
}
