"""Pixels as bytes, whatever numbers a file has: up to 255, parts from 0 to 1, or from -1 to 1."""

from enum import Enum, auto

import numpy as np

from datasets.idx import DataError
from datasets.remedies import beyond, not_numbers

BUNDLED_INK = 16  # the darkest of scikit-learn's and UCI's digits, which have 8×8 pixels
ABOUT_MINUS_1 = -0.99
GROWS = 16_000_000  # bytes at a time, at most


class Scale(Enum):
    """From where to where pixels go."""

    WHOLE = auto()  # 0 to 255, as far as they were read
    PARTS = auto()  # 0 to 1
    SIGNED = auto()  # -1 to 1


class Pixels:
    """Room for pixels, filled piece by piece with numbers of any type; it grows if it must."""

    def __init__(self, name: str, count: int = 0) -> None:
        """`name` is what a reader calls the file, `count` how many pixels there are, if known."""
        self.name = name
        self._bytes = np.empty(count, np.uint8)
        self._done = 0
        self._low, self._high = 0.0, 0.0
        self._scale = Scale.WHOLE

    @property
    def note(self) -> str:
        """What was done with them, if that is not plain; "" if it is."""
        signed = self._scale is Scale.SIGNED
        return f"{self.name}: -1 is read as black, 1 as white." if signed else ""

    def add(self, numbers: np.ndarray) -> None:
        """The next numbers. DataError if no pixel can be like that."""
        if not numbers.size:
            return
        low, high = float(numbers.min()), float(numbers.max())
        if not (np.isfinite(low) and np.isfinite(high)):
            raise DataError(*not_numbers(self.name))
        self._low, self._high = min(self._low, low), max(self._high, high)
        broken = numbers.dtype.kind == "f" and bool((numbers != np.rint(numbers)).any())
        if self._low < 0:
            if self._low < -1 or self._high > 1 or numbers.dtype.kind != "f":
                raise DataError(*beyond(self.name, self._low, self._high))
            self._change(Scale.SIGNED)
        elif self._high > 255:
            raise DataError(*beyond(self.name, self._low, self._high))
        elif broken and high <= 1:
            self._change(Scale.PARTS)
        if self._scale is Scale.PARTS and self._high > 1:
            raise DataError(
                f"{self.name}: some of its pixels are from 0 to 1 and others larger: expected all "
                "of one kind, so divide the larger ones by 255."
            )
        if self._done + numbers.size > len(self._bytes):
            room = self._done + numbers.size + min(self._done, GROWS)
            self._bytes.resize(room, refcheck=False)
        into = self._bytes[self._done : self._done + numbers.size]
        match self._scale:
            case Scale.WHOLE:
                into[:] = np.rint(numbers)
            case Scale.PARTS:
                into[:] = np.rint(255 * numbers)
            case Scale.SIGNED:
                into[:] = np.rint(127.5 + 127.5 * numbers)
        self._done += numbers.size

    def keep(self, places: np.ndarray, each: int) -> None:
        """Of the images of so many pixels that were added only those at these places, in order."""
        before = self._bytes[: self._done].reshape(-1, each)
        before[: len(places)] = before[places]
        self._done = len(places) * each

    def _change(self, scale: Scale) -> None:
        """Bring what was read by now to another scale; it then was from 0 to 1."""
        before = self._bytes[: self._done]
        if self._scale is Scale.WHOLE and scale is not Scale.WHOLE:
            before *= 255
        if self._scale is not Scale.SIGNED and scale is Scale.SIGNED:
            before[:] = np.rint(127.5 + before / 2)
        self._scale = scale

    def whole(self, side: int) -> np.ndarray:
        """All of them as images (n, side, side) uint8, whose darkest ink is about 255.

        DataError if some are below 0 and none is -1, so that nobody knows what is black.
        """
        self._bytes.resize(self._done, refcheck=False)
        if self._scale is Scale.SIGNED and self._low > ABOUT_MINUS_1:
            raise DataError(*beyond(self.name, self._low, self._high))
        if self._scale is Scale.WHOLE:
            if self._high <= 1:
                self._bytes *= 255
            elif side == 8 and self._high <= BUNDLED_INK:
                self._bytes = np.rint(self._bytes * (255 / BUNDLED_INK)).astype(np.uint8)
        return self._bytes.reshape(-1, side, side)
