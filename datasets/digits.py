"""Handwritten digits as a network takes them, and the small set that scikit-learn ships."""

from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

TEST_DIGITS = 360  # of 1,797: one in five, as nearly as it goes


class Kind(Enum):
    """The kinds of digits there are: what a reader, and a saved run, calls them, and their size."""

    MNIST = "MNIST", 28
    BUNDLED = "scikit-learn's digits", 8

    def __init__(self, title: str, side: int) -> None:
        self.title = title
        self.side = side  # pixels along one edge of an image

    @property
    def pixels(self) -> int:
        """Pixels of an image."""
        return self.side**2

    @classmethod
    def titled(cls, title: str) -> "Kind":
        """The kind of that title. ValueError if there is none."""
        for kind in cls:
            if kind.title == title:
                return kind
        raise ValueError(f"no digits are called {title!r}")


class Digits(NamedTuple):
    """Images as rows of pixels from 0 to 1, labels from 0 to 9, split for training and testing."""

    kind: Kind
    x_train: np.ndarray  # (n, side²) float32
    t_train: np.ndarray  # (n,) int
    x_test: np.ndarray
    t_test: np.ndarray
    note: str = ""  # a line for the reader, if there is something to say about their origin


def bundled_digits(note: str = "") -> Digits:
    """The 1,797 digits of 8×8 pixels that come with scikit-learn; needs no network.

    The split is drawn once, by a fixed seed, so that every reader has the same.
    """
    x, t = _shipped()
    order = np.random.default_rng(0).permutation(len(x))
    test, train = order[:TEST_DIGITS], order[TEST_DIGITS:]
    x = (x / 16).astype(np.float32)
    return Digits(Kind.BUNDLED, x[train], t[train], x[test], t[test], note)


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
