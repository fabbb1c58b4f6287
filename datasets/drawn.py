"""A digit drawn as strokes, made into an image as the makers of the digits made theirs.

The browser follows the same rule (ui/browser/pad/drawn.js); a test holds the two to each other.
A stroke is (points, 2): x to the right and y down, in 1023rds of the paper. Where on the paper a
digit is drawn, and how large, makes no difference, for the pen grows with it.
"""

from collections.abc import Sequence

import numpy as np

PAPER = 1023  # along one edge of the paper; a point is two whole numbers from 0 to that
SPECK = 0.1  # a stroke smaller than this share of the largest is no part of the digit
DOT = 20  # nor is one smaller than that, whatever else is there
PEN = 2.4  # MNIST's, in pixels: with it there is as much ink on average
MIDDLE = 14.5  # where the centre of mass lies, both ways: in the middle of MNIST's pixel 14
ASIDE, BELOW = 0.06, 0.15  # of the drawing's longer side: wider gaps part two digits
HALF = 0.5  # of the drawing's height, or width, that each of two digits has at least
LONG = 5.5  # times the drawing's longer side: no digit takes so long a way of the pen
AT_ONCE = 256  # segments measured together: a long scribble must not fill the memory

Strokes = Sequence[np.ndarray]


def as_digit(strokes: Strokes, side: int) -> np.ndarray | None:
    """What a network sees of strokes: (side²,) float32 from 0 to 1; None if there is no digit."""
    kept = without_specks(strokes)
    if not kept:
        return None
    return (_as_bundled(kept) if side == 8 else _as_mnist(kept, side)).astype(np.float32).ravel()


def without_specks(strokes: Strokes) -> list[np.ndarray]:
    """The strokes that are large enough to be meant, as float64; a size is a box's longer side."""
    sizes = [float(np.ptp(stroke, axis=0).max()) for stroke in strokes]
    least = max([DOT, *(SPECK * size for size in sizes)])
    pairs = zip(strokes, sizes, strict=True)
    return [stroke.astype(np.float64) for stroke, size in pairs if size >= least]


def in_two_places(strokes: Strokes) -> bool:
    """Whether a gap parts the strokes in two that are both large: beside, or below each other."""
    boxes = [_corners([stroke]) for stroke in without_specks(strokes)]
    if len(boxes) < 2:
        return False
    low, high = np.array(boxes).transpose(1, 0, 2)
    longer = (high.max(axis=0) - low.min(axis=0)).max()
    for axis, gap in ((0, ASIDE), (1, BELOW)):
        order, across = np.argsort(low[:, axis]), 1 - axis
        whole = np.ptp([low[:, across].min(), high[:, across].max()])
        for k in range(1, len(order)):
            parts = order[:k], order[k:]
            apart = low[parts[1], axis].min() - high[parts[0], axis].max()
            sizes = [high[part, across].max() - low[part, across].min() for part in parts]
            if apart > gap * longer and min(sizes) >= HALF * whole:
                return True
    return False


def scribbled(strokes: Strokes) -> bool:
    """Whether the pen went a longer way than for any digit."""
    kept = without_specks(strokes)
    if not kept:
        return False
    low, high = _corners(kept)
    way = sum(float(np.hypot(*np.diff(stroke, axis=0).T).sum()) for stroke in kept)
    return bool(way > LONG * (high - low).max())


def _as_mnist(strokes: list[np.ndarray], side: int) -> np.ndarray:
    """As LeCun (1998) made MNIST: in a box of 20×20, its centre of mass in the middle of 28×28.

    Images of another side have the same in proportion. The pen's edge fades over one pixel.
    """
    low, high = _corners(strokes)
    scale = (20 - PEN) / (high - low).max()
    here = [(stroke - low) * scale for stroke in strokes]
    room = 28 - PEN / 2 - (high - low) * scale
    start = np.clip(MIDDLE - _centre(here), PEN / 2, room)
    unit = side / 28
    there = [(stroke + start) * unit for stroke in here]
    return np.clip(unit * PEN / 2 + 0.5 - distances(there, side), 0, 1)


def _as_bundled(strokes: list[np.ndarray]) -> np.ndarray:
    """As UCI's digits were made (Alpaydin and Kaynak 1998, with NIST's programs).

    A bitmap of 32×32, which the digit fills from top to bottom, set upright and with as much ink as
    any other; the image counts its pixels in blocks of 4×4. How upright, how wide and how much ink
    is measured on the bundled digits.
    """
    box, wide, pen, ink = 32, 19, 3.5, 312
    centre, slant = _centre(strokes), _slant(strokes)
    upright = [stroke - np.outer(stroke[:, 1] - centre[1], (slant, 0)) for stroke in strokes]
    low, high = _corners(upright)
    width, height = np.maximum(high - low, 1e-9)
    down = (box - pen) / height
    across = min((wide - pen) / width, 1.5 * down)  # a one stays narrow
    down = min(down, 8 * across)  # and a line that lies remains one
    there = [(stroke - (low + high) / 2) * (across, down) + box / 2 for stroke in upright]
    far = distances(there, box)
    blocks = (far <= np.sort(far, axis=None)[ink - 1]).reshape(8, 4, 8, 4)
    image: np.ndarray = blocks.mean(axis=(1, 3))
    return image


def _slant(strokes: list[np.ndarray]) -> float:
    """Units to the right for each unit down: the mean of two ways to see it.

    How the mass leans, and from where the top begins on the left to where the bottom does.
    """
    ways = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes])
    middles = np.concatenate([(stroke[1:] + stroke[:-1]) / 2 for stroke in strokes])
    lengths, (x, y) = np.hypot(*ways.T), (middles - _centre(strokes)).T
    wide, high = ways.T / 12**0.5  # a segment's own moments, around its middle
    mixed, upright = lengths @ (x * y + wide * high), lengths @ (y * y + high * high)
    leans = mixed / max(float(upright), 1e-9)
    points, (low, high) = np.concatenate(strokes), _corners(strokes)
    height = max(float(high[1] - low[1]), 1e-9)
    top = points[points[:, 1] <= low[1] + 0.1 * height, 0].min()
    bottom = points[points[:, 1] >= high[1] - 0.1 * height, 0].min()
    return float(np.clip((leans + (bottom - top) / height) / 2, -0.6, 0.6))


def distances(strokes: list[np.ndarray], side: int) -> np.ndarray:
    """How far the middle of each pixel is from the nearest stroke, (side, side), in pixels."""
    middles = np.arange(side) + 0.5
    x, y = np.tile(middles, side), np.repeat(middles, side)
    starts = np.concatenate([stroke[:-1] for stroke in strokes])
    ways = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes])
    lengths = np.maximum((ways**2).sum(axis=1), 1e-12)  # a pen that rests makes no way
    nearest = np.full(side * side, np.inf)
    for first in range(0, len(starts), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        dx, dy = x - starts[some, :1], y - starts[some, 1:]
        wx, wy = ways[some, :1], ways[some, 1:]
        along = np.clip((dx * wx + dy * wy) / lengths[some, None], 0, 1)
        squares = (dx - along * wx) ** 2 + (dy - along * wy) ** 2
        nearest = np.minimum(nearest, squares.min(axis=0))
    return np.sqrt(nearest).reshape(side, side)


def _corners(strokes: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The box around all strokes: the smallest x and y, and the largest."""
    points = np.concatenate(strokes)
    return points.min(axis=0), points.max(axis=0)


def _centre(strokes: list[np.ndarray]) -> np.ndarray:
    """The centre of mass (x, y) of lines that are everywhere equally heavy."""
    ways = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes])
    middles = np.concatenate([(stroke[1:] + stroke[:-1]) / 2 for stroke in strokes])
    lengths = np.hypot(*ways.T)
    centre: np.ndarray = lengths @ middles / lengths.sum()
    return centre


def centre_of(image: np.ndarray) -> np.ndarray:
    """The centre of mass (x, y) of an image (side, side) that has ink, in pixels."""
    middles = np.arange(len(image)) + 0.5
    centre: np.ndarray = np.array([image.sum(axis=0), image.sum(axis=1)]) @ middles / image.sum()
    return centre
