"""Weights that readers changed and trained on, where they are too many for a link to carry.

Whoever has the name, from a link, finds them; nobody finds them without.
"""

import functools
from pathlib import Path

import numpy as np

from datasets.environment import glassbox_home
from datasets.idx import DataError
from datasets.npz import read_npz
from runs.files import Files, new_name

LIMIT = 20_000_000  # bytes that all of them together may take on the disk
LARGEST = 100_000  # bytes of one; the largest network's take 12,000
SHARE = 2_000_000  # bytes that those of one visit may take


class Starts:
    """All parameters of networks by their names, as files."""

    def __init__(self, folder: Path, limit: int = LIMIT, share: int = SHARE) -> None:
        """`folder` is made when first needed."""
        self.files = Files(folder, limit, share)

    def keep(self, theta: np.ndarray, mark: str = "") -> str:
        """Keep what the visit with this mark trains on, (parameters,); under which name.

        OSError if it cannot be written.
        """
        name = new_name(mark)
        self.files.write(name, lambda file: np.savez(file, allow_pickle=False, theta=theta))
        return name

    def find(self, name: str) -> np.ndarray | None:
        """The parameters of that name, None if they are not here any more, or are damaged."""
        path = self.files.path(name)
        try:
            if path is not None:
                with path.open("rb") as stream:
                    kept = read_npz(stream, ("theta",), LARGEST, "weights")
                self.files.touch(name)
                return kept["theta"].astype(np.float64).ravel()
        except (DataError, OSError, KeyError):
            pass
        return None


@functools.cache
def starts() -> Starts:
    """Those of this server."""
    return Starts(glassbox_home() / "starts")
