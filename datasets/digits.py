"""Handwritten digits as a network takes them, and the small set that scikit-learn ships."""

import hashlib
import math
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

TEST_DIGITS = 360  # of 1,797: one in five, as nearly as it goes
TEN = tuple("0123456789")  # the classes of digits


class Kind(Enum):
    """The kinds of digits there are: what a reader, and a saved run, calls them, and their size."""

    MNIST = "MNIST", 28
    BUNDLED = "scikit-learn's digits", 8
    BROUGHT = "digits that a reader brought", 28

    def __init__(self, title: str, side: int) -> None:
        self.title = title
        self.side = side  # pixels along one edge of an image

    @property
    def pixels(self) -> int:
        """Pixels of an image."""
        return self.side**2

    @property
    def ink(self) -> int:
        """The darkest ink as a whole number."""
        return 16 if self is Kind.BUNDLED else 255

    @classmethod
    def titled(cls, title: str) -> "Kind":
        """The kind of that title. ValueError if there is none."""
        for kind in cls:
            if kind.title == title:
                return kind
        raise ValueError(f"no digits are called {title!r}")


class Subject(NamedTuple):
    """What images are of: as many outputs and words as a network on them has."""

    kind: Kind
    title: str  # what a sentence calls them; if a reader gave it, it may be anything
    side: int  # pixels along one edge of an image
    classes: tuple[str, ...] = TEN  # what each label stands for

    @classmethod
    def of(cls, kind: Kind) -> "Subject":
        """The usual one of a kind."""
        return cls(kind, kind.title, kind.side)

    @property
    def pixels(self) -> int:
        """Pixels of an image."""
        return self.side**2

    @property
    def digits(self) -> bool:
        """Whether they are digits, and not clothes or letters."""
        return set(self.classes) <= set(TEN)

    @property
    def things(self) -> str:
        """What a sentence calls some of them."""
        return "digits" if self.digits else "images"


class Digits(NamedTuple):
    """Images as rows of pixels, their labels, split for training and testing.

    A label is the number of a class; most often images are of digits, and their classes ten.

    Pixels are bytes from 0 to 255, a quarter of what numbers take; the bundled ones, which are few,
    are numbers. A network takes what `as_numbers` makes of some of them.
    """

    kind: Kind
    x_train: np.ndarray  # (n, side²) uint8, or float32 from 0 to 1
    t_train: np.ndarray  # (n,) int
    x_test: np.ndarray
    t_test: np.ndarray
    note: str = ""  # a line for the reader, if there is something to say about their origin
    digest: str = ""  # of all of them: the same for the same digits, wherever they come from
    name: str = ""  # under which they are kept, if a reader brought them; nobody can guess it
    title: str = ""  # if they are called otherwise than their kind
    classes: tuple[str, ...] = TEN  # what each label stands for

    @property
    def subject(self) -> Subject:
        """What they are of."""
        side = math.isqrt(self.x_test.shape[1])
        return Subject(self.kind, self.title or self.kind.title, side, self.classes)

    def numbers(self, images: int) -> "Digits":
        """All of them as numbers from 0 to 1, the first so many images for training."""
        return self._replace(
            x_train=as_numbers(self.x_train[:images]),
            t_train=self.t_train[:images],
            x_test=as_numbers(self.x_test),
        )

    def few(self, images: int) -> "Digits":
        """The first so many test images alone, for who only looks and must not hold all of them."""
        return self._replace(
            x_train=self.x_train[:0].copy(),
            t_train=self.t_train[:0].copy(),
            x_test=self.x_test[:images].copy(),
            t_test=self.t_test[:images].copy(),
        )

    @property
    def bytes(self) -> int:
        """What they take of the memory."""
        return sum(a.nbytes for a in (self.x_train, self.t_train, self.x_test, self.t_test))


def as_numbers(pixels: np.ndarray) -> np.ndarray:
    """Pixels from 0 to 1, float32, of bytes or of what they are already."""
    return pixels / np.float32(255) if pixels.dtype == np.uint8 else pixels


class Images(NamedTuple):
    """The same as bytes, as files have them: pixels from 0 to 255, and labels."""

    x_train: np.ndarray  # (n, side, side) uint8
    y_train: np.ndarray  # (n,) uint8
    x_test: np.ndarray
    y_test: np.ndarray

    @property
    def digest(self) -> str:
        """What names these images and labels, and no others."""
        digest = hashlib.sha256()
        for array in self:
            digest.update(f"{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()

    def digits(
        self,
        kind: Kind,
        note: str = "",
        name: str = "",
        title: str = "",
        classes: tuple[str, ...] = TEN,
    ) -> Digits:
        """As rows of pixels, which stay bytes; the bundled ones, which are few, become numbers."""
        x_train, x_test = (
            images.reshape(len(images), -1)
            if kind is not Kind.BUNDLED
            else images.reshape(len(images), -1) / np.float32(kind.ink)
            for images in (self.x_train, self.x_test)
        )
        t_train, t_test = (labels.astype(np.int64) for labels in (self.y_train, self.y_test))
        return Digits(
            kind, x_train, t_train, x_test, t_test, note, self.digest, name, title, classes
        )


def bundled_digits(note: str = "") -> Digits:
    """The 1,797 digits of 8×8 pixels that come with scikit-learn; needs no network.

    The split is drawn once, by a fixed seed, so that every reader has the same.
    """
    x, t = _shipped()
    order = np.random.default_rng(0).permutation(len(x))
    test, train = order[:TEST_DIGITS], order[TEST_DIGITS:]
    x, t = x.reshape(-1, 8, 8).astype(np.uint8), t.astype(np.uint8)
    return Images(x[train], t[train], x[test], t[test]).digits(Kind.BUNDLED, note)


def _shipped() -> tuple[np.ndarray, np.ndarray]:
    """scikit-learn's digits: pixels from 0 to 16, (1797, 64), and labels, from its own file.

    `load_digits` reads the same, but its import takes a second and 70 MB.
    """
    package = find_spec("sklearn")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("scikit-learn is missing: pip install -r requirements.txt")
    folder = Path(package.submodule_search_locations[0])
    rows = np.loadtxt(folder / "datasets" / "data" / "digits.csv.gz", delimiter=",")
    return rows[:, :-1], rows[:, -1].astype(int)
