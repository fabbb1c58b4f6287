"""Who looks at a run: the more they are, the longer each waits for the next look."""

import threading
import time

AT_EASE = 8  # so many look as often as they like; twice as many half as often, and so on
SLOWEST = 8  # times as long between two looks, however many they are
STILL_HERE = 20.0  # seconds after a look for which one counts: longer than between any two looks


class Watchers:
    """The visits that look at something which changes, all together about as often as a few do."""

    def __init__(self) -> None:
        self._looked: dict[str, float] = {}  # when each visit did last
        self._lock = threading.Lock()

    def saw(self, visit: str) -> None:
        """This visit looks now."""
        now = time.monotonic()
        with self._lock:
            self._looked[visit] = now
            for other, when in list(self._looked.items()):
                if now - when > STILL_HERE:
                    del self._looked[other]

    @property
    def times_as_long(self) -> int:
        """How many times as long as one alone each of them should wait between two looks."""
        times = 1
        while times < SLOWEST and len(self._looked) > AT_EASE * times:
            times *= 2
        return times
