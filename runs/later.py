"""Something to be done a while from now: once, however often it is asked for meanwhile."""

import threading
import time
from collections.abc import Callable


class Later:
    """Calls `do` in a thread of its own, `seconds` after it was first asked to."""

    def __init__(self, seconds: float, do: Callable[[], None]) -> None:
        self.seconds, self._do = seconds, do
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def ask(self) -> None:
        """Have it done, unless it is about to be."""
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(self.seconds, self._now)
                self._timer.daemon = True
                self._timer.start()

    def _now(self) -> None:
        with self._lock:
            self._timer = None
        self._do()


class WhenQuiet:
    """Calls `do` in a thread of its own once nobody has asked for `seconds`, or twice as long."""

    def __init__(self, seconds: float, do: Callable[[], None]) -> None:
        self._later, self._do = Later(seconds, self._if_quiet), do
        self._asked = 0.0

    def ask(self) -> None:
        """Have it done when nobody has asked for a while."""
        self._asked = time.monotonic()
        self._later.ask()

    def _if_quiet(self) -> None:
        if time.monotonic() - self._asked < self._later.seconds:
            self._later.ask()
        else:
            self._do()
