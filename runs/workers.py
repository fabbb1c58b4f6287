"""Who trains: a few threads, and a queue for the runs that wait for one."""

import threading
from collections import deque
from typing import Protocol

WORKERS = 4


class Job(Protocol):
    """Something to be done in a thread of its own."""

    def work(self) -> None:
        """Do it. Must not raise."""


class Workers:
    """At most `count` pieces of work at a time, first come, first served."""

    def __init__(self, count: int = WORKERS) -> None:
        self.count = count
        self._waiting: deque[Job] = deque()
        self._busy = 0
        self._lock = threading.Lock()

    def enter(self, work: Job) -> None:
        """Start this work, or put it at the end of the queue."""
        with self._lock:
            self._waiting.append(work)
        self._start()

    def leave(self, work: Job) -> bool:
        """Take this work out of the queue; whether it was still in there."""
        with self._lock:
            if work not in self._waiting:
                return False
            self._waiting.remove(work)
            return True

    def place(self, work: Job) -> int:
        """Its place in the queue, 1 being next; 0 if it is not in there."""
        with self._lock:
            return self._waiting.index(work) + 1 if work in self._waiting else 0

    @property
    def waiting(self) -> int:
        """How many wait for a worker."""
        return len(self._waiting)

    @property
    def waited_for(self) -> bool:
        """Whether anything waits for a worker."""
        return bool(self._waiting)

    def _start(self) -> None:
        with self._lock:
            while self._waiting and self._busy < self.count:
                work = self._waiting.popleft()
                self._busy += 1
                threading.Thread(target=self._do, args=[work], daemon=True).start()

    def _do(self, work: Job) -> None:
        try:
            work.work()
        finally:
            with self._lock:
                self._busy -= 1
            self._start()
