"""How a training went, by its losses alone; why it went so is found in `recipes/reasons.py`.

What is called `loss` are the losses (steps + 1,) of a whole training, before the first step first.
`figures/judgement.py` words all that is judged here.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

import numpy as np

SATURATED = 0.1  # |f′| below this counts as saturated
NEAR_HALF = 0.05  # an answer this close to ½ says neither yes nor no
SOLVED, UNSOLVED = 0.1, 0.3  # losses on XOR: all four answers right; at least two still near ½

HARDLY = 0.9  # of the first loss: a loss still above that has hardly moved
FLAT = 0.02  # a loss that fell by less than this share over the second half of training
HALVED = 0.5  # of the first loss: one that fell below that has learned
OFTEN = 0.1  # of the steps: a loss that rises at so many of them bounces
VISIBLE = 1e-3  # of a loss: a rise that the eye can find on the curve
JUMP = 0.05  # of a loss: a rise from one recorded step to the next that is a jump
JUMPY = 0.2  # of the recorded steps of the second half: with so many jumps a loss jumps about
AROUND = 3  # recorded losses that have to agree before a training is said to be falling still
SILENT = 1e-3  # of the first gradients: what is left of them teaches nothing
NEAR_LN_2 = 0.01  # how near a loss is to that of answering ½ to everything


class Went(Enum):
    """What a training did."""

    DIVERGED = auto()
    FLEW_OUT = auto()  # ended more wrong than it began, and outside the picture
    ROSE = auto()  # ended more wrong than it began
    CAME_BACK = auto()  # ended less wrong than it began, but more than it was half way
    BOUNCED = auto()  # its loss went up at one step in ten or more
    OVERSHOT = auto()  # was more wrong than at the start, and then came down
    LEARNED = auto()
    TOO_SLOW = auto()  # a larger learning rate came much further
    HARDLY_MOVED = auto()
    STUCK = auto()  # the second half of its steps hardly changed it, and it is wrong
    LEVELLED = auto()  # the second half of its steps hardly changed it
    FALLING = auto()
    UNCLEAR = auto()  # none of these


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
    if loss[-1] > HARDLY * loss[0]:
        return Went.HARDLY_MOVED
    return Went.LEVELLED if no_longer_falls(half_way(loss), loss[-1]) else Went.FALLING


class Course(NamedTuple):
    """How the losses of a training went, of which some steps were recorded."""

    went: Went
    first: float  # before the first step
    half_way: float  # at the recorded step that is nearest to half of them
    half_step: int
    last: float
    low: float  # the lowest from half way on
    high: float  # the highest from half way on


def course(steps: Sequence[int], losses: Sequence[float]) -> Course:
    """The course of the losses recorded at these steps, the first and the last among them."""
    at, loss = np.asarray(steps), np.asarray(losses)
    middle = int(np.abs(at - at[-1] / 2).argmin())
    later = loss[middle:]
    ends = float(loss[0]), float(loss[middle]), int(at[middle]), float(loss[-1])
    return Course(_went(loss, middle), *ends, float(later.min()), float(later.max()))


def _went(loss: np.ndarray, middle: int) -> Went:
    first, half, last, later = loss[0], loss[middle], loss[-1], loss[middle:]
    between = 0 < middle < len(loss) - 1  # whether half way is neither the start nor the end
    if last > (1 + VISIBLE) * first:
        return Went.ROSE
    jumps = between and rises(later, JUMP) >= max(2, JUMPY * len(later))
    if jumps and rises(later[::-1], JUMP):  # down again, too
        return Went.BOUNCED
    if between and last - half >= FLAT * half:
        return Went.CAME_BACK
    if last > HARDLY * first:
        return Went.HARDLY_MOVED if HARDLY * loss.max() < first else Went.UNCLEAR
    if not between:
        return Went.UNCLEAR
    if no_longer_falls(half, last):
        return Went.LEVELLED
    if (np.diff(later) < 0).all():
        return Went.FALLING
    falls = loss[-AROUND:].max() < (1 - FLAT) * loss[max(0, middle - 1) : middle + AROUND - 1].min()
    return Went.FALLING if falls else Went.UNCLEAR


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
