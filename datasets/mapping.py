"""EMNIST's files of what its labels stand for: a label a line, and the codes of its letters."""

import re

import numpy as np

from datasets.found import MOST_CLASSES, Found, part_of

LINES = re.compile(rb"(?:\s*\d{1,3}[ \t]+\d{1,6}(?:[ \t]+\d{1,6})?\s*?(?:\r?\n|\Z))+\s*")


def read_mapping(name: str, text: bytes) -> Found | None:
    """The names of classes by their labels, as words; None if the text is something else.

    A letter that is written in two ways is named by both, *Aa*. Labels that nothing is said of have
    an empty name.
    """
    if not LINES.fullmatch(text):
        return None
    rows = [[int(number) for number in line.split()] for line in text.split(b"\n") if line.strip()]
    labels = [row[0] for row in rows]
    named = ["".join(map(chr, row[1:])) for row in rows]
    if max(labels) >= MOST_CLASSES or len(set(named)) < len(rows) or len(set(labels)) < len(rows):
        return None
    if not all(word.isprintable() for word in named):
        return None
    names = np.full(max(labels) + 1, "", "<U2")
    names[labels] = named
    return Found(name, part_of(name), names)
