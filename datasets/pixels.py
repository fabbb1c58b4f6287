"""Pixels as bytes, whatever numbers a file has: whole ones up to 255, or parts from 0 to 1."""

from collections.abc import Iterable

import numpy as np

from datasets.idx import DataError

BUNDLED_INK = 16  # the darkest of scikit-learn's and UCI's digits, which have 8×8 pixels


class Pixels:
    """Room for pixels, filled piece by piece with numbers of any type; it grows if it must."""

    def __init__(self, name: str, count: int = 0) -> None:
        """`name` is what a reader calls the file, `count` how many pixels there are, if known."""
        self.name = name
        self._bytes = np.empty(count, np.uint8)
        self._done = 0
        self._most = 0.0
        self._parts = False  # whether the numbers are parts of 1

    def add(self, numbers: np.ndarray) -> None:
        """The next numbers. DataError if no pixel can be like that."""
        if not numbers.size:
            return
        low, high = float(numbers.min()), float(numbers.max())
        if not (np.isfinite(low) and np.isfinite(high)):
            raise DataError(
                f"{self.name}: has pixels that are no numbers (NaN or infinite): expected 0 to "
                "255, or 0 to 1."
            )
        if low < 0 or high > 255:
            raise DataError(
                f"{self.name}: its pixels go from {low:g} to {high:g}: expected 0 to 255, or 0 "
                "to 1."
            )
        parts = numbers.dtype.kind == "f" and bool((numbers != np.rint(numbers)).any())
        if high > 1 and self._parts:
            raise self._mixed()
        if parts and high <= 1:
            if self._most > 1:
                raise self._mixed()
            if not self._parts:
                self._bytes[: self._done] *= 255
            self._parts = True
        if self._done + numbers.size > len(self._bytes):
            self._bytes.resize(2 * self._done + numbers.size, refcheck=False)
        into = self._bytes[self._done : self._done + numbers.size]
        into[:] = np.rint(numbers * 255) if self._parts else np.rint(numbers)
        self._done += numbers.size
        self._most = max(self._most, high)

    def _mixed(self) -> DataError:
        return DataError(
            f"{self.name}: some of its pixels are from 0 to 1 and others larger: expected all of "
            "one kind."
        )

    def whole(self, side: int) -> np.ndarray:
        """All of them as images (n, side, side) uint8, whose darkest ink is about 255."""
        self._bytes.resize(self._done, refcheck=False)
        if not self._parts:
            if self._most <= 1:
                self._bytes *= 255
            elif side == 8 and self._most <= BUNDLED_INK:
                self._bytes = np.rint(self._bytes * (255 / BUNDLED_INK)).astype(np.uint8)
        return self._bytes.reshape(-1, side, side)


def as_images(name: str, pieces: Iterable[np.ndarray], count: int, side: int) -> np.ndarray:
    """So many pixels from pieces of numbers, as images (n, side, side) uint8."""
    pixels = Pixels(name, count)
    for piece in pieces:
        pixels.add(piece)
    return pixels.whole(side)
