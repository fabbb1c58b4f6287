"""Who may write a run: one process at a time, told by locks beside the runs' files."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there a run has one writer only as long as there is one server
    fcntl = None  # type: ignore[assignment]

TRIES, A_LOOK = 5, 0.01  # who only looks whether a run is claimed takes less than so many seconds


class Claim:
    """The right to write a run. It ends when it is released, or its process dies."""

    def __init__(self, lock: Path, descriptor: int, ours: set[str], name: str) -> None:
        """`ours` has the name of this run until then."""
        self._lock, self._descriptor = lock, descriptor
        self._ours, self._name = ours, name

    def release(self) -> None:
        """Let others write it."""
        with contextlib.suppress(PermissionError):  # Windows keeps what is open
            self._lock.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._ours.discard(self._name)


class Claims:
    """The rights to write the runs of a folder, which is made when first needed.

    A claim is a lock on a file, which stays behind where its process dies. Its time says when
    somebody last looked at the run from another process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ours: set[str] = set()  # what is claimed here, or about to be
        self._one_at_a_time = threading.Lock()

    def claim(self, run_id: str) -> Claim | None:
        """The right to write this run, None while somebody has it, here or in another process.

        OSError if nothing can be written here.
        """
        with self._one_at_a_time:
            if run_id in self._ours:
                return None
            self._ours.add(run_id)
        claim = None
        try:
            claim = self._taken(run_id)
        finally:
            if claim is None:
                self._ours.discard(run_id)
        return claim

    def _taken(self, run_id: str) -> Claim | None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lock, tries = self._lock(run_id), TRIES
        while True:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if fcntl is not None:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(descriptor), lock.stat()):
                    os.utime(lock, (0, 0))  # nobody has looked from elsewhere
                    return Claim(lock, descriptor, self._ours, run_id)
            except BlockingIOError:  # somebody has it, or looks whether somebody has
                tries -= 1
            except FileNotFoundError:  # who had it has released it meanwhile
                pass
            os.close(descriptor)
            if not tries:
                return None
            time.sleep(A_LOOK if tries < TRIES else 0)

    def elsewhere(self, run_id: str) -> bool:
        """Whether another process has the right to write this run."""
        return run_id not in self._ours and _locked(self._lock(run_id))

    def everywhere(self) -> Iterator[str]:
        """The ids of all runs that are claimed, here or in another process."""
        for lock in self.folder.glob(".*.lock"):
            if _locked(lock):
                yield lock.name.removeprefix(".").removesuffix(".lock")

    def left_behind(self, run_id: str) -> bool:
        """Whether the process that trained this run ended before it was done."""
        lock = self._lock(run_id)
        return run_id not in self._ours and lock.exists() and not _locked(lock)

    def leave_behind(self, run_id: str) -> None:
        """Have other processes know that this one ends before the run is done."""
        with contextlib.suppress(OSError):
            self._lock(run_id).touch(mode=0o600)

    def look(self, run_id: str) -> None:
        """Have the process that trains this run know that somebody looks at it here."""
        with contextlib.suppress(OSError):
            os.utime(self._lock(run_id))

    def unwatched(self, run_id: str) -> float:
        """Seconds since somebody looked at this run from another process."""
        try:
            return time.time() - self._lock(run_id).stat().st_mtime
        except OSError:
            return float("inf")

    def _lock(self, run_id: str) -> Path:
        return self.folder / f".{run_id}.lock"


def _locked(lock: Path) -> bool:
    """Whether somebody holds this lock. To find out, it is shared for a moment."""
    try:
        descriptor = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
