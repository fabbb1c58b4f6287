"""Tables as text: a row an image, its label first or last, as Kaggle and OpenML have them.

They are read some rows at a time: a table takes five times the memory that its images do.
"""

import csv
import io
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from datasets.arff import arff_head, check_whole_rows
from datasets.draw import Draw
from datasets.found import MOST_CLASSES, Found, NotData, part_of, side_of
from datasets.idx import DataError
from datasets.libsvm import is_libsvm, libsvm_frames
from datasets.pixels import Pixels
from datasets.room import Room

ROWS = 2000  # read at a time
BLANKS = r"\s+"  # pandas' name for one blank or several between two cells, and some at the end
LONGEST = 1 << 18  # bytes of a line: 64×64 pixels take at most 100,000
LABELS = ("label", "labels", "class", "target", "y", "digit", "character")
NUMBERING = ("", "id", "index", "imageid", "unnamed: 0")
A_LABEL = 8  # bytes
LOOKED_AT = 10  # lines after the first, by which it is told how decimals are written
ENDS = "the table ends within a row, or is damaged"


class Columns(NamedTuple):
    """Where in a row the label and the pixels are."""

    label: int | None  # None where there is none
    first: int  # the first pixel
    side: int  # 0 for a table of labels alone
    classes: int = 1  # columns of the label: one, or one a class where it is one-hot


def read_table(name: str, stream: io.BufferedIOBase, room: Room, arff: bool = False) -> list[Found]:
    """The images and labels in a table, with or without a head, or as ARFF has it.

    NotData if it is no such table, DataError if it is one that is damaged.
    """
    line, lines = arff_head(name, stream) if arff else (stream.readline(LONGEST), 1)
    if len(line) == LONGEST:
        raise NotData(f"{name}: is text, and its first line is too long for a row of pixels.")
    first = line.decode("utf-8-sig", errors="replace")
    if is_libsvm(line):
        return _read_libsvm(name, _Lines(name, line, stream), room)
    separator = _separator(first)
    cells = _cells(name, first, separator)
    begin = b"".join(stream.readline(LONGEST) for _ in range(LOOKED_AT))
    if arff:
        check_whole_rows(name, begin)
    comma = separator != "," and _decimal_comma(line + begin)
    head = arff or _is_head([cell.replace(",", ".") for cell in cells] if comma else cells)
    columns = _by_head(name, cells) if head else None
    rows = _Lines(name, begin if head else line + begin, stream)
    found = _Rows(name, columns, room, lines + 1 if head else 1)
    try:
        for frame in _frames(rows, separator, "," if comma else "."):
            if frame.shape[1] != len(cells):
                found.must_be_images()
                raise DataError(
                    f"{name}: its head has {len(cells)} columns, its rows have {frame.shape[1]}."
                )
            found.add(frame)
    except pd.errors.EmptyDataError:
        found.must_be_images()
        raise DataError(f"{name}: has a head and no rows.") from None
    except (pd.errors.ParserError, UnicodeDecodeError, OverflowError) as error:
        found.must_be_images()
        where = str(error).rpartition("error:")[2].strip().rstrip(".").replace(". ", ", ")
        raise DataError(f"{name}: {ENDS} ({where[:80]}), so download it again.") from None
    return found.whole()


def _read_libsvm(name: str, lines: io.BufferedIOBase, room: Room) -> list[Found]:
    found: _Rows | None = None
    for frame in libsvm_frames(name, lines, ROWS):
        found = found or _Rows(name, Columns(0, 1, math.isqrt(frame.shape[1] - 1)), room, 1)
        found.add(frame)
    return found.whole() if found else []


def _separator(line: str) -> str:
    """What stands between two cells; each cell may have a decimal comma within."""
    for separator in ";\t":
        if 0 < line.count(separator) >= line.count(",") - 1:
            return separator
    return max(", ", key=line.count)


def _decimal_comma(lines: bytes) -> bool:
    """Whether more numbers in these lines are written with a decimal comma than with a point."""
    comma, point = (re.findall(rb"\d" + mark + rb"\d", lines) for mark in (rb",", rb"\."))
    return len(comma) > len(point)


def _cells(name: str, line: str, separator: str) -> list[str]:
    if separator == " ":
        return line.split()
    try:
        cells = next(csv.reader([line.strip()], delimiter=separator), [])
    except csv.Error:
        raise DataError(f"{name}: its first line cannot be read as a row of a table.") from None
    return [cell.strip() for cell in cells]


def _is_head(cells: list[str]) -> bool:
    """Whether a first line has names, and is no image: a row's label alone may be a word, too."""
    words = sum(not _is_number(cell) for cell in cells)
    return any(cell.lower() in LABELS for cell in cells) or 2 * words > len(cells)


def _frames(rows: Any, separator: str, decimal: str) -> Iterator[pd.DataFrame]:
    with pd.read_csv(
        rows,
        header=None,
        sep=BLANKS if separator == " " else separator,
        decimal=decimal,
        chunksize=ROWS,
        encoding="utf-8",
        skipinitialspace=True,
    ) as reader:
        yield from reader


class _Lines(io.BufferedIOBase):
    """Lines, and then the rest of a file, none of whose lines is too long for a row."""

    def __init__(self, name: str, begin: bytes, rest: io.BufferedIOBase) -> None:
        self._name, self._begin, self._rest = name, io.BytesIO(begin), rest
        self._since = 0  # bytes since the last line ended

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        most = LONGEST if size is None or size < 0 else min(size, LONGEST)
        piece = self._begin.read(most) or self._rest.read(most)
        end = piece.find(b"\n")
        if self._since + (end if end >= 0 else len(piece)) > LONGEST:
            raise DataError(f"{self._name}: has a line that is too long for a row of pixels.")
        self._since = len(piece) - piece.rfind(b"\n") - 1 if end >= 0 else self._since + len(piece)
        return piece


def _by_head(name: str, cells: list[str]) -> Columns:
    names = [cell.lower().strip("'\"") for cell in cells]
    label = next((i for i, cell in enumerate(names) if cell in LABELS), None)
    if label is None and math.isqrt(len(names)) ** 2 != len(names):
        stems = [re.sub(r"\d", "", cell) for cell in names]
        label = next((i for i, stem in enumerate(stems) if stem and stems.count(stem) == 1), None)
    first = 1 if names[0] in NUMBERING and label != 0 and len(names) > 2 else 0
    return _columns(name, len(names) - first, label, first)


def _by_rows(name: str, frame: pd.DataFrame) -> Columns:
    """Where there is no head: the label is first, unless only the last column changes.

    Or it is one-hot, and last, as UCI's semeion has it.
    """
    width, label = frame.shape[1], None
    if not any(map(side_of, (width, width - 1))) and (classes := _one_hot(frame)):
        return Columns(width - classes, 0, side_of(width - classes), classes)
    if math.isqrt(width) ** 2 != width:
        constant = frame[0].nunique() == 1 and len(frame) > 1
        label = width - 1 if constant and frame[width - 1].nunique() > 1 else 0
    return _columns(name, width, label, 0)


def _one_hot(frame: pd.DataFrame) -> int:
    """How many columns after a square of pixels have a single 1 in each row; 0 if none do."""
    whole = frame.dropna()
    for classes in range(2, MOST_CLASSES + 1):
        if side_of(frame.shape[1] - classes) and len(whole):
            last = whole.iloc[:, -classes:]
            if last.isin((0, 1)).all(axis=None) and last.eq(1).sum(axis=1).eq(1).all():
                return classes
    return 0


def _columns(name: str, width: int, label: int | None, first: int) -> Columns:
    if width == 1:
        return Columns(first, first, 0)
    side = side_of(width - (label is not None))
    if not side:
        raise NotData(
            f"{name}: is text with {width:,} columns and no table of images: expected a label and "
            "784 pixels in each row, or another square of 8×8 to 64×64."
        )
    return Columns(label, first + (label == first), side)


class _Rows:
    """Images and labels, row after row."""

    def __init__(self, name: str, columns: Columns | None, room: Room, first_line: int) -> None:
        self.name, self.columns, self.room, self.first_line = name, columns, room, first_line
        self._labels: list[np.ndarray] = []
        self._pixels = Pixels(name)
        self._draw = Draw()

    def must_be_images(self) -> None:
        """NotData if this has not shown to be a table of images, but may be any text."""
        if self.columns is None or not self.columns.side:
            raise NotData(f"{self.name}: is text and no table of images.")

    def add(self, frame: pd.DataFrame) -> None:
        if self.columns is None:
            self.columns = _by_rows(self.name, frame)
        if frame.isna().to_numpy().any():
            row = int(frame.isna().any(axis=1).to_numpy().argmax())
            line = frame.index[row] + self.first_line
            raise DataError(
                f"{self.name}: line {line:,} lacks numbers (NaN, or fewer columns than the first), "
                "so mend it or leave it out, or download the table again if it ends there."
            )
        label, first, side, classes = self.columns
        if label is not None:
            self.room.take(A_LABEL * len(frame) * classes)
            self._labels.append(_labels(frame.iloc[:, label : label + classes]))
        if side:
            self._draw_from(self._numbers(frame.iloc[:, first : first + side**2]))

    def _draw_from(self, images: np.ndarray) -> None:
        """Take as many of them as there is room for, and of those before."""
        each, draw = images.shape[1], self._draw
        self.room.look(images.size)
        places = draw.more(len(images))
        some = images if len(places) == len(images) else images[places]  # no copy where all are
        self._pixels.add(some.ravel())
        while len(draw.rows) > max(1, self.room.share(draw.seen * each) * draw.seen):
            self._pixels.keep(draw.fewer(), each)

    def _numbers(self, frame: pd.DataFrame) -> np.ndarray:
        for column, dtype in frame.dtypes.items():
            if dtype.kind not in "iufb":
                word = next(cell for cell in frame[column] if not _is_number(str(cell)))
                raise DataError(
                    f"{self.name}: has {str(word)[:20]!r} where a pixel is expected, in column "
                    f"{int(column) + 1}, so leave that row or that column out."
                )
        return np.ascontiguousarray(frame.to_numpy())  # pandas has it column by column

    def whole(self) -> list[Found]:
        if self.columns is None:
            raise DataError(f"{self.name}: has no rows.")
        found, part = [], part_of(self.name)
        if side := self.columns.side:
            rows = None
            if not self._draw.all:
                self._pixels.keep(self._draw.settled(), side**2)
                rows = self._draw.rows
            array, of = self._pixels.whole(side), self._draw.seen
            notes = tuple(filter(None, [self._pixels.note]))
            found.append(Found(self.name, part, array, rows=rows, in_file=of, notes=notes))
        if self._labels:
            labels = np.concatenate([np.asarray(some) for some in self._labels])
            if labels.dtype == object:
                labels = _without_quotes(labels.astype(str))
            if labels.dtype.kind in "US" and not self.columns.side:
                raise NotData(f"{self.name}: is text and no table of images.")
            found.append(Found(f"{self.name} (labels)" * bool(found) or self.name, part, labels))
        return found


def _labels(columns: pd.DataFrame) -> np.ndarray:
    """One a row, or as many numbers as there are classes."""
    labels = columns.to_numpy(copy=True)  # else it would keep all of the rows
    return labels if labels.shape[1] > 1 else labels[:, 0]


def _without_quotes(labels: np.ndarray) -> np.ndarray:
    """Words without the single quotes that OpenML's tables put around all of them."""
    quoted = np.char.startswith(labels, "'") & np.char.endswith(labels, "'")
    return np.char.strip(labels, "'") if quoted.all() else labels


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip("'\""))
    except ValueError:
        return False
    return True
