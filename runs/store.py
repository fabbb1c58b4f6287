"""The folder in which runs outlive the server: one file each, written whole or not at all."""

import contextlib
import os
import re
import time
from collections.abc import Collection
from pathlib import Path

from datasets.idx import DataError
from runs.saved import SavedRun, read_run, write_run

try:
    import fcntl
except ImportError:  # Windows: there a run has one writer only as long as there is one server
    fcntl = None  # type: ignore[assignment]

LIMIT = 1_000_000_000  # bytes that all runs together may take
FORGOTTEN = 600  # seconds after which half a file belongs to nobody any more
AN_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")


Stamp = tuple[int, int, int]  # what tells one writing of a file from the next


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

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder, self.limit = folder, limit
        self.living: set[str] = set()  # ids of runs that train, whose files stay in any case

    def _file(self, run_id: str) -> Path:
        return self.folder / f"{run_id}.npz"

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
        try:
            return _stamp(self._file(run_id).stat())
        except OSError:
            return None

    def save(self, run_id: str, saved: SavedRun) -> Stamp:
        """Write the run, then let the oldest go that are too many, but none of the living.

        OSError if the disk is full or cannot be written; what was saved before is then still there.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        half_way = self.folder / f".{run_id}.half"
        try:
            with half_way.open("wb") as file:
                write_run(file, saved)
            stamp = _stamp(half_way.stat())
            os.replace(half_way, self._file(run_id))
        except OSError:
            half_way.unlink(missing_ok=True)
            raise
        with contextlib.suppress(FileNotFoundError):  # another worker makes room, too
            self._make_room({run_id, *self.living})
        return stamp

    def _make_room(self, spared: Collection[str]) -> None:
        for half_way in self.folder.glob(".*.half"):  # of a server that was killed while writing
            if half_way.stat().st_mtime < time.time() - FORGOTTEN:
                half_way.unlink(missing_ok=True)
        files = sorted(self.folder.glob("*.npz"), key=lambda file: file.stat().st_mtime)
        total = sum(file.stat().st_size for file in files)
        for file in files:
            if total <= self.limit:
                return
            if file.stem not in spared:
                total -= file.stat().st_size
                file.unlink(missing_ok=True)

    def load(self, run_id: str) -> SavedRun | None:
        """The run of that id, or None if there is none, or its file is not a run."""
        if not AN_ID.fullmatch(run_id) or not self._file(run_id).is_file():
            return None
        try:
            with self._file(run_id).open("rb") as file:
                return read_run(file)
        except (DataError, OSError):
            return None


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_mtime_ns, status.st_size
