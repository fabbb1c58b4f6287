"""How far a network is to be trusted on what people draw, found on digits it has not seen."""

from typing import NamedTuple

import numpy as np

from datasets.crooked import crooked
from datasets.digits import Digits, as_numbers
from nn_core import Sequential, SoftmaxCrossEntropy

WAYS = 20  # in which the digits of a class differ most from their mean
LOOKED_AT = 30_000  # training digits, to learn how a class looks
COPIES = 3  # crooked ones of every test digit
RIGHT = 0.9995  # of the crooked copies said to be sure; people draw more freely, so more than 0.99
STRANGE = 0.92  # the share of the copies that are as like their class as a digit has to be


class Trust(NamedTuple):
    """From when on an answer is sure, and how the digits of each class look."""

    means: np.ndarray  # (10, pixels) of crooked copies
    ways: np.ndarray  # (10, WAYS, pixels): the principal components of each class, of length 1
    too_strange: float
    sure_from: float  # the probability

    def strangeness(self, x: np.ndarray, read: np.ndarray) -> np.ndarray:
        """The share of the ink of x (n, pixels) that is not as in the classes read, (n,).

        What the class' mean and its ways leave of an image, squared and summed, beside the image.
        """
        off = x - self.means[read]
        along = np.einsum("np,nwp->nw", off, self.ways[read])
        rest = (off**2).sum(axis=1) - (along**2).sum(axis=1)
        share: np.ndarray = rest / np.maximum((x**2).sum(axis=1), 1e-12)
        return share

    def sure(self, x: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
        """Which answers to images x (n, pixels) are sure, (n,); probabilities are (n, 10)."""
        return self.judged(x, probabilities)[0]

    def judged(self, x: np.ndarray, probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which answers are sure, and which images too strange to be, (n,) each."""
        read, likely = probabilities.argmax(axis=1), probabilities.max(axis=1)
        strange = self.strangeness(x, read) > self.too_strange
        return (likely >= self.sure_from) & ~strange, strange


def trust_in(net: Sequential, digits: Digits, seed: int = 0) -> Trust:
    """How far a network is to be trusted, by crooked copies of digits that it has not seen."""
    rng = np.random.default_rng(seed)
    x, t = as_numbers(digits.x_train[:LOOKED_AT]), digits.t_train[:LOOKED_AT]
    means, ways = looks(crooked(x, t, rng), t)
    trust = Trust(means, ways, np.inf, 1.0)
    t = np.tile(digits.t_test, COPIES)
    x = crooked(np.tile(as_numbers(digits.x_test), (COPIES, 1)), t, rng)
    probabilities = SoftmaxCrossEntropy().output(net.predict(x))
    read, likely = probabilities.argmax(axis=1), probabilities.max(axis=1)
    strangeness = np.concatenate(
        [trust.strangeness(*some) for some in zip(_parts(x), _parts(read), strict=True)]
    )
    too_strange = float(np.quantile(strangeness, STRANGE))
    usual = strangeness <= too_strange
    return trust._replace(
        too_strange=too_strange, sure_from=threshold(likely[usual], (read == t)[usual], RIGHT)
    )


def looks(x: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean of each class of x (n, pixels), (10, pixels), and its WAYS, (10, WAYS, pixels)."""
    means, ways = [], []
    for digit in range(10):
        of_it = x[t == digit]
        means.append(of_it.mean(axis=0))
        _, directions = np.linalg.eigh(np.cov(of_it - means[-1], rowvar=False))
        ways.append(directions[:, : -WAYS - 1 : -1].T)
    return np.array(means, np.float32), np.array(ways, np.float32)


def threshold(likely: np.ndarray, right: np.ndarray, share: float) -> float:
    """The lowest probability such that of the answers at least so likely this share is right."""
    order = np.argsort(-likely, kind="stable")
    good = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(good >= share)
    return float(likely[order[enough[-1]]]) if enough.size else 1.0


def _parts(array: np.ndarray) -> list[np.ndarray]:
    """A long array in pieces, so that the pictures of ways for each row fit the memory."""
    return np.array_split(array, max(1, len(array) // 500))
