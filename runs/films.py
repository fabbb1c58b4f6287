"""Films on disk: a training that was once taken to its end is found again after a restart.

One file each, `films/<digest>.npz` in Glassbox's home: arrays of plain numbers, nothing in it ever
evaluated. The digest is of what was asked for and of the code that made it, so that a file is never
out of date; whatever is damaged, strange or gone is made anew.
"""

import contextlib
import functools
import hashlib
import os
from importlib.metadata import version
from pathlib import Path

import numpy as np

import kernels.compiled
from datasets.environment import glassbox_home
from datasets.idx import DataError
from datasets.npz import read_npz
from nn_core import Trainer
from runs.files import found, write_whole

WORTH = 0.02  # seconds of the processor's: reading takes 2 ms (benchmarks/README.md)
LIMIT = 200_000_000  # bytes that all films together may take
LARGEST = 20_000_000  # bytes of one
BETWEEN_SWEEPS = 5_000_000  # bytes written here, after which it is seen whether all are too many
ROOMS = ("nn_core", "datasets", "kernels", "recipes")  # in which a training is made
LIBRARIES = ("numpy", "numba")  # by which


@functools.cache
def code() -> str:
    """A digest of all that makes a training what it is: our code, the libraries, the machine."""
    root = Path(__file__).parent.parent
    files = [file for room in ROOMS for file in sorted((root / room).glob("*.py"))]
    said = [kernels.compiled.digest(), *map(version, LIBRARIES)]
    return hashlib.sha256(
        b"\0".join([f.read_bytes() for f in files] + [s.encode() for s in said])
    ).hexdigest()


class Films:
    """Whole trainings by what was asked for, in `folder`, which is made when first needed."""

    def __init__(self, folder: Path, limit: int = LIMIT, worth: float = WORTH) -> None:
        """At most `limit` bytes; `worth` keeping is what took the processor longer than that."""
        self.folder, self.limit, self.worth = folder, limit, worth
        self._written = BETWEEN_SWEEPS  # so that the first to be written sees to it

    def _file(self, asked: object) -> Path:
        digest = hashlib.sha256(f"{code()} {asked!r}".encode()).hexdigest()
        return self.folder / f"{digest[:32]}.npz"

    def take_up(self, trainer: Trainer, steps: int, asked: object) -> bool:
        """Whether such a training of so many steps was kept; then the trainer is at its end.

        `asked` is all that the trainer was made of, told apart by its repr.
        """
        file, begun = self._file(asked), trainer.state()
        known = [name for name in begun if not name.startswith("optimizer_")]
        try:
            with file.open("rb") as stream:
                kept = read_npz(stream, known, LARGEST, "a film")
            os.utime(file)  # the least recently used leave first
        except (DataError, OSError):
            return False
        if kept.keys() != set(known) or not _whole(begun, kept, steps):
            return False
        trainer.load_state(begun | kept)
        return True

    def keep(self, trainer: Trainer, asked: object) -> None:
        """Write what a trainer at its end remembers; where nothing can be written, nothing is."""
        kept = {n: a for n, a in trainer.state().items() if not n.startswith("optimizer_")}
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            written = write_whole(
                self._file(asked), lambda stream: np.savez(stream, allow_pickle=False, **kept)
            )
            self._written += written.st_size
            if self._written >= BETWEEN_SWEEPS:
                self._written = 0
                self._make_room()

    def _make_room(self) -> None:
        """Let the least recently used go that are too many."""
        films = sorted(found(self.folder, ".npz"), key=lambda film: film[1].st_mtime)
        total = sum(status.st_size for _, status in films)
        for file, status in films:
            if total <= self.limit:
                return
            total -= status.st_size
            file.unlink(missing_ok=True)


def _whole(begun: dict[str, np.ndarray], kept: dict[str, np.ndarray], steps: int) -> bool:
    """Whether what was kept is the end of the training that has just begun."""
    rows = [len(a) for name, a in kept.items() if name.startswith("history_") and a.ndim]
    snapshots = kept["snapshots"]
    return (
        all(a.dtype.kind == begun[n].dtype.kind for n, a in kept.items())
        and all(a.ndim == begun[n].ndim for n, a in kept.items())
        and kept["theta"].shape == kept["grad"].shape == begun["theta"].shape
        and snapshots.shape == (len(kept["snapshot_steps"]), begun["theta"].size)
        and len(snapshots) > 0
        and len(set(rows)) == 1
        and rows[0] > 0
        and kept["history_grad_norm"].shape[1:] == begun["history_grad_norm"].shape[1:]
        and (int(kept["step_count"]) == steps or int(kept["diverged_at"]) >= 0)
    )


@functools.cache
def films() -> Films:
    """Those in Glassbox's home."""
    return Films(glassbox_home() / "films")
