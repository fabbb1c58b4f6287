"""A map of two settings: what became of many starts with each pair of their values."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from figures.cells import message_of, titled
from recipes.cells import Side
from recipes.map import ACCURACY, SHARE, STEPS, Cell

GUESSED = 0.5  # the test accuracy of a coin, which is no darker than the page
PALEST = 0.12  # how dark the most steps are: whoever learned it is darker than who did not


@dataclass(frozen=True, eq=False)
class SettingsMap:
    """The cells, row by row from the bottom, each from the left, and what their colour says."""

    grid: tuple[Side, Side]  # across and upward
    cells: list[Cell]
    of: int  # starts of each cell in all, trained or not
    shows: str
    own: int | None  # which cell is the reader's

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws."""
        across, up = self.grid
        most_steps, least_steps = self._ends_of_steps
        least, most = {
            SHARE: ("0%", "100%"),
            ACCURACY: (f"{percent(GUESSED)} or less", "100%"),
            STEPS: (_steps(most_steps), _steps(least_steps)),
        }[self.shows]
        return {
            "across": message_of(across),
            "up": message_of(up),
            "cells": [
                {
                    "fill": self._fill(cell),
                    "hatched": cell.diverged / cell.trained if cell.trained else 0.0,
                    "trained": cell.trained,
                    "text": self._text(cell),
                    "said": f"{titled(self.grid, place, self.own)}: {said(cell, self.of)}",
                }
                for place, cell in enumerate(self.cells)
            ],
            "of": self.of,
            "own": -1 if self.own is None else self.own,
            "scale": {"name": self._scale_name, "least": least, "most": most},
        }

    @property
    def _scale_name(self) -> str:
        """What the colour is, and of how many starts a share is."""
        if self.shows != SHARE:
            return self.shows
        had = starts_of(self.cells)
        of = had if self.least == self.of else f"{had} so far (of {self.of:,})"
        return f"share of {of} that learned it"

    @cached_property
    def _ends_of_steps(self) -> tuple[float, float]:
        """The most and the fewest steps that any cell's median start needed; NaN without any."""
        known = [cell.steps for cell in self.cells if not np.isnan(cell.steps)]
        return (max(known), min(known)) if known else (np.nan, np.nan)

    def _fill(self, cell: Cell) -> float | None:
        """How dark a cell is, from 0 to 1; None if there is nothing to show."""
        if not cell.trained or cell.diverged == cell.trained:
            return None
        if self.shows == SHARE:
            return cell.share
        if self.shows == ACCURACY:
            known = not np.isnan(cell.accuracy)
            return float(np.clip((cell.accuracy - GUESSED) / GUESSED, 0, 1)) if known else None
        if np.isnan(cell.steps):
            return None
        most, fewest = (np.log1p(steps) for steps in self._ends_of_steps)
        share = (most - np.log1p(cell.steps)) / (most - fewest) if most > fewest else 1.0
        return float(PALEST + (1 - PALEST) * share)

    def _text(self, cell: Cell) -> str:
        """What is written on a cell, a few letters; a share only of all its starts."""
        if not cell.trained or cell.diverged == cell.trained:
            return ""
        if self.shows == SHARE:
            every = cell.trained == self.of
            return percent(cell.share) if every else f"{cell.learned}/{cell.trained}"
        if self.shows == ACCURACY:
            return "" if np.isnan(cell.accuracy) else percent(cell.accuracy)
        return "none" if np.isnan(cell.steps) else f"{cell.steps:,.0f}"

    @property
    def least(self) -> int:
        """How many starts every cell has had by now."""
        return min(cell.trained for cell in self.cells)


def _steps(steps: float) -> str:
    return "" if np.isnan(steps) else f"{steps:,.0f}"


def percent(share: float) -> str:
    """A share in whole percents; 0% and 100% are none and all."""
    whole = round(100 * share)
    return f"{int(share > 0) if whole == 0 else 99 if whole == 100 and share < 1 else whole}%"


def said(cell: Cell, of: int) -> str:
    """All numbers of a cell that is to have so many starts."""
    if not cell.trained:
        return "not trained yet"
    so_far = "" if cell.trained == of else f" (so far, of {of:,})"
    words = [f"{cell.learned} of {starts(cell.trained)}{so_far} learned it"]
    if cell.learned == 1:
        words[0] += f", by step {cell.steps:,.0f}"
    if cell.learned > 1:
        words[0] += f", the median of them by step {cell.steps:,.0f}"
    if cell.diverged:
        words.append(f"{cell.diverged} diverged")
    if not np.isnan(cell.accuracy):
        whose = "" if cell.trained == 1 else " of the median start"
        words.append(f"test accuracy{whose} {100 * cell.accuracy:.1f}%")
    return "; ".join(words)


def starts_of(cells: Iterable[Cell]) -> str:
    """How many starts these cells have had; the least and the most while it is counted."""
    counts = [cell.trained for cell in cells]
    least, most = min(counts), max(counts)
    between = "or" if most == least + 1 else "to"
    return starts(most) if least == most else f"{least:,} {between} {starts(most)}"


def starts(count: int) -> str:
    """So many starts, in words."""
    return "1 start" if count == 1 else f"{count:,} starts"
