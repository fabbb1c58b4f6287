"""The folder in which runs outlive the server, and who may write them."""

import contextlib
import os
from pathlib import Path

from datasets.idx import DataError
from runs.files import Files, Stamp
from runs.saved import SavedRun, read_run, write_run

try:
    import fcntl
except ImportError:  # Windows: there a run has one writer only as long as there is one server
    fcntl = None  # type: ignore[assignment]

LIMIT = 1_000_000_000  # bytes that all runs together may take
SHARE = 200_000_000  # bytes that the runs of one visit may take


class Claim:
    """The right to write a run. It ends when it is released, or its process dies."""

    def __init__(self, lock: Path, descriptor: int) -> None:
        self._lock, self._descriptor = lock, descriptor

    def release(self) -> None:
        """Let others write it."""
        with contextlib.suppress(PermissionError):  # Windows keeps what is open
            self._lock.unlink(missing_ok=True)
        os.close(self._descriptor)


class Store:
    """Runs by their ids, in `folder`, which is made when first needed."""

    def __init__(self, folder: Path, limit: int = LIMIT, share: int = SHARE) -> None:
        self.folder, self.files = folder, Files(folder, limit, share)
        self.living: set[str] = set()  # ids of runs that train, whose files stay in any case

    def claim(self, run_id: str) -> Claim | None:
        """The right to write this run, None while somebody has it, here or in another process.

        OSError if nothing can be written here.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = self.folder / f".{run_id}.lock"
        while True:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if fcntl is not None:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(descriptor), lock.stat()):
                    return Claim(lock, descriptor)
            except BlockingIOError:
                os.close(descriptor)
                return None
            except FileNotFoundError:
                pass
            os.close(descriptor)  # who had it has released it meanwhile, and its file is gone

    def stamp(self, run_id: str) -> Stamp | None:
        """What tells whether the run was written since; None if it has no file."""
        return self.files.stamp(run_id)

    def save(self, run_id: str, saved: SavedRun, compress: bool = False) -> Stamp:
        """Write the run; the oldest that are too many go, but none of the living.

        OSError if the disk is full or cannot be written; what was saved before is then still there.
        """
        return self.files.write(run_id, lambda f: write_run(f, saved, compress), self.living)

    def load(self, run_id: str) -> SavedRun | None:
        """The run of that id, or None if there is none, or its file is not a run."""
        path = self.files.path(run_id)
        try:
            if path is not None:
                with path.open("rb") as file:
                    return read_run(file)
        except (DataError, OSError):
            pass
        return None

    def delete(self, run_id: str) -> bool:
        """Take the run's file away; whether there was one. OSError if it cannot be."""
        return self.files.delete(run_id)
