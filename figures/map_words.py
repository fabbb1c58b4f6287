"""A map in words: what changes from cell to cell, and whether that is more than chance."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from figures.cells import COUNTED, named, value, with_value
from figures.map import SettingsMap, percent, starts, starts_of
from figures.words import listed
from recipes.cells import NAMELESS
from recipes.map import ACCURACY, SHARE, STEPS, Cell

BY_CHANCE = 3  # standard errors: a difference beyond them is none of chance
ALONG = {
    SHARE: "the share that learned it is",
    ACCURACY: "the median start has a test accuracy of",
    STEPS: "the median of the starts that learned it had done so by step",
}
NOWHERE = {ACCURACY: "no start has a test accuracy", STEPS: "no start learned it"}
BEST = {
    SHARE: "The largest share on the map, {}, is",
    ACCURACY: "The highest test accuracy on the map, {}, is",
    STEPS: "The fewest steps on the map, {}, are",
}


def column_of(drawn: SettingsMap, own: int) -> list[int]:
    """The cells above and below the reader's own, from the bottom, that one among them."""
    width = len(drawn.grid[0].values)
    return list(range(own % width, len(drawn.cells), width))


def column_words(drawn: SettingsMap, own: int, brief: bool) -> str:
    """The reader's own column, value by value; if `brief`, their own cell and the best ones."""
    across, cells, column = drawn.grid[0], drawn.cells, column_of(drawn, own)
    best = _shown(cells[best_of(drawn, column)], drawn)
    shown = [
        place
        for place in column
        if not brief or place == own or _shown(cells[place], drawn) == best
    ]
    parts: list[str] = []
    for told, places in groupby(shown, lambda place: _shown(cells[place], drawn)):
        if told:
            first, *others = places
            names = [_of_column(drawn, first, own, not parts)]
            names += [_of_column(drawn, place, own, False) for place in others]
            parts.append(f"{told} with {listed(names, 'or')}")
    at = with_value(across.field, across.values[own % len(across.values)])
    if not parts:
        return f"With {at} {NOWHERE[drawn.shows]}."
    each = f", of {_starts_of([cells[place] for place in shown])}" if drawn.shows == SHARE else ""
    return f"With {at} {ALONG[drawn.shows]} {listed(parts)}{each}."


def _starts_of(cells: Sequence[Cell]) -> str:
    """How many starts these cells have had, if there are several each."""
    return f"{starts_of(cells)} each" if len(cells) > 1 else starts_of(cells)


def _of_column(drawn: SettingsMap, place: int, own: int, first: bool) -> str:
    """What a cell is called among those of its column; the first one more fully."""
    up = drawn.grid[1]
    given = up.values[place // len(drawn.grid[0].values)]
    yours = " (yours)" if place == own and len(up.values) > 1 else ""
    return f"{with_value(up.field, given) if first else value(given)}{yours}"


def _shown(cell: Cell, drawn: SettingsMap) -> str:
    """What a map shows of a cell, in words; "" if there is nothing."""
    if drawn.shows == SHARE:
        return f"**{percent(cell.share)}**"
    number = cell.accuracy if drawn.shows == ACCURACY else cell.steps
    if np.isnan(number):
        return ""
    return f"**{100 * number:.1f}%**" if drawn.shows == ACCURACY else f"**{number:,.0f}**"


def _good(cell: Cell, shows: str) -> float:
    """How good a cell is in what a map shows, the higher the better."""
    good = {SHARE: cell.share, ACCURACY: cell.accuracy, STEPS: -cell.steps}[shows]
    return -np.inf if np.isnan(good) else good


def best_of(drawn: SettingsMap, places: Sequence[int]) -> int:
    """The best of these cells, the first of them if several are."""
    return max(places, key=lambda place: _good(drawn.cells[place], drawn.shows))


def chance_words(drawn: SettingsMap, own: int) -> str:
    """Whether the best of the reader's own column is better than theirs by more than chance."""
    up, cells, column = drawn.grid[1], drawn.cells, column_of(drawn, own)
    best = best_of(drawn, column)
    if drawn.shows != SHARE or len(column) == 1:
        return ""
    apart = cells[best].share - cells[own].share
    if not apart:
        return "None of them learned it more often than yours."
    higher, counted = best > own, up.field in COUNTED
    if counted:
        what = f"{'more' if higher else 'fewer'} {up.name}"
    elif up.field in NAMELESS:
        what = f"another of the {up.name}" if up.name.endswith("s") else f"another {up.name}"
    else:
        what = f"a {'larger' if higher else 'smaller'} {up.name}"
    helps = "help" if counted else "helps"
    more, by_chance = difference(cells[own], cells[best])
    chance = f"chance alone moves such a difference by about {max(1.0, 100 * by_chance):.0f}"
    luck, that = f"{what[0].upper()}{what[1:]} {helps} here, and that is no luck", f"and {chance}"
    cautious = ""
    if more < BY_CHANCE * by_chance:
        if round(100 * apart) >= BY_CHANCE * round(100 * by_chance):
            cautious = f" (of so few starts counted as {100 * more:.0f})"
        luck = f"Whether {what} {helps} here is not settled"
        that = f"but {chance}, and only {BY_CHANCE} times that is called more than luck"
    return (
        f"{luck}: with {value(up.values[column.index(best)])} it is **{100 * apart:.0f}** points "
        f"more than yours{cautious}, {that}."
    )


def difference(one: Cell, other: Cell) -> tuple[float, float]:
    """How much larger the share is in the other cell, and the standard error of that.

    A start that learned it and one that did not are added to each, so that none and all are no
    more certain than they are (Agresti and Caffo, 2000).
    """
    (p, n), (q, m) = (
        ((cell.learned + 1) / (cell.trained + 2), cell.trained + 2) for cell in (one, other)
    )
    return q - p, float(np.sqrt(p * (1 - p) / n + q * (1 - q) / m))


def best_words(drawn: SettingsMap) -> str:
    """The cell that is best in what the map shows, or how many of them are."""
    cells, shows = drawn.cells, drawn.shows
    best = best_of(drawn, range(len(cells)))
    top = _good(cells[best], shows)
    if shows != ACCURACY and not cells[best].learned:
        return "No cell has a start that learned it."
    if top == -np.inf or len(cells) == 1:
        return ""
    alike = sum(_good(cell, shows) == top for cell in cells)
    where = f"with {' and '.join(named(drawn.grid, best))}"
    if alike > 1:
        where = f"in {alike} of {len(cells)} cells"
    of = f" of {starts_of([cells[best]])}" if shows == SHARE and alike == 1 else ""
    return f"{BEST[shows].format(_shown(cells[best], drawn) + of)} {where}."


def diverged_words(drawn: SettingsMap) -> str:
    """How many starts diverged, and what tells them."""
    diverged, trained = (
        sum(getattr(cell, what) for cell in drawn.cells) for what in ("diverged", "trained")
    )
    return f"**{diverged:,}** of all {starts(trained)} diverged: hatched." if diverged else ""
