"""Files that have the images of one class each, named after it, as Quick, Draw! has them."""

import re
from urllib.parse import unquote

import numpy as np

from datasets.found import Found

ENDING = ".npy"
BEFORE = re.compile(r"^.*(?:numpy[_ ]bitmap|full)[^a-z]+", re.IGNORECASE)


def of_one_class(found: list[Found]) -> bool:
    """Whether these are images alone, of one size, in .npy files that are of no part of a set."""
    one_size = len({one.array.shape[1:] for one in found}) == 1
    return one_size and all(
        one.images and not one.part and one.name.endswith(ENDING) for one in found
    )


def named_by_files(found: list[Found]) -> list[Found]:
    """All of their images in one, and a label for each: the name of its file."""
    names = [class_of(one.name) for one in found]
    images = np.concatenate([one.array for one in found])
    labels = np.repeat(names, [len(one.array) for one in found])
    count = sum(one.of for one in found)
    notes = (
        f"Each of the {len(found)} files is a class, and its name the name of the class.",
        *dict.fromkeys(note for one in found for note in one.notes),
    )
    return [
        Found("the files", "", images, in_file=count, notes=notes),
        Found("their names", "", labels, in_file=count),
    ]


def class_of(name: str) -> str:
    """The class that a file is named after: *cat* of `full_numpy_bitmap_cat.npy`."""
    plain = unquote(name).rpartition("/")[2].removesuffix(ENDING)
    return BEFORE.sub("", plain) or plain
