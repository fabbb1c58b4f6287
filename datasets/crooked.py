"""Crooked copies: each digit drawn anew, a little as another hand might have drawn it."""

import math
from typing import NamedTuple

import numpy as np

from datasets.drawn import MIDDLE, PEN, centre_of, distances

MARKED = 0.3  # of the ones, zeros and sevens get what some people draw with them


class Most(NamedTuple):
    """How crooked a copy is at most, either way."""

    turn: float  # radians
    slant: float  # pixels sideways for each pixel down
    wide: float  # logarithm of how many times as wide, and as high
    thick: float  # share of the way to the darkest, or to the lightest, of a pixel's neighbours


# By the side of the image. MNIST's digits have paper around them; the bundled ones fill theirs, and
# were set upright when they were made.
MOST = {28: Most(math.radians(15), 0.3, 0.15, 0.7), 8: Most(math.radians(8), 0.2, 0.15, 0.0)}


def crooked(
    x: np.ndarray, t: np.ndarray, rng: np.random.Generator, marks: bool = True
) -> np.ndarray:
    """Copies of images x (n, side²), float32 from 0 to 1, whose labels are t (n,).

    Each is turned, slanted, made wider or narrower, thicker or thinner, by chance. Some of MNIST's
    ones get a flag, and of these some a foot; some zeros a slash, some sevens a bar;
    `marks` is false for images of anything but digits.
    """
    side = round(x.shape[1] ** 0.5)
    images = x.reshape(-1, side, side)
    if side == 28 and marks:
        images = marked(images, t, rng)
    return bent(images, MOST.get(side, MOST[28]), rng).reshape(x.shape)


def bent(images: np.ndarray, most: Most, rng: np.random.Generator) -> np.ndarray:
    """Images (n, side, side), each turned, slanted, stretched and thickened by chance."""
    n, side, _ = images.shape
    chance = rng.uniform(-1, 1, (5, n, 1, 1)).astype(np.float32)
    turn, slant = most.turn * chance[0], most.slant * chance[1]
    wide, high = np.exp(most.wide * chance[2:4])
    # From where in the image each pixel of the copy comes, seen from the middle.
    from_middle = np.arange(side, dtype=np.float32) - np.float32((side - 1) / 2)
    down = from_middle[:, np.newaxis]
    across = from_middle + slant * down
    x = (np.cos(turn) * across - np.sin(turn) * down) / wide
    y = (np.sin(turn) * across + np.cos(turn) * down) / high
    return _thickened(_looked_up(images, x, y), most.thick * chance[4])


def _looked_up(images: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """What images have at places x, y from their middle, between four pixels; paper beyond."""
    n, side, _ = images.shape
    wide = side + 3  # with paper around
    padded = np.pad(images, ((0, 0), (1, 2), (1, 2))).ravel()
    middle, end = np.float32((side - 1) / 2 + 1), np.float32(side + 0.999)
    x, y = np.clip(x + middle, 0, end), np.clip(y + middle, 0, end)
    column, row = x.astype(np.int32), y.astype(np.int32)
    x -= column
    y -= row
    at = row * wide + column + wide**2 * np.arange(n, dtype=np.int32)[:, np.newaxis, np.newaxis]
    upper = (1 - x) * padded.take(at) + x * padded.take(at + 1)
    lower = (1 - x) * padded.take(at + wide) + x * padded.take(at + wide + 1)
    looked_up: np.ndarray = (1 - y) * upper + y * lower
    return looked_up


def _thickened(images: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Images with each pixel moved so far to its darkest neighbour, or, below 0, its lightest."""
    around = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    darkest, lightest = images.copy(), images.copy()
    for rows, columns in ((0, 1), (2, 1), (1, 0), (1, 2)):
        beside = around[:, rows : rows + images.shape[1], columns : columns + images.shape[2]]
        np.maximum(darkest, beside, out=darkest)
        np.minimum(lightest, beside, out=lightest)
    more, less = np.maximum(share, 0), np.maximum(-share, 0)
    thickened: np.ndarray = images + more * (darkest - images) + less * (lightest - images)
    return thickened


def marked(images: np.ndarray, t: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """MNIST's images (n, 28, 28), where some ones, zeros and sevens got a further line."""
    chance = rng.uniform(size=(len(t), 6))
    images = images.copy()
    for i in np.flatnonzero((chance[:, 0] < MARKED) & np.isin(t, tuple(MARKS))):
        image = images[i]
        ink = np.argwhere(image > 0.5)[:, ::-1] + 0.5
        if len(ink) == 0:
            continue
        pen = PEN + 1.4 * (chance[i, 5] - 0.5)
        for line in MARKS[int(t[i])](ink, chance[i, 1:]):
            drawn = np.clip(pen / 2 + 0.5 - distances([np.array(line)], 28), 0, 1)
            np.maximum(image, drawn, out=image)
        right, down = np.rint(MIDDLE - centre_of(image)).astype(int)
        images[i] = np.roll(image, (down, right), axis=(0, 1))
    return images


Line = tuple[tuple[float, float], tuple[float, float]]  # from x, y to x, y


def _flag(ink: np.ndarray, chance: np.ndarray) -> list[Line]:
    """A one's flag, which comes down from its top on the left, and perhaps its foot.

    `ink` (n, 2) is where the pixels with ink are, x and y, from the top to the bottom.
    """
    (x, top), (below, bottom) = ink[0], ink[-1]
    flag = ((x, top + 1), (x - 3 - 5 * chance[0], top + 2 + 7 * chance[1]))
    foot = ((below - 2 - 4 * chance[2], bottom), (below + 2 + 4 * chance[3], bottom))
    return [flag, foot] if chance[2] < 0.5 else [flag]


def _slash(ink: np.ndarray, chance: np.ndarray) -> list[Line]:
    """A zero's slash, from the upper right to the lower left."""
    low, high = ink.min(axis=0), ink.max(axis=0)
    (x, y), (right, down) = (low + high) / 2, (high - low) / 2 * (0.8 + 0.5 * chance[0])
    right *= 0.6 + 0.5 * chance[1]
    return [((x + right, y - down), (x - right, y + down))]


def _bar(ink: np.ndarray, chance: np.ndarray) -> list[Line]:
    """A seven's bar, across the middle of its stem."""
    y = (ink[0, 1] + ink[-1, 1]) / 2 + 2 * chance[1]
    x = ink[np.abs(ink[:, 1] - y).argmin(), 0]
    tilt = chance[3] - 0.5
    return [((x - 2 - 3 * chance[0], y + tilt), (x + 2 + 3 * chance[2], y - tilt))]


MARKS = {0: _slash, 1: _flag, 7: _bar}
