"""A run that another process of the server trains: shown as its file has it, epoch by epoch."""

import threading

from runs.files import Stamp
from runs.run import ELSEWHERE, Progress, Run, State, progress_of
from runs.saved import SavedRun
from runs.store import Store


class RunElsewhere(Run):
    """It can only be looked at here, until its process lets go of it."""

    unsaved = ELSEWHERE

    def __init__(self, saved: SavedRun, run_id: str, stamp: Stamp | None, store: Store) -> None:
        """`stamp` is that of its file, which `store` has."""
        super().__init__(saved, run_id, stamp)
        self._store = store
        self._reading = threading.Lock()
        self._progress = self._progress._replace(state=State.ELSEWHERE)

    def look(self) -> Progress:
        """Its progress by its latest whole epoch. Looking is what keeps it going, there as here."""
        with self._reading:
            # In this order: who lets go of a run has written it before.
            there, stamp = self._store.claims.elsewhere(self.id), self._store.stamp(self.id)
            if there:
                self._store.claims.look(self.id)
            if stamp not in (None, self.stamp) and (saved := self._store.load(self.id)):
                self._saved, self.stamp = saved, stamp
                self._progress = progress_of(saved)._replace(state=State.ELSEWHERE)
            if not there and self.state is State.ELSEWHERE:
                self._progress = progress_of(self._saved)
                self.unsaved = ""
        return super().look()
