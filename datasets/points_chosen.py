"""Points from a table: which columns they are, and which rows cannot be used, each by its line."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeGuard

import numpy as np

from datasets.idx import DataError
from datasets.own_points import CLASSES, LONGEST, OwnPoints, scaled
from datasets.points_table import Row, Table, number, number_columns

LABELS = (
    *("label", "labels", "class", "classes", "target", "category", "species", "group", "kind"),
    *("type", "variety", "color", "colour"),
)
NUMBERING = ("", "id", "index", "nr", "no", "unnamed: 0")
FEW = 10  # different labels: a column with more of them is hardly one of classes
LARGEST = 1e300  # number; a sum of some of them is still one
QUOTED = 20  # letters of a cell that are quoted back
COUNTED = 5  # labels that are named


class Chosen(NamedTuple):
    """Which columns of a table are x₁, x₂ and the label."""

    x1: int
    x2: int
    label: int


class Read(NamedTuple):
    """What was made of a table."""

    points: OwnPoints
    counts: tuple[int, ...]  # points of each class
    left_out: list[str]  # a sentence on each row that cannot be used, by its line


def chosen(table: Table) -> Chosen:
    """The columns that are most likely meant."""
    rows = [row for row in table.rows if not row.wrong]
    width = len(table.names)
    numbers = number_columns(rows, width, table.comma)
    label = _label(table.names, rows, numbers)
    others = [k for k in numbers if k != label]
    useful = [k for k in others if not _numbering(table.names[k], rows, k)]
    found = useful if len(useful) > 1 else others
    found = [*found, *(k for k in range(width) if k not in (label, *found))]
    return Chosen(found[0], found[1], label)


def _label(names: Sequence[str], rows: Sequence[Row], numbers: Sequence[int]) -> int:
    lower = [name.lower() for name in names]
    words = [k for k in range(len(names)) if k not in numbers]
    spare = numbers if len(numbers) > 2 else []  # two of them are x₁ and x₂
    different = [len({row.cells[k] for row in rows}) for k in range(len(names))]
    likely = [
        *(lower.index(name) for name in LABELS if name in lower),
        *(k for k in reversed(words) if 1 < different[k] <= FEW),
        *(k for k in spare if lower[k] == "y" and different[k] <= FEW),
        *(k for k in reversed(spare) if 1 < different[k] <= FEW),
        *reversed(words),
    ]
    return likely[0] if likely else len(names) - 1


def _numbering(name: str, rows: Sequence[Row], column: int) -> bool:
    """Whether a column counts the rows."""
    told = [row.cells[column] for row in rows[:100]]
    counting = any(told == [str(k + first) for k in range(len(told))] for first in (0, 1))
    return name.lower() in NUMBERING or (counting and len(told) > 2)


def points_of(table: Table, columns: Chosen) -> Read:
    """The points in a table. DataError, a sentence, if a network could not learn from them."""
    places, labels, left_out = list[tuple[float, float]](), list[str](), list[str]()
    names = [table.names[k] for k in columns]
    if len(set(columns)) < 3:
        raise DataError("x₁, x₂ and the label are three columns: expected three different ones.")
    for row in table.rows:
        if row.wrong:
            left_out.append(f"Line {row.line:,}: {row.wrong}.")
            continue
        cells = [row.cells[k] for k in columns]
        x1, x2 = (number(cell, table.comma) for cell in cells[:2])
        label = clean(cells[2])
        if _usable(x1) and _usable(x2) and label:
            places.append((x1, x2))
            labels.append(label)
        else:
            left_out.append(f"Line {row.line:,}: {_wrong(cells, names, table.comma)}.")
    if not places:
        raise DataError(f"None of {len(table.rows):,} rows can be used. {left_out[0]}")
    try:
        classes = _classes(labels, table.names[columns.label])
    except DataError as error:
        raise DataError(" ".join([str(error), *left_out[:1]])) from None
    place_of = {label: k for k, label in enumerate(classes)}
    of = np.array([place_of[label] for label in labels], np.uint8)
    x, axes = scaled(np.array(places), (clean(names[0]), clean(names[1])))
    points = OwnPoints(x, of, tuple(classes), axes)
    return Read(points, tuple(np.bincount(of).tolist()), left_out)


def _usable(value: float | None) -> TypeGuard[float]:
    return value is not None and abs(value) <= LARGEST  # nor NaN


def _wrong(cells: Sequence[str], names: Sequence[str], comma: bool) -> str:
    """What is wrong with x₁, x₂ and the label of a row, and what is expected."""
    for name, cell in zip(names[:2], cells[:2], strict=True):
        where, value = f"in column “{_quoted(name)}”", number(cell, comma)
        if not cell:
            return f"it has nothing {where}, expected a number"
        if value is None or math.isnan(value):
            return f"it has “{_quoted(cell)}” {where}, expected a number"
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
