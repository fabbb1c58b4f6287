"""Files of what labels stand for: EMNIST's, codes of letters, and Kuzushiji's, a table."""

import csv
import io
import re

import numpy as np

from datasets.found import MOST_CLASSES, Found, part_of

MOST_MAPPING = 4096  # bytes that a file of them has less than
LINES = re.compile(rb"(?:\s*\d{1,3}[ \t]+\d{1,6}(?:[ \t]+\d{1,6})?\s*?(?:\r?\n|\Z))+\s*")
LABELS = ("index", "label", "class_id", "id")  # how such a table calls the labels,
NAMES = ("char", "character", "name", "class", "class_name", "label_name")  # and what they are


def read_mapping(name: str, text: bytes) -> Found | None:
    """The names of classes by their labels, as words; None if the text is something else.

    A letter that is written in two ways is named by both, *Aa*. Labels that nothing is said of have
    an empty name.
    """
    rows = _codes(text) if LINES.fullmatch(text) else _table(text)
    labels, named = [label for label, _ in rows], [word for _, word in rows]
    if not rows or max(labels) >= MOST_CLASSES:
        return None
    if len(set(named)) < len(rows) or len(set(labels)) < len(rows):
        return None
    if not all(word and word.isprintable() for word in named):
        return None
    names = np.full(max(labels) + 1, "", f"<U{max(map(len, named))}")
    names[labels] = named
    return Found(name, part_of(name), names)


def _codes(text: bytes) -> list[tuple[int, str]]:
    """A label a line, and the codes of its letters, as EMNIST has them."""
    rows = [[int(number) for number in line.split()] for line in text.split(b"\n") if line.strip()]
    return [(row[0], "".join(map(chr, row[1:]))) for row in rows]


def _table(text: bytes) -> list[tuple[int, str]]:
    """The rows of a table whose head names a column of labels and one of names; none otherwise."""
    try:
        head, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))
    except (UnicodeDecodeError, csv.Error, ValueError):
        return []
    columns = [cell.strip().lower() for cell in head]
    label, name = (
        next((k for k, column in enumerate(columns) if column in known), None)
        for known in (LABELS, NAMES)
    )
    rows = [[cell.strip() for cell in row] for row in rows if row]
    if label is None or name is None or any(len(row) != len(head) for row in rows):
        return []
    if not all(re.fullmatch(r"\d{1,3}", row[label]) for row in rows):
        return []
    if all(row[name].isdecimal() for row in rows):
        return []
    return [(int(row[label]), row[name]) for row in rows]
