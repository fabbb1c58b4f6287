"""What is found in files: arrays that may be images, or labels, told apart by their shapes."""

import hashlib
import math
import re
from typing import NamedTuple

import numpy as np

from datasets.idx import DataError
from datasets.remedies import (
    beyond_the_labels,
    flat_colours,
    last_axis,
    other_sizes,
    too_many_classes,
    transparent,
)

SIDES = range(8, 65)  # of a square image, in pixels
MOST_CLASSES = 62  # ten digits and twice 26 letters
EXPECTED = (
    "images as (n, 784), (n, 28, 28) or (n, 28, 28, 1), squares of 8×8 to 64×64 pixels, and labels"
)
TRAIN, TEST, VALIDATION = "train", "test", "validation"
PARTS = {
    TEST: re.compile(r"(?<![a-z])[xy]?(test|t10k)"),
    VALIDATION: re.compile(r"(?<![a-z])[xy]?val"),
    TRAIN: re.compile(r"(?<![a-z])[xy]?train"),
}
A_NAME = 60  # letters of a file's name that a sentence has room for


class NotData(DataError):
    """A file of a kind that is of no use here; in an archive it may lie beside others that are."""


class Found(NamedTuple):
    """Images, or the labels of some, as a file has them."""

    name: str  # as a reader calls it
    part: str  # TRAIN, TEST or VALIDATION, if its name says so
    array: np.ndarray  # images (n, side, side) uint8; labels (n, …) of any type
    sums: frozenset[str] = frozenset()  # MD5 of its file, packed and unpacked, and as IDX has it
    rows: np.ndarray | None = None  # which of the file's images these are; None for all of them
    in_file: int = 0  # images there are in the file, where some alone were taken
    notes: tuple[str, ...] = ()  # what was done with them: a sentence each

    @property
    def images(self) -> bool:
        """Whether it is images."""
        return self.array.ndim == 3

    @property
    def of(self) -> int:
        """How many images or labels the file has."""
        return self.in_file or len(self.array)

    @property
    def whole(self) -> bool:
        """Whether all that its file has was taken."""
        return len(self.array) == self.of

    @property
    def pixels(self) -> int:
        """Pixels of an image."""
        return self.array[0].size


class Layout(NamedTuple):
    """How the images in an array lie."""

    side: int  # pixels along one edge; 0 where there are labels
    colours: str = ""  # "last" as (n, side, side, 3), "first" as (n, 3, side, side); "" for grey

    @property
    def numbers(self) -> int:
        """Numbers of an image."""
        return self.side**2 * (3 if self.colours else 1)


def part_of(*names: str) -> str:
    """Which part of a set the first of these names tells of that tells any."""
    for name in names:
        for part, told in PARTS.items():
            if told.search(name.lower()):
                return part
    return ""


def layout_of(name: str, shape: tuple[int, ...]) -> Layout:
    """How the images lie that an array of this shape has; of side 0 if it has labels.

    DataError if it can be neither.
    """
    inner = [length for length in shape[1:] if length != 1]
    if 0 in shape:
        raise DataError(f"{name}: is {shape}, which is no usable size: expected {EXPECTED}.")
    if shape and not inner:
        return Layout(0)
    if is_a_row(shape):
        return Layout(0)
    if last := images_last(shape):
        raise NotData(*last_axis(name, shape, last))
    if len(inner) == 1:
        if side := side_of(inner[0]):
            return Layout(side)
        if inner[0] <= MOST_CLASSES:
            return Layout(0)
        if side_in_colour(inner[0]):
            raise DataError(*flat_colours(name, inner[0]))
    if len(inner) == 2:
        return Layout(_square(name, shape, inner[0], inner[1], ""))
    if len(inner) == 3 and 3 in (inner[0], inner[-1]):
        if inner[-1] == 3:
            return Layout(_square(name, shape, inner[0], inner[1], "last"), "last")
        return Layout(_square(name, shape, inner[1], inner[2], "first"), "first")
    if len(inner) == 3 and inner[-1] in (2, 4):
        raise DataError(*transparent(name, shape, inner[-1]))
    raise NotData(f"{name}: is {shape}: expected {EXPECTED}.")


def is_a_row(shape: tuple[int, ...]) -> bool:
    """Whether an array has labels beside each other, (1, n), as MATLAB has them."""
    return len(shape) == 2 and shape[0] == 1 and shape[1] > MOST_CLASSES and not side_of(shape[1])


def images_last(shape: tuple[int, ...]) -> int:
    """How many images an array has whose last axis counts them; 0 if none has.

    As MATLAB has them, (28, 28, n) or (32, 32, 3, n), or with an image a column, (784, n).
    """
    if len(shape) < 2:
        return 0
    first, last = shape[0], shape[-1]
    if len(shape) == 2:
        as_rows = side_of(last) or side_of(last - 1) or side_in_colour(last) or last <= MOST_CLASSES
        return last if side_of(first) and not as_rows else 0
    square = first == shape[1] != last and first in SIDES
    return last if square and shape[2:-1] in ((), (1,), (3,)) and last > 4 else 0


def side_of(pixels: int) -> int:
    """The side of a small square of so many pixels; 0 if there is none."""
    side = math.isqrt(max(pixels, 0))
    return side if side**2 == pixels and side in SIDES else 0


def _square(name: str, shape: tuple[int, ...], rows: int, columns: int, colours: str) -> int:
    if rows != columns or rows not in SIDES:
        raise DataError(*other_sizes(name, shape, rows, columns, colours))
    return rows


def side_in_colour(numbers: int) -> int:
    """The side of a square image in three colours that has so many numbers; 0 if none has."""
    side = math.isqrt(numbers // 3)
    return side if 3 * side**2 == numbers and side in SIDES else 0


def as_labels(found: Found) -> np.ndarray:
    """Its labels: whole numbers (n,) int64, or texts (n,).

    One-hot rows and QMNIST's eight columns, of which the first is the class, are labels, too.
    DataError if they are neither.
    """
    name, array = found.name, found.array.reshape(len(found.array), -1)
    if array.dtype.kind in "US":
        return np.char.strip(array[:, 0].astype(str))
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise DataError(
            f"{name}: has labels that are no numbers (NaN): expected whole numbers, so leave the "
            "images out that have none."
        )
    if array.dtype.kind == "f" and (array != np.rint(array)).any():
        raise DataError(
            f"{name}: has labels such as {_odd(array):g}: expected whole numbers, so give each "
            "class a number of its own."
        )
    if array.shape[1] > 1:
        if ((array == 0) | (array == 1)).all() and (array.sum(axis=1) == 1).all():
            return array.argmax(axis=1)
        if array.shape[1] != 8:
            raise DataError(
                f"{name}: has {array.shape[1]} numbers a label: expected one, or one-hot rows "
                "with a single 1, or QMNIST's eight columns."
            )
    labels: np.ndarray = array[:, 0]
    low, high = int(labels.min()), int(labels.max())
    if low < 0 or high >= MOST_CLASSES:
        if (classes := len(np.unique(labels))) > MOST_CLASSES:
            span = f"with labels from {low} to {high}"
            raise DataError(*too_many_classes(name, span, classes, MOST_CLASSES))
        raise DataError(*beyond_the_labels(name, low if low < 0 else high, MOST_CLASSES))
    return labels.astype(np.int64)


def _odd(array: np.ndarray) -> float:
    return float(array[array != np.rint(array)][0])


def idx_sum(array: np.ndarray) -> str:
    """The MD5 that an IDX file of these bytes has."""
    counts = np.array(array.shape, ">u4").tobytes()
    digest = hashlib.md5(bytes([0, 0, 8, array.ndim]) + counts, usedforsecurity=False)
    digest.update(np.ascontiguousarray(array, np.uint8).data)
    return digest.hexdigest()


def said(name: str) -> str:
    """A file's name as a sentence can have it: printable, and not too long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in name)
    return plain if len(plain) <= A_NAME else f"{plain[: A_NAME - 1]}…"
