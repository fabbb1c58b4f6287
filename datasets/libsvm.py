"""Tables as LIBSVM has them: a label, then the place and the value of each pixel that is not 0."""

import io
import math
import re
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pandas as pd

from datasets.found import SIDES, NotData
from datasets.idx import DataError

NUMBER = rb"[-+]?[\d.]+(?:[eE][-+]?\d+)?"
LINE = re.compile(rb"\s*%b(?:\s+\d+:%b)+\s*" % (NUMBER, NUMBER))


def is_libsvm(line: bytes) -> bool:
    """Whether the first line of a table is of this kind."""
    return LINE.fullmatch(line) is not None


def libsvm_frames(name: str, lines: io.BufferedIOBase, rows: int) -> Iterator[pd.DataFrame]:
    """So many rows at a time: the label, and then all pixels of the smallest square that has them.

    How large the images are, the first rows tell. NotData if no small square has their places,
    DataError if another row is none, or has a place beyond.
    """
    first, side = 1, 0
    reader = io.BufferedReader(lines)
    while some := list(islice(reader, rows)):
        numbers = [_numbers(name, first + k, line) for k, line in enumerate(some) if line.strip()]
        side = side or _side(name, numbers)
        dense = np.zeros((len(numbers), 1 + side**2))
        for k, row in enumerate(numbers):
            places = row[1::2].astype(int)
            if places.size and not 0 < places.min() <= places.max() <= side**2:
                odd = places.min() if places.min() < 1 else places.max()
                raise DataError(
                    f"{name}: line {first + k:,} has a number at place {odd:,}: expected places "
                    f"from 1 to {side**2:,}, as the first lines have them, for {side}×{side} "
                    "pixels."
                )
            dense[k, 0], dense[k, places] = row[0], row[2::2]
        yield pd.DataFrame(dense)
        first += len(some)


def _side(name: str, numbers: list[np.ndarray]) -> int:
    most = max((int(row[1::2].max(initial=0)) for row in numbers), default=0)
    side = math.isqrt(most - 1) + 1 if most else 0
    if side not in SIDES:
        raise NotData(
            f"{name}: is text as LIBSVM has it with {most:,} numbers in a row and no table of "
            "images: expected the pixels of a square of 8×8 to 64×64."
        )
    return side


def _numbers(name: str, place: int, line: bytes) -> np.ndarray:
    """The label, and then places and values in turn."""
    if LINE.fullmatch(line) or line.strip().isdigit():
        try:
            return np.array(line.replace(b":", b" ").split(), float)
        except ValueError:
            pass
    raise DataError(
        f"{name}: line {place:,} is no row as LIBSVM has it: expected a label and then pairs such "
        "as 12:0.5, so mend it or leave it out, or download the table again if it ends there."
    )
