"""The runs of this server, found by their id alone, in memory or on disk."""

import contextlib
import threading
from collections import OrderedDict

from datasets.digits import Digits
from runs import run as runs
from runs.config import MnistConfig
from runs.run import Run
from runs.saved import SavedRun
from runs.store import Store
from runs.workers import Workers

KEPT = 32  # runs at rest beyond this many leave memory, the oldest first; their files stay


class Registry:
    """Whoever has a run's id, from its link, finds the run; nobody can list them."""

    def __init__(self, workers: Workers, store: Store) -> None:
        self.workers, self.store = workers, store
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._lock = threading.Lock()

    def new(self, config: MnistConfig, digits: Digits, saved: SavedRun | None = None) -> Run:
        """A run that starts from nothing, or from where a saved one is."""
        run = self._kept(Run(config, digits, self.workers, self.store, saved))
        if saved:
            with contextlib.suppress(OSError):  # it is in memory, and saving is tried again
                self.store.save(run.id, saved)
        return run

    def find(self, run_id: str | None, digits: Digits) -> Run | None:
        """The run of that id, from memory or from its file, or None."""
        if not run_id:
            return None
        run = self._runs.get(run_id)
        if run and (run.trainer or run.digits != digits.name):
            return run
        self._runs.pop(run_id, None)  # it was found before its digits were
        if (saved := run.saved() if run else self.store.load(run_id)) is None:
            return None
        return self._kept(Run(saved.config, digits, self.workers, self.store, saved, run_id))

    def _kept(self, run: Run) -> Run:
        """This run, or the one of its id that another visitor brought meanwhile, in memory.

        Those that nobody looks at, and the oldest, make room.
        """
        with self._lock:
            run = self._runs.setdefault(run.id, run)
            resting = [i for i, r in self._runs.items() if r.at_rest and r is not run]
            unwatched = [i for i in resting if self._runs[i].unwatched > runs.ABANDONED]
            for old in unwatched or resting[: max(0, len(self._runs) - KEPT)]:
                del self._runs[old]
            return run
