"""A table as text, as spreadsheets and teachers write it: two columns of numbers and a label.

Python's csv module reads it. What may differ is found out: how the letters are coded, what stands
between two cells, whether a decimal comma is written, whether the first line has names.
"""

import codecs
import csv
import io
import itertools
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from datasets.idx import DataError
from datasets.kinds import HEAD, WEB_PAGE, is_web_page
from datasets.own_points import MOST
from datasets.written_numbers import beside, decimal_commas, number, unit_of

LARGEST = 10_000_000  # bytes of a table; 10,000 rows of ten columns have about a tenth of that
MOST_COLUMNS = 100
SEPARATORS = ("\t", ";", ",", " ")  # where two of them do equally well, the first
TRIED = 200  # rows by which it is found out what separates the cells
LIKE = "expected lines such as 1.5, 2.0, cat"
FOREIGN = {
    b"PK\3\4": "is a spreadsheet, or another .zip: save the table as CSV and bring that",
    b"\xd0\xcf\x11\xe0": "is an old spreadsheet: save the table as CSV and bring that",
    b"%PDF": "is a PDF: copy the table and paste it",
    b"\x1f\x8b": "is packed (gzip): unpack it and bring what is in it",
}
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class Row(NamedTuple):
    """A row of a table: on which line it begins, its cells, and what is wrong with it, if known."""

    line: int
    cells: list[str]
    wrong: str = ""


class Table(NamedTuple):
    """A table as text, its columns by name."""

    names: list[str]
    rows: list[Row]  # without the one that has the names
    headed: bool  # whether the first line had the names
    commas: list[bool]  # of each column, whether decimals are written with a comma
    of: int  # rows in all; when there are very many, `rows` are some of them, drawn at random
    units: Sequence[str] = ()  # of each column, what stood behind all of its numbers: %, cm


def text_of(name: str, content: bytes) -> str:
    """A file's text. DataError, a sentence, if it is none."""
    if len(content) > LARGEST:
        raise DataError(
            f"{name}: is larger than {LARGEST // 10**6} MB: expected up to {MOST:,} rows."
        )
    if not content.strip():
        raise DataError(f"{name}: is empty: {LIKE}.")
    for start, why in FOREIGN.items():
        if content.startswith(start):
            raise DataError(f"{name}: {why}.")
    if is_web_page(content[:HEAD]):
        raise DataError(f"{name}: {WEB_PAGE}.")
    try:
        text = content.decode(_coding(content))
    except UnicodeDecodeError:
        raise _no_text(name) from None
    if re.search(r"[\0-\x08\x0e-\x1f]", text):
        raise _no_text(name)
    return text


def _no_text(name: str) -> DataError:
    return DataError(f"{name}: is no text: expected a table as text (CSV), {LIKE}.")


def _coding(content: bytes) -> str:
    """How the letters of a text are coded: as its first bytes say, else as its bytes suggest."""
    for mark, coding in BOMS.items():
        if content.startswith(mark):
            return coding
    few = content[:1000]
    for first, coding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if few[first::2].count(0) > len(few) // 4:
            return coding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def read_table(name: str, content: bytes | str, headed: bool | None = None) -> Table:
    """The table in a text, which is called `name`; `headed` says whether its first line has names.

    DataError, a sentence, if there is none.
    """
    text = text_of(name, content if isinstance(content, bytes) else content.encode())
    said = re.match(r"\s*sep=(.)\r?\n", text)  # as Excel writes it
    separator = said[1] if said else _separator(text)
    if said:
        text = "\n" + text[said.end() :]
    every = _rows(text, separator)
    begin = list(itertools.islice(every, TRIED))
    rows, of = _some(itertools.chain(begin, every))
    good = [row for row in begin if not row.wrong]
    if not good:
        raise DataError(f"{name}: has no row that can be read: {LIKE}.")
    width = Counter(len(row.cells) for row in good).most_common(1)[0][0]
    if not 3 <= width <= MOST_COLUMNS:
        columns = "1 column" if width == 1 else f"{width:,} columns"
        raise DataError(
            f"{name}: has {columns}: expected two of numbers and one of labels or numbers."
        )
    units = [unit_of([row.cells[k] for row in rows if k < len(row.cells)]) for k in range(width)]
    rows, good = ([_without(units, row) for row in some] for some in (rows, good))
    commas = decimal_commas([row.cells for row in rows], width, separator)
    if (classes := _counted(rows)) and headed is None:
        return _told_by(classes, rows[1:], of - 1)
    first, *others = [row for row in good if len(row.cells) == width]
    if headed is None:
        headed = _has_names(first.cells, others, commas)
    if headed:
        rows, of = [row for row in rows if row.line != first.line], of - 1
    if not rows:
        raise DataError(f"{name}: has names of columns and no rows: {LIKE}.")
    names = _with_units(_named(first.cells if headed else [], width), units)
    return Table(names, [_of_width(row, width) for row in rows[:MOST]], headed, commas, of, units)


def _counted(rows: Sequence[Row]) -> list[str]:
    """The classes that the first row names, if it counts rows and columns, as scikit-learn's do."""
    counts, classes, others = rows[0].cells[:2], rows[0].cells[2:], rows[1:]
    widths = {len(row.cells) for row in others}
    labels = {row.cells[-1] for row in others if row.cells}
    counted = len(widths) == 1 and counts == [str(len(others)), str(max(widths) - 1)]
    return classes if counted and labels <= set(map(str, range(len(classes)))) else []


def _told_by(classes: list[str], rows: Sequence[Row], of: int) -> Table:
    """The table of these rows, whose last column counts the classes: it gets their names."""
    width = len(rows[0].cells)
    names = [*(f"column {k + 1}" for k in range(width - 1)), "class"]
    named = [row._replace(cells=[*row.cells[:-1], classes[int(row.cells[-1])]]) for row in rows]
    return Table(names, named, False, [False] * width, of)


def _without(units: Sequence[str], row: Row) -> Row:
    """A row whose numbers stand alone where the column has a unit."""
    told = [beside(cell) if unit else None for cell, unit in zip(row.cells, units, strict=False)]
    cells = [found[0] if found else cell for found, cell in zip(told, row.cells, strict=False)]
    return row._replace(cells=[*cells, *row.cells[len(units) :]])


def _with_units(names: Sequence[str], units: Sequence[str]) -> list[str]:
    """Names of columns that tell their units, too."""
    told = [rf"(?<!\w){re.escape(unit)}(?!\w)" for unit in units]
    return [
        f"{name} ({unit})" if unit and not re.search(is_told, name) else name
        for name, unit, is_told in zip(names, units, told, strict=True)
    ]


def _separator(text: str) -> str:
    """What stands between two cells: with it most rows have two numbers and something else."""

    def rows_with(separator: str) -> tuple[int, int]:
        some = [row.cells for row in itertools.islice(_rows(text[:50_000], separator), TRIED)]
        good = sum(len(cells) > 2 and sum(map(_may_be_number, cells)) > 1 for cells in some)
        return good, sum(len(cells) > 1 for cells in some)

    return max(SEPARATORS, key=rows_with)


def _may_be_number(cell: str) -> bool:
    numbers = number(cell) is not None or number(cell, comma=True) is not None
    return numbers or beside(cell) is not None


def _rows(text: str, separator: str) -> Iterator[Row]:
    """The rows of a text, without empty ones; what csv cannot read is a row that says so."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True
    )
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, [], _misquoted(str(error)))
            continue
        while cells and not cells[-1]:  # a row may end in empty cells
            cells.pop()
        if cells:
            yield Row(line, cells)


def _misquoted(error: str) -> str:
    if "unexpected end" in error:
        return "a quote is opened and never closed, so nothing after it can be read"
    if "field larger" in error:
        return "a cell is longer than 131,072 letters"
    return "a quote is closed within a cell, expected it at the cell's end"


def _some(rows: Iterable[Row]) -> tuple[list[Row], int]:
    """All rows, or MOST and a head drawn at random, in order; and how many there are."""
    kept, of, draw = list[Row](), 0, random.Random(0)
    for row in rows:
        of += 1
        if len(kept) <= MOST:
            kept.append(row)
        elif (place := draw.randrange(of)) <= MOST:
            kept[place] = row
    return sorted(kept), of


def _of_width(row: Row, width: int) -> Row:
    if row.wrong or len(row.cells) == width:
        return row
    cells = f"{len(row.cells)} cell{'s' if len(row.cells) > 1 else ''}"
    if len(row.cells) > width:
        return row._replace(wrong=f"it has {cells}, expected {width}")
    return row._replace(cells=[*row.cells, *[""] * (width - len(row.cells))])


def _has_names(first: list[str], rows: Sequence[Row], commas: Sequence[bool]) -> bool:
    """Whether no cell of the first row is a number where most others of its column are."""
    columns = number_columns(rows, commas)
    return bool(columns) and all(number(first[k], commas[k]) is None for k in columns)


def number_columns(rows: Sequence[Row], commas: Sequence[bool]) -> list[int]:
    """Columns in which more than half of the cells are numbers."""
    some = [row.cells for row in rows[:TRIED]]
    return [
        k
        for k, comma in enumerate(commas)
        if 2 * sum(k < len(cells) and number(cells[k], comma) is not None for cells in some)
        > len(some)
    ]


def _named(names: list[str], width: int) -> list[str]:
    """A name for each column, no two the same."""
    told = list[str]()
    for k in range(width):
        name = names[k] if k < len(names) else ""
        told.append(name if name and name not in told else f"column {k + 1}")
    return told
