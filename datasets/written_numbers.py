"""How numbers are written in a table: what commas and points are is decided column by column."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

FEW = 200  # cells of a column: if some of them tell how its numbers are written, the rest need not
CURRENCY = re.compile(r"^[$€£¥]\s*(?=[-\d])|(?<=\d)\s*[$€£¥]$")
# A number and what stands behind it, such as a unit; one letter alone does so with a blank between.
BESIDE = re.compile(
    r"(?P<number>[-+\u2212]?\d[\d.,'’ \u00a0\u202f]*(?<=\d)|[-+\u2212]?[.,]?\d+)"
    r"(?P<unit>\s*[%‰°′″'\"][^\d;,]{0,4}|\s*[^\W\d_]{2}[^\d;,]{0,6}[23]?|\s+[^\W\d_][23]?)"
)
PLAIN = re.compile(r"[-+\u2212]?[\d.]+(e[-+]?\d+)?", re.IGNORECASE)  # a number as most write it
GROUPS = r"[-+]?[1-9]\d{{0,2}}([{mark}'’ \u00a0\u202f])\d{{3}}(\1\d{{3}})*({end}\d+)?"
THOUSANDS = {  # by whether decimals are written with a comma: numbers with a mark between thousands
    False: re.compile(GROUPS.format(mark=",", end=r"\.")),
    True: re.compile(GROUPS.format(mark=r"\.", end=",")),
}


def number(cell: str, comma: bool = False) -> float | None:
    """The number in a cell, which may be infinite or NaN; None if there is none.

    A currency's sign beside it is no part of it, nor is what stands between its thousands: a comma
    or, where `comma` is the decimal one, a point; an apostrophe or a space.
    """
    text = CURRENCY.sub("", cell.replace("\u2212", "-"))
    if grouped := THOUSANDS[comma].fullmatch(text):
        text = text.replace(grouped[1], "")
    if comma:
        if "." in text:
            return None
        text = text.replace(",", ".")
    try:
        return float(text) if "_" not in text else None
    except ValueError:
        return None


def beside(cell: str) -> tuple[str, str] | None:
    """A number as it is written, and the short word or sign that stands behind it, if one does."""
    found = None if number(cell) is not None else BESIDE.fullmatch(cell)
    return (found["number"].strip(), found["unit"].strip()) if found else None


def unit_of(cells: Sequence[str]) -> str:
    """The unit that stands behind every number in a column, most cells of which are such; or ""."""
    found = [beside(cell) for cell in cells if cell]
    units = {told[1] for told in found if told}
    alone = any(number(cell) is not None or number(cell, comma=True) is not None for cell in cells)
    return (
        units.pop() if len(units) == 1 and not alone and 2 * found.count(None) < len(found) else ""
    )


def decimal_commas(rows: Sequence[Sequence[str]], width: int, separator: str) -> list[bool]:
    """Of each column, whether decimals are written with a comma there, decided by all of it.

    A column that can be read both ways is read as the others are. Where none of them tells, a comma
    is a decimal one if semicolons stand between the cells, else it stands between thousands.
    """
    told = [_told([row[k] for row in rows if k < len(row)]) for k in range(width)]
    comma = sum(told) > 0 or (not any(told) and separator == ";" and _has_comma(rows))
    return [tells > 0 if tells else comma for tells in told]


def _told(cells: Sequence[str]) -> int:
    """How many more cells can be read with a decimal comma only than with a decimal point only.

    If some of the first tell, the others are not looked at.
    """
    tells = 0
    for place, cell in enumerate(cells):
        if "," in cell or "." in cell:
            tells += (number(cell) is None) - (number(cell, comma=True) is None)
        if tells and place >= FEW:
            break
    return tells


def _has_comma(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a comma stands in a cell that can be read both ways."""
    return any("," in cell and number(cell) is not None for row in rows for cell in row)


class AsRead(NamedTuple):
    """A cell as an example of how the numbers of its column were read."""

    cell: str
    value: float
    other: float | None  # what it would be if the column's comma and point were the other way round


def as_read(cells: Sequence[str], comma: bool) -> AsRead | None:
    """How a column's numbers were read, where they are not all written as Python writes them.

    `other` is there only if no cell of the column tells which of both ways is meant.
    """
    sure = _told(cells) != 0
    for cell in cells:
        value, other = number(cell, comma), number(cell, not comma)
        if value is None or not math.isfinite(value):
            continue
        other = None if sure or other == value else other
        if other is not None or not PLAIN.fullmatch(cell) or (comma and "." in cell):
            return AsRead(cell, value, other)
    return None
