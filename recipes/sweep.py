"""Two settings over a grid of small films that share one time."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from datasets.plane import PlaneData
from nn_core import Trainer, log_spaced
from recipes.boundaries import BoundariesSettings
from recipes.cells import USUAL, CellsSettings, Side, of_everybody, sides
from recipes.lottery import NO_NUMBER, ending, tile
from recipes.outcome import answers_of

MOST = (6, 5)  # values across and upward
FEWER = {"lr": (0.01, 0.03, 0.3, 1.0, 3.0, 30.0), "hidden": (1, 2, 4, 8, 16)}
SAMPLES = 24  # of a boundary along each side of its cell
FRAMES = 150  # of every film at most


@dataclass(frozen=True)
class SweepSettings(CellsSettings):
    """A small network, how it is trained, and which two settings differ from film to film."""


class CellFilm(NamedTuple):
    """One training as a small film, on the time that all of a sweep share."""

    tiles: bytes  # deflated int8 (frames, SAMPLES²): each frame less the one before
    losses: np.ndarray  # (frames,), NaN from where it diverged
    right: np.ndarray  # (frames,) the share of its points, NaN as well
    ended: str  # how, in words: “learned it”
    last: int  # step, after which it stands still


def grid_of(settings: SweepSettings) -> tuple[Side, Side]:
    """The sweep's sides, across and upward."""
    return sides(settings, MOST, USUAL | FEWER)


@lru_cache(64)
def shared(settings: SweepSettings) -> SweepSettings:
    """The settings of the same sweep by one name, whichever of its films is the reader's."""
    return of_everybody(settings, MOST, USUAL | FEWER)


def times(steps: Sequence[int]) -> list[int]:
    """The steps of the shared time, for films that last so many steps each."""
    return log_spaced(max(steps), FRAMES)


def kept(time: Sequence[int], last: int) -> list[int]:
    """Those of the shared steps that a training of so many steps takes, and its last."""
    return sorted({last, *(step for step in time if step <= last)})


def cell_film(
    start: BoundariesSettings, data: PlaneData, trainer: Trainer, time: Sequence[int], last: int
) -> CellFilm:
    """The film of a training that is at its end; its network is of no use afterwards."""
    with np.errstate(all="ignore"):
        answers = answers_of(data, trainer.loss, trainer.net.predict(trainer.x))
    ended, history = ending(data, trainer, answers).words, trainer.history
    numbered = zip(history["loss"], history["accuracy"], strict=True)
    rows = dict(zip(history["step"], numbered, strict=True))
    seen: dict[int, np.ndarray] = {}
    for step, theta in trainer.snapshots.items():
        trainer.net.theta = theta
        seen[step] = tile(start, data, trainer, SAMPLES).ravel()
    lost = trainer.diverged_at
    nothing, unknown = np.full(SAMPLES**2, NO_NUMBER, np.int8), (np.nan, np.nan)
    tiles, numbers = [], []
    for step in time:
        gone = lost is not None and step >= lost
        shown = max((known for known in seen if known <= step), default=0)
        tiles.append(nothing if gone else seen[shown])
        numbers.append(unknown if gone else rows.get(shown, unknown))
    losses, right = np.array(numbers).T
    return CellFilm(packed(np.array(tiles)), losses, right, ended, last)


def packed(tiles: np.ndarray) -> bytes:
    """Frames (frames, samples) of int8, each less the one before and so mostly zeros, deflated."""
    return zlib.compress(np.diff(tiles, axis=0, prepend=np.int8(0)).tobytes(), 6)
