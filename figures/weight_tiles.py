"""What units listen to, a small picture each, all of them on one range of colours."""

import math
from typing import NamedTuple

import numpy as np

MOST_BYTES = 200_000  # that pictures take: 255 of MNIST's size
WITHIN = 99.5  # percent of the numbers: the strongest few would bleach all the others
FULL = 127  # the whole number that has the full colour


class WeightTiles(NamedTuple):
    """Whole numbers from −127 to 127, which stand for −full to +full and what lies beyond.

    A picture is a square: pixels lie in it where they lie in the image, units of a layer before row
    by row, and what is left over is 0.
    """

    side: int
    units: np.ndarray  # (shown,) which ones have a picture
    pictures: np.ndarray  # (shown, side²) int8
    full: float

    @property
    def places(self) -> dict[int, int]:
        """Where in `pictures` each unit's is."""
        return {int(unit): k for k, unit in enumerate(self.units)}


def weight_tiles(W: np.ndarray, units: np.ndarray | None = None) -> WeightTiles:
    """The columns of W (in, units), or of gradients of it; of too many the largest.

    `units` names those to show instead.
    """
    side = math.isqrt(len(W) - 1) + 1
    if units is None:
        largest = np.argsort(-np.linalg.norm(W, axis=0), kind="stable")
        units = np.sort(largest[: MOST_BYTES // side**2])
    shown = W[:, units].T
    full = float(np.percentile(np.abs(shown), WITHIN)) if shown.size else 0.0
    pictures = np.zeros((len(units), side**2), np.int8)
    if full:
        pictures[:, : len(W)] = np.clip(np.rint(shown * (FULL / full)), -FULL, FULL)
    return WeightTiles(side, units, pictures, full)
