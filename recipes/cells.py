"""Two settings as the sides of a grid: the values along each, and the network of every cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np

from datasets.plane import FOUR_POINTS
from nn_core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS
from recipes.boundaries import NETWORK, POINTS, TRAINING, BoundariesSettings
from recipes.lottery import film_of
from recipes.settings import ROW, choices, spoken

# What can be a side, and which of its values stand along it, besides the reader's own.
USUAL: dict[str, tuple] = {
    "lr": (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0),
    "hidden": (1, 2, 3, 4, 6, 8, 12, 16),
    "layers": (0, 1, 2, 3, 4, 5, 6),
    "activation": tuple(ACTIVATIONS),
    "init": tuple(INITIALIZERS),
    "optimizer": tuple(OPTIMIZERS),
    "batch": (1, 2, 5, 10, 20, 50, 100, 1000),
    "epochs": (10, 30, 100, 300, 1000, 3000, 10_000, 20_000),
    "l1": (0.0, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1),
    "l2": (0.0, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1),
    "dropout": (0.0, 0.1, 0.2, 0.3, 0.5, 0.8),
    "noise": (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5),
    "points": (10, 20, 50, 100, 250, 500, 1000),
    "train": (10, 20, 40, 60, 80, 90),
}
NAMES = {spoken(BoundariesSettings.allowed()[field].label): field for field in USUAL}
OF_FOUR = ("noise", "points", "train")  # what changes nothing about the four points
NAMELESS = {"activation", "init", "optimizer"}  # their values are names: none is more than another


class Side(NamedTuple):
    """A side of the grid: a setting, and its values from one end to the other."""

    field: str
    values: tuple

    @property
    def name(self) -> str:
        """What it is called within a sentence."""
        return spoken(BoundariesSettings.allowed()[self.field].label)


@dataclass(frozen=True)
class CellsSettings(BoundariesSettings):
    """A small network, how it is trained, and which two settings differ from cell to cell."""

    lr: float = BoundariesSettings.elsewhere("lr", TRAINING)
    hidden: int = BoundariesSettings.elsewhere("hidden", NETWORK)
    dataset: str = BoundariesSettings.elsewhere("dataset", POINTS)
    across: str = choices(
        "learning rate",
        tuple(NAMES),
        "Across",
        "What differs from left to right.",
        stands=ROW,
    )
    up: str = choices(
        "hidden units",
        tuple(NAMES),
        "Upward",
        "What differs from the bottom to the top.",
        stands=ROW,
    )

    def settled(self) -> tuple[Self, list[str]]:
        """The same with two sides that differ, and a sentence for the reader if they did not."""
        settings, sentences = super().settled()
        for side, other in (("across", "learning rate"), ("up", "hidden units")):
            asked = getattr(self, side)
            if NAMES[asked] in (*self.idle(), *(OF_FOUR if self.dataset == FOUR_POINTS else ())):
                changed: dict[str, Any] = {side: other}
                settings = replace(settings, **changed)
                sentences.append(f"“{asked}” changes nothing about these points, so it is {other}.")
        if settings.across == settings.up:
            other = "hidden units" if settings.up != "hidden units" else "learning rate"
            settings = replace(settings, up=other)
            sentences.append(
                f"“{settings.across}” cannot be both across and upward, so upward it is {other}."
            )
        return settings, sentences


S = TypeVar("S", bound=CellsSettings)


def sides(
    settings: CellsSettings, most: tuple[int, int], usual: Mapping[str, tuple] = USUAL
) -> tuple[Side, Side]:
    """Across and upward, each with so many values at most, the settings' own among them."""
    across, up = (
        Side(field, _along(usual[field], getattr(settings, field), count))
        for field, count in zip(chosen(settings), most, strict=True)
    )
    return across, up


def chosen(settings: CellsSettings) -> tuple[str, str]:
    """The fields that the sides are."""
    return NAMES[settings.across], NAMES[settings.up]


def _along(usual: tuple, own: Any, most: int) -> tuple:
    """At most so many values, evenly picked from the usual ones and the reader's own."""
    known = isinstance(own, str) or own in usual
    values = usual if known else tuple(sorted({*usual, own}))
    if len(values) <= most:
        return values
    picked = np.linspace(0, len(values) - 1, most).round().astype(int)
    if own in values:
        place = values.index(own)
        picked[np.abs(picked - place).argmin()] = place
    return tuple(values[place] for place in picked)


def film_at(settings: CellsSettings, changed: dict[str, Any]) -> BoundariesSettings:
    """The film's settings of a cell, in which these fields have these values."""
    own = film_of(settings)
    for moved in changed:
        own = own.after_moving(moved)  # sliders for units and layers overrule what is written
    settled, _ = replace(own, **changed).settled()
    return settled


def films(settings: CellsSettings, grid: tuple[Side, Side]) -> list[BoundariesSettings]:
    """The films' settings of all cells, row by row from the bottom, each from the left."""
    across, up = grid
    return [
        film_at(settings, {across.field: along, up.field: high})
        for high in up.values
        for along in across.values
    ]


def of_everybody(settings: S, most: tuple[int, int], usual: Mapping[str, tuple] = USUAL) -> S:
    """The settings of the same grid by one name: the reader's own cell is only marked in it."""
    grid = sides(settings, most, usual)
    for side in grid:
        named = replace(settings, **{side.field: side.values[0]})
        its = sides(named, most, usual)
        if its == grid and films(named, its) == films(settings, grid):
            settings = named
    return settings


def own_cell(films: Sequence[BoundariesSettings], own: BoundariesSettings) -> int | None:
    """Which cell is the reader's; None if none is."""
    return films.index(own) if own in films else None


def cell_at(films: Sequence[BoundariesSettings], place: int) -> BoundariesSettings | None:
    """The film's settings of the cell at a place that the browser names; None if it is none."""
    known = isinstance(place, int) and 0 <= place < len(films)
    return films[place] if known else None
