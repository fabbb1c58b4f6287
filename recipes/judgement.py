"""How a training went: judged here, worded in `figures/judgement.py`, and nowhere else.

What is called `loss` are the losses (steps + 1,) of a whole training, before the first step first.
"""

from enum import Enum, auto

import numpy as np

SATURATED = 0.1  # |f′| below this counts as saturated
NEAR_HALF = 0.05  # an answer this close to ½ says neither yes nor no
SOLVED, UNSOLVED = 0.1, 0.3  # losses on XOR: all four answers right; at least two still near ½

HARDLY = 0.9  # of the first loss: a loss still above that has hardly moved
FLAT = 0.02  # a loss that fell by less than this share over the second half of training
HALVED = 0.5  # of the first loss: one that fell below that has learned
OFTEN = 0.1  # of the steps: a loss that rises at so many of them bounces
VISIBLE = 1e-3  # of a loss: a rise that the eye can find on the curve
SILENT = 1e-3  # of the first gradients: what is left of them teaches nothing
NEAR_LN_2 = 0.01  # how near a loss is to that of answering ½ to everything


class Went(Enum):
    """What a training did."""

    DIVERGED = auto()
    FLEW_OUT = auto()  # ended more wrong than it began, and outside the picture
    ROSE = auto()  # ended more wrong than it began, or than it was half way
    BOUNCED = auto()  # its loss went up at one step in ten or more
    OVERSHOT = auto()  # was more wrong than at the start, and then came down
    LEARNED = auto()
    TOO_SLOW = auto()  # a larger learning rate came much further
    HARDLY_MOVED = auto()
    STUCK = auto()  # the second half of its steps hardly changed it, and it is wrong
    LEVELLED = auto()  # the second half of its steps hardly changed it
    FALLING = auto()


def along_a_path(loss: np.ndarray, diverged: bool, outside: bool) -> Went:
    """A training on a landscape, which diverged, or is `outside` what is drawn of it."""
    if diverged or loss[-1] > loss[0]:
        return Went.FLEW_OUT if outside else Went.ROSE
    if rises(loss) >= OFTEN * max(len(loss) - 1, 1):
        return Went.BOUNCED
    if loss[-1] > HARDLY * loss[0]:
        return Went.HARDLY_MOVED
    if loss[-1] > UNSOLVED and no_longer_falls(half_way(loss), loss[-1]):
        return Went.STUCK
    return Went.LEARNED


def at_a_rate(loss: np.ndarray, larger: np.ndarray) -> Went:
    """A training among others: `larger` are the last losses of those with larger rates, or NaN."""
    if np.isnan(loss[-1]):
        return Went.DIVERGED
    if loss[-1] > (1 + VISIBLE) * loss[0]:
        return Went.ROSE
    if rises(loss, VISIBLE) >= OFTEN * (len(loss) - 1):
        return Went.BOUNCED
    if loss.max() > (1 + VISIBLE) * loss[0]:
        return Went.OVERSHOT
    if loss[-1] < HALVED * loss[0]:
        return Went.LEARNED
    if (larger < HALVED * loss[-1]).any():  # NaN, a larger one that diverged, is no proof
        return Went.TOO_SLOW
    return Went.LEVELLED if no_longer_falls(half_way(loss), loss[-1]) else Went.FALLING


def in_a_film(first: float, middle: float, last: float) -> Went:
    """A training of which the losses at the start, half way and at the end are known."""
    if last - middle >= FLAT * middle:
        return Went.ROSE
    if not no_longer_falls(middle, last):
        return Went.FALLING
    return Went.HARDLY_MOVED if last > HARDLY * first else Went.STUCK


def no_longer_falls(middle: float, last: float) -> bool:
    """Whether a loss hardly fell from `middle` to `last`, or rose."""
    return bool(middle - last < FLAT * middle)


def half_way(loss: np.ndarray) -> float:
    """The loss in the middle of training."""
    return float(loss[(len(loss) - 1) // 2])


def rises(loss: np.ndarray, share: float = 0.0) -> int:
    """Steps after which the loss was higher than before, by more than this share of it."""
    return int((np.diff(loss) > share * loss[:-1]).sum())


def undecided(answers: np.ndarray) -> np.ndarray:
    """Which answers, from 0 to 1, say neither yes nor no."""
    return np.abs(answers - 0.5) < NEAR_HALF


def silenced(first: np.ndarray, last: np.ndarray, loss: float) -> bool:
    """Whether in the end no layer hears anything, though the network answers ½ to every point.

    `first` and `last` are the norms (layers,) of the gradients at the start and at the end, `loss`
    that of the end. Where half of the points are of each class, answering ½ costs ln 2.
    """
    silent = last.max() <= SILENT * first.max()
    return bool(silent and abs(loss - np.log(2)) <= NEAR_LN_2)
