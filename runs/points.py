"""A reader's own points, where they are too many for a link to carry.

Whoever has the name, from a link, finds them (`datasets/own_points.py`); nobody finds them without.
"""

from pathlib import Path

import numpy as np

from datasets.own_points import NAME, OwnPoints, folder, packed, written
from runs.files import Files, new_name

LIMIT = 100_000_000  # bytes that all of them together may take on the disk; 10,000 take 90,000
SHARE = 5_000_000  # bytes that those of one visit may take
FEW = 100  # points that a link carries itself, in some 1,300 letters; more lie on the server


def in_words(points: OwnPoints, mark: str, where: Path | None = None) -> str:
    """Points as a link has them: themselves, or the name under which they now lie in a file.

    The file is counted as that of the visit with this mark. OSError if it cannot be written.
    """
    if len(points.x) <= FEW:
        return written(points)
    name, content = new_name(mark), np.frombuffer(packed(points), np.uint8)
    Files(where or folder(), LIMIT, SHARE).write(
        name, lambda file: np.savez_compressed(file, allow_pickle=False, points=content)
    )
    return NAME + name


def delete(text: str) -> None:
    """Take points away that lie on the server. OSError if they cannot be."""
    Files(folder(), LIMIT, SHARE).delete(text.removeprefix(NAME))


def still_used(text: str) -> None:
    """Points that are looked at stay; the longest unused make room for others."""
    if text.startswith(NAME):
        Files(folder(), LIMIT, SHARE).touch(text.removeprefix(NAME))
