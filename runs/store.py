"""The folder in which runs outlive the server."""

from pathlib import Path

from datasets.idx import DataError
from runs.claims import Claims
from runs.files import Files, Stamp
from runs.saved import SavedRun, read_run, write_run

LIMIT = 1_000_000_000  # bytes that all runs together may take
SHARE = 200_000_000  # bytes that the runs of one visit may take


class Store:
    """Runs by their ids, in `folder`, which is made when first needed."""

    def __init__(self, folder: Path, limit: int = LIMIT, share: int = SHARE) -> None:
        self.folder, self.files = folder, Files(folder, limit, share)
        self.claims = Claims(folder)
        self.living: set[str] = set()  # ids of runs that train here, whose files stay in any case

    def stamp(self, run_id: str) -> Stamp | None:
        """What tells whether the run was written since; None if it has no file."""
        return self.files.stamp(run_id)

    def save(self, run_id: str, saved: SavedRun, compress: bool = False) -> Stamp:
        """Write the run; the oldest that are too many go, but none that trains, here or elsewhere.

        OSError if the disk is full or cannot be written; what was saved before is then still there.
        """
        spared = self.living.union(self.claims.everywhere())
        return self.files.write(run_id, lambda f: write_run(f, saved, compress), spared)

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
