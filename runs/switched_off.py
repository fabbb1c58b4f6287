"""What a run's network reads with some hidden units off: found once, shared by all who look."""

import threading
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from datasets.digits import as_numbers
from recipes.hidden import hidden_answers
from recipes.switched_off import Needed, Unit, needed, scores_of, without
from recipes.through import exactly
from runs.answers import AT_ONCE, Moment, Unseen, digest, net_at
from runs.kept import Kept
from runs.run import Run

MOST = 30_000_000  # bytes that the hidden answers of all networks take; of one network, too
FEWEST = 200  # images on which each unit of a large network is tried, and the most products that
WORK = 1_000_000_000  # all its units may take together, if more images than that are tried


class First(NamedTuple):
    """What the first hidden layer answers to all test images, or to as many as have room."""

    which: np.ndarray  # (n,) of the images, as far from each other as they can be
    values: np.ndarray  # (n, units) float32


class Tried(NamedTuple):
    """What is read right, and what each unit of a layer has to do with it."""

    which: np.ndarray  # (n,) the images that were read
    needed: Needed


_firsts: Kept[First] = Kept(MOST, lambda first: first.values.nbytes + first.which.nbytes)
_tried: Kept[Tried] = Kept(5_000_000)
_said: Kept[np.ndarray] = Kept(5_000_000)
# Who asks for the same waits for it, and nothing is made twice. Trying each unit takes longer than
# reading once: who only reads does not wait for it.
_reading, _trying = threading.Lock(), threading.Lock()


def read_without(
    run: Run, moment: Moment, unseen: Unseen, off: tuple[Unit, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Which of these images were read without some units, (n,), and the class each is read as."""

    def make() -> np.ndarray:
        net = without(net_at(run, moment), off)
        parts = [
            scores_of(net, first.values[k : k + AT_ONCE]).argmax(axis=1)
            for k in range(0, len(first.values), AT_ONCE)
        ]
        return np.concatenate(parts).astype(np.uint8)

    first = _first(run, moment, unseen)
    with _reading:
        return first.which, _said.get((*_asked(run, moment, unseen), off), make)


def tried(run: Run, moment: Moment, unseen: Unseen, layer: int) -> Tried:
    """How far each unit of a hidden layer, from 0 on, is needed to read these images.

    Of a large network only some images are tried.
    """

    def make() -> Tried:
        first, net = _first(run, moment, unseen), net_at(run, moment)
        last = layer == len(net.dense) - 2
        some = evenly(len(first.which), max(FEWEST, WORK // _work(net.sizes[layer + 1 :])))
        which = first.which[some]
        net = exactly(net) if last else net  # then no rounding counts an image otherwise
        return Tried(which, needed(net, first.values[some], unseen.t[which], layer))

    with _trying:
        return _tried.get((*_asked(run, moment, unseen), layer), make)


def evenly(count: int, most: int) -> np.ndarray:
    """At most so many of so many places, as far from each other as they can be."""
    return np.arange(count) if count <= most else np.linspace(0, count - 1, most).astype(int)


def _work(sizes: list[int]) -> int:
    """Products that it takes to leave out each unit of a layer, and then all in order, per image.

    `sizes` are units a layer from that one on.
    """
    units, following = sizes[0], sizes[1:]
    return 2 * units * (following[0] + sum(a * b for a, b in pairwise(following)))


def _asked(run: Run, moment: Moment, unseen: Unseen) -> tuple[object, ...]:
    return run.settings, digest(moment.theta), unseen.name, len(unseen.t)


def _first(run: Run, moment: Moment, unseen: Unseen) -> First:
    """Kept for whoever asks again."""

    def make() -> First:
        net = net_at(run, moment)
        hidden = net.dense[0].n_out
        which = evenly(len(unseen.t), MOST // (hidden * net.dtype.itemsize))
        values = np.empty((len(which), hidden), np.float32)
        for k in range(0, len(which), AT_ONCE):
            some = which[k : k + AT_ONCE]
            values[k : k + AT_ONCE] = hidden_answers(net, as_numbers(unseen.x[some]), 0)
        return First(which, values)

    with _reading:
        return _firsts.get(_asked(run, moment, unseen), make)
