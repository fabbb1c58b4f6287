"""Handwritten digits as a network takes them, and the small set that scikit-learn ships."""

from typing import NamedTuple

import numpy as np

TEST_DIGITS = 360  # of 1,797: one in five, as nearly as it goes


class Digits(NamedTuple):
    """Images as rows of pixels from 0 to 1, labels from 0 to 9, split for training and testing."""

    name: str
    x_train: np.ndarray  # (n, side²) float32
    t_train: np.ndarray  # (n,) int
    x_test: np.ndarray
    t_test: np.ndarray
    note: str = (
        ""  # one line for the reader, if there is something to say about where they are from
    )

    @property
    def side(self) -> int:
        """Pixels along one edge of an image: 28 for MNIST, 8 for the bundled digits."""
        return round(self.x_train.shape[1] ** 0.5)


def bundled_digits(note: str = "") -> Digits:
    """The 1,797 digits of 8×8 pixels that come with scikit-learn; needs no network.

    The split is drawn once, by a fixed seed, so that every reader has the same.
    """
    from sklearn.datasets import load_digits  # takes a second, and MNIST's readers never need it

    x, t = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(x))
    test, train = order[:TEST_DIGITS], order[TEST_DIGITS:]
    x = (x / 16).astype(np.float32)
    return Digits("scikit-learn's digits", x[train], t[train], x[test], t[test], note)
