"""Where in a panel words lie on no curve, and on no other words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

COLUMNS = 101  # a panel is looked at in so many columns, from its left edge to its right one
ROWS = 41  # and words in so many heights
NEAR = 0.02  # of the panel: what a curve's own width takes


class Box(NamedTuple):
    """Where words are, in shares of the panel."""

    left: float
    bottom: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        """Whether two of them lie on each other."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.bottom < other.bottom + other.height - 1e-9
            and other.bottom < self.bottom + self.height - 1e-9
        )


def free_box(
    width: float,
    height: float,
    curves: Sequence[tuple[np.ndarray, np.ndarray]],
    taken: Sequence[Box],
    wanted: tuple[float, float],
    lefts: Sequence[float] = (),
) -> Box:
    """The place for words of this size that is nearest to `wanted` (left, bottom).

    `curves` are x and y in shares of the panel, x rising. The words end at the panel's right edge,
    or begin at one of `lefts`. Where no place is free it is the one that the curves strike least,
    on no other words (`taken`) if there is room.
    """
    width, height = min(width, 1.0), min(height, 1.0)
    left, bottom = (
        axis.ravel() for axis in np.meshgrid(lefts or [1 - width], np.linspace(0, 1 - height, ROWS))
    )
    boxes = [
        Box(*place, width, height) for place in zip(left.tolist(), bottom.tolist(), strict=True)
    ]
    on_words = [any(box.meets(other) for other in taken) for box in boxes]
    struck = np.zeros(len(boxes), int)
    for curve in curves:
        if len(curve[0]):
            struck += _struck(left, bottom, width, height, *_span(*curve))
    away = np.hypot(left - wanted[0], bottom - wanted[1])
    return boxes[np.lexsort(np.array([away, struck, on_words]))[0]]


def _span(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From where to where a curve goes in each column, NaN where it is not."""
    at = np.interp(np.linspace(0, 1, COLUMNS), x, y, left=np.nan, right=np.nan)
    beside = np.stack([at, np.roll(at, -1), np.roll(at, 1)])
    beside[1, -1] = beside[2, 0] = np.nan
    return np.fmin.reduce(beside), np.fmax.reduce(beside)


def _struck(
    left: np.ndarray,
    bottom: np.ndarray,
    width: float,
    height: float,
    low: np.ndarray,
    high: np.ndarray,
) -> np.ndarray:
    """In how many of its columns a curve runs through each box, (boxes,)."""
    columns, left, bottom = np.linspace(0, 1, COLUMNS), left[:, np.newaxis], bottom[:, np.newaxis]
    here = (columns >= left - NEAR) & (columns <= left + width + NEAR)
    through = (high > bottom - NEAR) & (low < bottom + height + NEAR)
    struck: np.ndarray = (here & through).sum(axis=1)
    return struck
