"""The folder in which runs outlive the server: one file each, written whole or not at all."""

import contextlib
import os
import re
import time
from collections.abc import Collection
from pathlib import Path

from datasets.idx import DataError
from runs.saved import SavedRun, read_run, write_run

LIMIT = 1_000_000_000  # bytes that all runs together may take
FORGOTTEN = 600  # seconds after which half a file belongs to nobody any more
AN_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")


class Store:
    """Runs by their ids, in `folder`, which is made when first needed."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder, self.limit = folder, limit
        self.living: set[str] = set()  # ids of runs that train, whose files stay in any case

    def _file(self, run_id: str) -> Path:
        return self.folder / f"{run_id}.npz"

    def save(self, run_id: str, saved: SavedRun) -> None:
        """Write the run, then let the oldest go that are too many, but none of the living.

        OSError if the disk is full or cannot be written; what was saved before is then still there.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        half_way = self.folder / f".{run_id}.half"
        try:
            with half_way.open("wb") as file:
                write_run(file, saved)
            os.replace(half_way, self._file(run_id))
        except OSError:
            half_way.unlink(missing_ok=True)
            raise
        with contextlib.suppress(FileNotFoundError):  # another worker makes room, too
            self._make_room({run_id, *self.living})

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
