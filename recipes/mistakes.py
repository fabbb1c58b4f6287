"""What a network takes for what, its mistakes in order, and how far its percentages are right."""

from typing import NamedTuple

import numpy as np

BINS = 10  # of equal width, from 0 to 100 %


class Reliability(NamedTuple):
    """Answers sorted by how sure they were: (Guo et al. 2017, On Calibration, section 2)."""

    low: np.ndarray  # (bins,) from this probability on
    high: np.ndarray  # (bins,) up to this one
    answers: np.ndarray  # (bins,) that were so sure
    sure: np.ndarray  # (bins,) how sure they were on average, NaN without one
    right: np.ndarray  # (bins,) the share of them that was right, NaN without one

    @property
    def gap(self) -> float:
        """How far the two are apart, averaged over all answers (expected calibration error)."""
        apart = np.where(self.answers > 0, np.abs(self.sure - self.right), 0)
        return float(self.answers @ apart / max(self.answers.sum(), 1))


def reliability(sure: np.ndarray, right: np.ndarray) -> Reliability:
    """Of answers given with so much probability (n,), the share that was `right` (n,) bool."""
    ends = np.arange(BINS + 1) / BINS
    which = np.minimum((np.asarray(sure, float) * BINS).astype(int), BINS - 1)
    count = np.bincount(which, minlength=BINS)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(which, sure, BINS) / count
        share = np.bincount(which, right, BINS) / count
    return Reliability(ends[:-1], ends[1:], count, mean, share)


def found(
    t: np.ndarray, said: np.ndarray, sure: np.ndarray, truth: int = -1, guess: int = -1
) -> np.ndarray:
    """The images of one class that were taken for another, −1 being any: the surest answer first.

    Where both are one class they were read right: there the least sure comes first.
    """
    chosen = np.ones(len(t), bool)
    if truth >= 0:
        chosen &= t == truth
    if guess >= 0:
        chosen &= said == guess
    right = truth == guess >= 0
    if not right:
        chosen &= t != said
    places = np.flatnonzero(chosen)
    return places[np.argsort(sure[places] if right else -sure[places], kind="stable")]


def most_often(counts: np.ndarray) -> list[tuple[int, int, float]]:
    """What is taken for which other class, and the share of its row, the largest first.

    A row of `counts` (classes, classes) is what an image is of, a column what it was taken for.
    """
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    wrong = [(i, j) for i, j in np.argwhere(counts).tolist() if i != j]
    wrong.sort(key=lambda cell: -shares[cell])
    return [(i, j, float(shares[i, j])) for i, j in wrong]
