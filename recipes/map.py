"""Which settings learn it? Two settings over a grid, and what became of many starts of each."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Self

import numpy as np

from datasets.plane import PlaneData
from nn_core import Trainer, log_spaced
from recipes.boundaries import STARTS, boundaries_data
from recipes.cells import CellsSettings, Side, of_everybody, sides
from recipes.lottery import has_learned
from recipes.outcome import answers_of
from recipes.settings import ROW, STUDY_NOTES, choices

GRID = "Grid"  # a heading of More
LOOKS = 32  # moments of a training at which it is looked whether it has learned it
SHARE, ACCURACY, STEPS = "share that learned it", "test accuracy", "steps until learned"


@dataclass(frozen=True)
class MapSettings(CellsSettings):
    """Which two settings differ, what is shown of each pair, and how many starts each has."""

    shows: str = choices(
        SHARE, (SHARE, ACCURACY, STEPS), "Shows", "What the colour of a cell is.", stands=ROW
    )
    each: int = choices(
        25,
        (1, 5, 10, 25, 50, 100, 200, STARTS),
        "Starts a cell",
        "How many seeds are trained with each pair of settings.",
        stands=GRID,
    )
    side: int = choices(
        8, (1, 2, 4, 6, 8), "Values a side", "With fewer the map is sooner there.", stands=GRID
    )

    def settled(self) -> tuple[Self, list[str]]:
        """The same with what no map can show replaced, and a sentence for the reader on each."""
        settings, sentences = super().settled()
        if settings.init == STUDY_NOTES:
            settings = replace(settings, init="normal")
            sentences.append(
                "The study notes' start is one and no other; "
                "on a map the weights start 1 wide (normal)."
            )
        if settings.shows == ACCURACY and (why := _untested(settings)):
            settings = replace(settings, shows=SHARE)
            sentences.append(f"“{settings.dataset}” {why}, so the map shows the {SHARE}.")
        return settings, sentences


def _untested(settings: MapSettings) -> str:
    """Why there is no test accuracy; "" if there is."""
    if not settings.classes():
        return "asks for numbers, of which none is right or wrong"
    if not len(boundaries_data(settings).x_test):
        return "has no unseen points to test on"
    return ""


class Came(NamedTuple):
    """What became of the starts: (cells, starts) each, of no meaning where not `trained` yet."""

    trained: np.ndarray  # bool
    learned: np.ndarray  # bool
    diverged: np.ndarray  # bool
    accuracy: np.ndarray  # on unseen points; NaN without such, or classes, or if it diverged
    steps: np.ndarray  # after which it had learned it; NaN if it did not

    def copy(self) -> "Came":
        """The same, which stays as it is now."""
        return Came(*(array.copy() for array in self))


class Cell(NamedTuple):
    """What became of the starts of one cell that are trained."""

    trained: int
    learned: int
    diverged: int
    accuracy: float  # of the median start among those that did not diverge; NaN if there is none
    steps: float  # of the median start among those that learned it; NaN if there is none

    @property
    def share(self) -> float:
        """Of those that are trained, how many learned it."""
        return self.learned / self.trained


def none_yet(cells: int, starts: int) -> Came:
    """Before the first start has ended."""
    no, unknown = np.zeros((cells, starts), bool), np.full((cells, starts), np.nan)
    return Came(no, no.copy(), no.copy(), unknown, unknown.copy())


def note(came: Came, at: tuple[int, int], data: PlaneData, trainer: Trainer) -> None:
    """Write down what became of the start at (cell, start), from its trainer at its end."""
    came.trained[at] = True
    if trainer.diverged_at is not None:
        came.diverged[at] = True
        return
    if data.classes and len(data.x_test):
        came.accuracy[at] = trainer.history["val_accuracy"][-1]
    since = learned_since(data, trainer)
    if since is not None:
        came.learned[at], came.steps[at] = True, since


def learned_since(data: PlaneData, trainer: Trainer) -> int | None:
    """The first look from which on a training had learned it at every look; None if it has not.

    `trainer` is at its end and kept what it was at the looks; its network is of no use afterwards.
    """
    since, net, loss = None, trainer.net, trainer.loss
    right_ones = loss.target_classes(trainer.t)
    for step, theta in reversed(trainer.snapshots.items()):
        net.theta = theta
        z = net.predict(trainer.x)
        right = float((loss.classes(z) == right_ones).mean())
        if not has_learned(data, answers_of(data, loss, z), right):
            break
        since = step
    return since


def looks(steps: int) -> list[int]:
    """The steps of a training at which it is looked whether it has learned it."""
    return log_spaced(steps, LOOKS)[1:]


def cells_of(came: Came) -> list[Cell]:
    """All cells, summed up."""
    counts = (array.sum(axis=1).tolist() for array in (came.trained, came.learned, came.diverged))
    return list(map(Cell, *counts, _medians(came.accuracy), _medians(came.steps)))


def _medians(values: np.ndarray) -> list[float]:
    """Of each row's numbers, NaN where there are none."""
    medians = np.full(len(values), np.nan)
    some = ~np.isnan(values).all(axis=1)
    medians[some] = np.nanmedian(values[some], axis=1)
    return medians.tolist()


def first_seed(settings: MapSettings) -> int:
    """The first of the seeds that each cell has; the settings' own is among them."""
    return settings.seed // settings.each * settings.each


def grid_of(settings: MapSettings) -> tuple[Side, Side]:
    """The map's sides, across and upward."""
    return sides(settings, (settings.side, settings.side))


@lru_cache(64)
def shared(settings: MapSettings) -> MapSettings:
    """The settings of the same map by one name, whichever of its cells and seeds is the reader's,
    and whatever is shown of it."""
    named = of_everybody(settings, (settings.side, settings.side))
    return replace(named, seed=first_seed(settings), shows=SHARE)
