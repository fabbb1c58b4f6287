"""The runs of this server, found by their id alone, in memory or on disk."""

import contextlib
import threading
from collections import OrderedDict

from datasets.digits import Digits
from recipes.mnist import MnistSettings
from runs.run import ABANDONED, Run, TrainingRun, goes_on_with, new_id
from runs.saved import SavedRun
from runs.store import AN_ID, Stamp, Store
from runs.workers import Workers

KEPT = 32  # runs at rest beyond this many leave memory, the oldest first; their files stay


class Registry:
    """Whoever has a run's id, from its link, finds the run; nobody can list them."""

    def __init__(self, workers: Workers, store: Store, abandoned: float = ABANDONED) -> None:
        """Runs that nobody has looked at for `abandoned` seconds rest."""
        self.workers, self.store, self.abandoned = workers, store, abandoned
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._lock = threading.Lock()

    def new(self, settings: MnistSettings, digits: Digits) -> TrainingRun:
        """A run that starts from nothing."""
        run = self._training(settings, digits)
        self._kept(run)
        return run

    def opened(self, saved: SavedRun, digits: Digits) -> Run:
        """A run that starts from where a saved one is, with an id of its own."""
        run_id, stamp = new_id(), None
        with contextlib.suppress(OSError):  # it is in memory, and saving is tried again
            stamp = self.store.save(run_id, saved)
        return self._kept(self._again(saved, digits, run_id, stamp))

    def find(self, run_id: str | None, digits: Digits) -> Run | None:
        """The run of that id, from memory or from its file, or None.

        Where another process has written it since, it is read again.
        """
        if not run_id:
            return None
        run, saved = self._runs.get(run_id), None
        stamp = self.store.stamp(run_id) if AN_ID.fullmatch(run_id) else None
        if run and run.at_rest and stamp not in (None, run.stamp):
            saved = self.store.load(run_id)
        elif run and (isinstance(run, TrainingRun) or not goes_on_with(run.saved(), digits)):
            return run
        saved = saved or (run.saved() if run else self.store.load(run_id))
        if saved is None:
            return None
        return self._kept(self._again(saved, digits, run_id, stamp), instead_of=run)

    def _again(self, saved: SavedRun, digits: Digits, run_id: str, stamp: Stamp | None) -> Run:
        """A saved run, which can go on if these are the digits it learned from."""
        if not goes_on_with(saved, digits):
            return Run(saved, run_id, stamp)
        return self._training(saved.settings, digits, saved, run_id, stamp)

    def _training(
        self,
        settings: MnistSettings,
        digits: Digits,
        saved: SavedRun | None = None,
        run_id: str = "",
        stamp: Stamp | None = None,
    ) -> TrainingRun:
        return TrainingRun(
            settings, digits, self.workers, self.store, saved, run_id, self.abandoned, stamp
        )

    def _kept(self, run: Run, instead_of: Run | None = None) -> Run:
        """This run, or the one of its id that another visitor brought meanwhile, in memory.

        It takes the place of the one that was found before its digits were, or before another
        process wrote its file. Those that nobody looks at, and the oldest, make room.
        """
        with self._lock:
            if self._runs.get(run.id) in (None, instead_of):
                self._runs.pop(run.id, None)
                self._runs[run.id] = run
            run = self._runs[run.id]
            resting = [i for i, r in self._runs.items() if r.at_rest and r is not run]
            unwatched = [i for i in resting if self._runs[i].unwatched > self.abandoned]
            for old in unwatched or resting[: max(0, len(self._runs) - KEPT)]:
                del self._runs[old]
            return run
