"""Points from a table: which columns they are, and which rows cannot be used, each by its line.

The third column is a label, which makes classes, or a number, which is learned as one.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeGuard

import numpy as np

from datasets.idx import DataError
from datasets.own_points import CLASSES, LONGEST, OwnPoints, scaled
from datasets.points_table import Row, Table, number_columns
from datasets.written_numbers import beside, number

LABELS = (
    *("label", "labels", "class", "classes", "target", "category", "species", "group", "kind"),
    *("type", "variety", "color", "colour"),
)
NUMBERING = ("", "id", "index", "nr", "no", "unnamed: 0")
FEW = 10  # different labels: a column with more of them is hardly one of classes
LARGEST = 1e300  # number; a sum of some of them is still one
QUOTED = 20  # letters of a cell that are quoted back
COUNTED = 5  # labels that are named
MIXED = "a number alone, or the same unit behind every number of the column"
LABEL, NUMBER = "a label", "a number"  # what the third column can be


class Chosen(NamedTuple):
    """Which columns of a table are x₁, x₂ and the label or number."""

    x1: int
    x2: int
    label: int


class Read(NamedTuple):
    """What was made of a table."""

    points: OwnPoints
    counts: tuple[int, ...]  # points of each class; none where they have numbers
    left_out: list[str]  # a sentence on each row that cannot be used, by its line


def chosen(table: Table) -> Chosen:
    """The columns that are most likely meant."""
    rows = [row for row in table.rows if not row.wrong]
    width = len(table.names)
    numbers = number_columns(rows, table.commas)
    label = _label(table, rows, numbers)
    others = [k for k in numbers if k != label]
    useful = [k for k in others if not _numbering(table.names[k], rows, k)]
    found = useful if len(useful) > 1 else others
    found = [*found, *(k for k in range(width) if k not in (label, *found))]
    return Chosen(found[0], found[1], label)


def _label(table: Table, rows: Sequence[Row], numbers: Sequence[int]) -> int:
    names, lower = table.names, [name.lower() for name in table.names]
    words = [k for k in range(len(names)) if k not in numbers]
    spare = numbers if len(numbers) > 2 else []  # two of them are x₁ and x₂
    cells = [{row.cells[k] for row in rows} for k in range(len(names))]
    few = [1 < len(different) <= FEW for different in cells]
    classes = [k for k in spare if few[k] and _whole(_numbers(cells[k], table.commas[k]))]
    likely = [
        *(lower.index(name) for name in LABELS if name in lower),
        *(k for k in reversed(words) if few[k]),
        *(k for k in spare if lower[k] == "y" and "x" not in lower and few[k]),
        *(k for k in classes if k == spare[-1] or classes == spare[:1]),
        *(k for k in reversed(spare) if not _numbering(names[k], rows, k)),
        *reversed(words),
    ]
    return likely[0] if likely else len(names) - 1


def _numbers(cells: Iterable[str], comma: bool) -> set[float]:
    """The different numbers in some cells."""
    values = (number(cell, comma) for cell in cells)
    return {value for value in values if _usable(value)}


def _whole(values: Iterable[float]) -> bool:
    return all(value.is_integer() for value in values)


def _numbering(name: str, rows: Sequence[Row], column: int) -> bool:
    """Whether a column counts the rows."""
    told = [row.cells[column] for row in rows[:100]]
    counting = any(told == [str(k + first) for k in range(len(told))] for first in (0, 1))
    return name.lower() in NUMBERING or (counting and len(told) > 2)


def readings(table: Table, column: int) -> tuple[str, ...]:
    """What a table's third column can be read as, the likelier first.

    Words are labels. Numbers are numbers; where there are few different ones they may be labels,
    too, and whole ones likely are.
    """
    rows = [row for row in table.rows if not row.wrong]
    if column not in number_columns(rows, table.commas):
        return (LABEL,)
    different = _numbers({row.cells[column] for row in rows}, table.commas[column])
    if len(different) > FEW:
        return (NUMBER,)
    return (LABEL, NUMBER) if _whole(different) else (NUMBER, LABEL)


def points_of(table: Table, columns: Chosen, reading: str = "") -> Read:
    """The points in a table, its third column read in this way, or else in the likelier one.

    DataError, a sentence, if a network could not learn from them.
    """
    kept, left_out = list[tuple[list[float], str]](), list[str]()
    names = [table.names[k] for k in columns]
    commas = [table.commas[k] for k in columns]
    if len(set(columns)) < 3:
        raise DataError(
            "x₁, x₂ and the third column are three columns: expected three different ones."
        )
    numbers = (reading or readings(table, columns.label)[0]) == NUMBER
    for row in table.rows:
        if row.wrong:
            left_out.append(f"Line {row.line:,}: {row.wrong}.")
            continue
        cells = [row.cells[k] for k in columns]
        asked = 3 if numbers else 2
        values = [number(*given) for given in zip(cells[:asked], commas, strict=False)]
        found, label = [value for value in values if _usable(value)], clean(cells[2])
        if len(found) == len(values) and label:
            kept.append((found, label))
        else:
            wrong = _wrong(cells, names, asked, commas)
            left_out.append(f"Line {row.line:,}: {wrong}.")
    if not kept:
        why = next((why for why in left_out if MIXED in why), left_out[0])
        raise DataError(f"None of {len(table.rows):,} rows can be used. {why}")
    columns_of, labels = np.array([found for found, _ in kept]), [label for _, label in kept]
    try:
        made = _with_numbers if numbers else _with_classes
        points = made(columns_of, labels, [clean(name) for name in names])
    except DataError as error:
        raise DataError(" ".join([str(error), *left_out[:1]])) from None
    counts = () if numbers else tuple(np.bincount(points.label).tolist())
    return Read(points, counts, left_out)


def _with_classes(columns: np.ndarray, labels: Sequence[str], names: Sequence[str]) -> OwnPoints:
    """Points whose labels are classes. DataError if there are too few of these, or too many."""
    classes = _classes(labels, names[2])
    place_of = {label: k for k, label in enumerate(classes)}
    of = np.array([place_of[label] for label in labels], np.uint8)
    x, axes = scaled(columns, (names[0], names[1]))
    return OwnPoints(x, of, tuple(classes), axes)


def _with_numbers(columns: np.ndarray, labels: Sequence[str], names: Sequence[str]) -> OwnPoints:
    """Points whose third column is learned as a number. DataError if it is always the same."""
    x, axes = scaled(columns[:, :2], (names[0], names[1]))
    t, (scale,) = scaled(columns[:, 2:], (names[2],), 1.0)
    if not np.ptp(t):
        raise DataError(
            f"There is one number only, “{_quoted(labels[0])}”, in column “{_quoted(names[2])}”: "
            "expected different ones, else there is nothing to learn."
        )
    return OwnPoints(x, t[:, 0], (), axes, scale)


def _usable(value: float | None) -> TypeGuard[float]:
    return value is not None and abs(value) <= LARGEST  # nor NaN


def _wrong(cells: Sequence[str], names: Sequence[str], numbers: int, commas: Sequence[bool]) -> str:
    """What is wrong with a row's three cells, and what is expected: so many of them are numbers."""
    for name, cell, comma in zip(names[:numbers], cells, commas, strict=False):
        where, value = f"in column “{_quoted(name)}”", number(cell, comma)
        if not cell:
            return f"it has nothing {where}, expected a number"
        if value is None or math.isnan(value):
            expected = MIXED if beside(cell) else "a number"
            return f"it has “{_quoted(cell)}” {where}, expected {expected}"
        if abs(value) > LARGEST:
            return f"it has “{_quoted(cell)}” {where}, expected a number of at most ±10³⁰⁰"
    return f"it has no label in column “{_quoted(names[2])}”, expected a word or a number"


def _classes(labels: Sequence[str], column: str) -> list[str]:
    """The names of the classes in order: by size if all are numbers, else as letters go."""
    counts = Counter(labels)
    values = {label: number(label) for label in counts}
    numbers = all(value is not None for value in values.values())
    names = sorted(counts, key=lambda name: (values[name] if numbers else 0, name))
    if 2 <= len(names) <= CLASSES:
        return names
    where = f"column “{_quoted(column)}”"
    if len(names) == 1:
        raise DataError(
            f"There is one label only, “{_quoted(names[0])}”, in {where}: expected two different "
            "ones, else there is nothing to tell apart."
        )
    some = ", ".join(f"“{_quoted(name)}”" for name in names[:COUNTED])
    more = ", …" if len(names) > COUNTED else ""
    raise DataError(
        f"There are {len(names):,} different labels in {where} ({some}{more}): expected two to "
        f"{CLASSES}."
    )


def clean(text: str) -> str:
    """A name as it can be shown: on one line, not too long."""
    words = " ".join(text.split())
    return "".join(letter for letter in words if letter.isprintable())[:LONGEST]


def _quoted(text: str) -> str:
    shown = clean(text)
    return shown if len(shown) <= QUOTED else f"{shown[:QUOTED]}…"
