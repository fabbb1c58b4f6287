"""Images that come class by class: a file named after it, or an array with its number.

Quick, Draw! has a file a class; what mnist_all.mat becomes has arrays from train0 to test9.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote

import numpy as np

from datasets.found import Found

ENDING = ".npy"
BEFORE = re.compile(r"^.*(?:numpy[_ ]bitmap|full)[^a-z]+", re.IGNORECASE)
# An array of an .npz that ends in a number; arr_0 is what NumPy calls one that got no name.
NUMBERED = re.compile(r"(?P<array>(?!arr_)(?P<stem>[^ ]*?)(?P<number>\d{1,3})) in .*")


def of_one_class(found: list[Found]) -> bool:
    """Whether these are images alone, of one size, each file or array of them a class."""
    one_size = len({one.array.shape[1:] for one in found}) == 1
    if not one_size or not all(one.images for one in found):
        return False
    return all(not one.part and one.name.endswith(ENDING) for one in found) or _numbered(found)


def _numbered(found: list[Found]) -> bool:
    """Whether each is an array with a number of its own, and those of a part are called alike."""
    names = [(one.part, NUMBERED.fullmatch(one.name)) for one in found]
    told = {(part, name["stem"], int(name["number"])) for part, name in names if name}
    parts = {one.part for one in found}
    stems = {(part, stem) for part, stem, _ in told}
    return len(told) == len(found) > len(parts) == len(stems)


def by_class(found: list[Found]) -> list[Found]:
    """All of their images in one, of each part, and a label for each: a name, or a number."""
    if not _numbered(found):
        names = [class_of(one.name) for one in found]
        note = f"Each of the {len(found)} files is a class, and its name the name of the class."
        return _in_one(found, names, "the files", note)
    made = []
    for part in dict.fromkeys(one.part for one in found):
        of_it = {_number(one)["number"]: one for one in found if one.part == part}
        numbers = sorted(of_it, key=int)
        first, last = (of_it[number] for number in (numbers[0], numbers[-1]))
        called = f"{_number(first)['array']} to {last.name}"
        note = f"Each of the arrays {called} is a class, and its number the number of the class."
        made += _in_one([of_it[k] for k in numbers], [int(k) for k in numbers], called, note)
    return made


def _number(one: Found) -> re.Match[str]:
    told = NUMBERED.fullmatch(one.name)
    assert told
    return told


def _in_one(
    found: list[Found], classes: Sequence[str] | Sequence[int], called: str, note: str
) -> list[Found]:
    part, count = found[0].part, sum(one.of for one in found)
    notes = (note, *dict.fromkeys(note for one in found for note in one.notes))
    images = np.concatenate([one.array for one in found])
    labels = np.repeat(classes, [len(one.array) for one in found])
    return [
        Found(called, part, images, in_file=count, notes=notes),
        Found(f"the labels of {called}", part, labels, in_file=count),
    ]


def class_of(name: str) -> str:
    """The class that a file is named after: *cat* of `full_numpy_bitmap_cat.npy`."""
    plain = unquote(name).rpartition("/")[2].removesuffix(ENDING)
    return BEFORE.sub("", plain) or plain
