"""A network some of whose hidden units are switched off, and how far each of them is needed."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from nn_core import Sequential
from recipes.hidden import passed, up_to

Unit = tuple[int, int]  # a hidden layer and a unit of it, both from 0 on
POINT = 0.01  # of all images: so many fewer count as reading as well


class Needed(NamedTuple):
    """How many of some images are read right without the units of a layer, the others all on."""

    images: int
    right: int  # with all units
    alone: np.ndarray  # (units,) without that one alone
    order: np.ndarray  # (units,) which costs least alone, first
    together: np.ndarray  # (units + 1,) without the first so many of that order

    @property
    def spare(self) -> int:
        """How many go, in their order, before it reads more than one point less than with all."""
        worse = np.flatnonzero(self.together < self.right - POINT * self.images)
        return int(worse[0]) - 1 if len(worse) else len(self.order)


def without(net: Sequential, off: Iterable[Unit]) -> Sequential:
    """The same network in which these units answer 0, whatever comes in.

    An answer a_j is heard only as a_j V_jk, by whoever k comes next: that is 0 where a_j is, and
    just as well where all weights V_j· are, which is how it is done here.
    """
    twin = net.copy()
    for layer, unit in off:
        twin.dense[layer + 1].W[unit] = 0
    return twin


def scores_of(net: Sequential, first: np.ndarray) -> np.ndarray:
    """The scores (n, classes) where the first hidden layer answers `first` (n, units)."""
    return passed(net.layers[len(up_to(net, 0)) :], first)


def needed(net: Sequential, first: np.ndarray, t: np.ndarray, layer: int) -> Needed:
    """How far the units of a hidden layer, from 0 on, are needed to read images of classes t (n,).

    `first` (n, units) is what the first hidden layer answers to them. A unit is taken out of the
    sums that come next: z − a_j V_j.
    """
    before, end = len(up_to(net, 0)), len(up_to(net, layer))
    following, rest = net.dense[layer + 1], net.layers[end + 1 :]
    answers = passed(net.layers[before:end], first.astype(net.dtype))
    sums = passed([following], answers)

    def right(z: np.ndarray) -> int:
        return int((passed(rest, z).argmax(axis=1) == t).sum())

    def part(unit: int) -> np.ndarray:
        with np.errstate(all="ignore"):
            adds: np.ndarray = np.outer(answers[:, unit], following.W[unit])
        return adds

    units = range(following.n_in)
    alone = np.array([right(sums - part(unit)) for unit in units])
    order = np.argsort(-alone, kind="stable")
    together, left = [right(sums)], sums.copy()
    for unit in order:
        left -= part(unit)
        together.append(right(left))
    return Needed(len(t), together[0], alone, order, np.array(together))
