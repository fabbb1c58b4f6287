"""A digit drawn by hand, made into an image as the makers of MNIST made theirs (LeCun 1998)."""

import numpy as np
from PIL import Image

INK = 30  # of 255: a fainter pixel is paper
# The box that a digit is scaled to, by the side of the image: MNIST leaves four pixels around it,
# scikit-learn's digits fill theirs.
BOX = {28: 20, 8: 8}
# Where the centre of mass lies, in pixels from the edge: in the middle of MNIST's pixel 14.
CENTRE = {28: 14.5, 8: 4.0}


def as_digit(drawing: np.ndarray, side: int) -> np.ndarray | None:
    """What a network sees of a drawing (height, width) uint8, paper 0, ink 255.

    The ink is cut out, scaled into the box with its proportions kept, and laid so that its centre
    of mass is the image's centre. Returns (side²,) float32 from 0 to 1, or None if there is no ink.
    """
    rows, columns = (np.flatnonzero((drawing > INK).any(axis=axis)) for axis in (1, 0))
    if rows.size == 0:
        return None
    ink = Image.fromarray(drawing[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    scale = BOX[side] / max(ink.size)
    width, height = (max(1, round(length * scale)) for length in ink.size)
    small = np.asarray(ink.resize((width, height), Image.Resampling.BILINEAR), np.float32) / 255
    return _centred(small, side).ravel() if small.any() else None  # specks may scale to nothing


def _centred(small: np.ndarray, side: int) -> np.ndarray:
    """The small image in one of (side, side), its centre of mass as near the middle as fits."""
    image = np.zeros((side, side), np.float32)
    starts = []
    for axis, length in enumerate(small.shape):
        mass = small.sum(axis=1 - axis)
        centre = (mass * (np.arange(length) + 0.5)).sum() / mass.sum()
        starts.append(int(np.clip(round(CENTRE[side] - centre), 0, side - length)))
    top, left = starts
    image[top : top + small.shape[0], left : left + small.shape[1]] = small
    return image
