"""The runs of this server, found by their id alone."""

import threading
from collections import OrderedDict

from runs.run import Run

KEPT = 32  # runs at rest beyond this many are forgotten, the oldest first


class Registry:
    """Whoever has a run's id, from its link, finds the run; nobody can list them."""

    def __init__(self) -> None:
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, run: Run) -> None:
        """Keep this run; the oldest ones at rest make room for it."""
        with self._lock:
            self._runs[run.id] = run
            resting = [i for i, r in self._runs.items() if r.state != "running"]
            for old in resting[: max(0, len(self._runs) - KEPT)]:
                del self._runs[old]

    def find(self, run_id: str | None) -> Run | None:
        """The run of that id, or None."""
        return self._runs.get(run_id) if run_id else None

    def drop(self, run: Run) -> None:
        """Pause this run and forget it."""
        run.pause()
        with self._lock:
            self._runs.pop(run.id, None)
