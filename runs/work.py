"""Slow work: whatever takes longer than a blink, done in a thread of its own, for all who ask.

It says how far it is, rests when nobody wants it any more, and goes on where it was. No visitor
waits for another's: its lock is never held while it computes.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

N = TypeVar("N")

PATIENCE = 0.9  # seconds before the first picture: what is done sooner needs no bar
BETWEEN_PICTURES = 0.6  # seconds between two pictures of longer work
WANTED = 1.4  # seconds for which a wish keeps work going, and then to the end of the piece

log = logging.getLogger(__name__)


class HowFar(NamedTuple):
    """How far work is."""

    share: float = 0.0  # from 0 to 1
    doing: str = ""  # "Training"
    done: str = ""  # "300 of 1,000 steps"


Tell = Callable[[HowFar], None]


class Work(Generic[N]):
    """Work that yields what there is so far, again and again, and ends when it is whole."""

    def __init__(self, do: Callable[[Tell], Iterator[N]]) -> None:
        """`do` is given a function to which it tells how far it is, 1 with its last piece."""
        self.how_far = HowFar()
        self.finished = False
        self._pieces = do(self._tell)
        self._numbers: N | None = None
        self._error: Exception | None = None
        self._seconds = 0.0  # of work, until it last told how far it is
        self._since = 0.0  # when it told that, or began to work again
        self._wanted_until = 0.0
        self._at_work = False
        self._news = threading.Condition()

    def _tell(self, how_far: HowFar) -> None:
        now = time.perf_counter()
        self._seconds += now - self._since if how_far.share else 0.0  # what only waited counts not
        self._since = now
        self.how_far = how_far

    @property
    def numbers(self) -> N | None:
        """What there is so far, None before the first of it.

        What made the work fail is raised again.
        """
        if self._error is not None:
            raise self._error
        return self._numbers

    @property
    def seconds_left(self) -> float:
        """About how long the rest takes, going by what is done already; 0 if nothing is."""
        share = self.how_far.share
        return self._seconds * (1 - share) / share if share else 0.0

    def go_on(self) -> None:
        """Wish it done: it works for some seconds more, unless it is finished."""
        with self._news:
            self._wanted_until = time.monotonic() + WANTED
            if not self._at_work and not self.finished and self._error is None:
                self._at_work = True
                threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        """Have it rest after the piece in progress, until somebody wishes it done."""
        self._wanted_until = 0.0

    def wait(self, seconds: float) -> None:
        """Return when it rests or is finished, or when so many seconds have passed."""
        with self._news:
            self._news.wait_for(lambda: not self._at_work, seconds)

    def first_numbers(self) -> N:
        """What there is so far, as soon as there is anything."""
        with self._news:
            self._news.wait_for(lambda: self._numbers is not None or not self._at_work)
        if (numbers := self.numbers) is None:
            raise RuntimeError("the work ended without anything to show")
        return numbers

    def _work(self) -> None:
        self._since = time.perf_counter()
        error = None
        try:
            for numbers in self._pieces:
                if not self._wanted_after(numbers):
                    return
        except Exception as caught:
            log.exception("slow work failed")
            error = caught
        with self._news:
            self._error, self.finished, self._at_work = error, error is None, False
            self._news.notify_all()

    def _wanted_after(self, numbers: N) -> bool:
        """Show a piece; whether to go on. In one, so that no wish is lost in between."""
        with self._news:
            self._numbers = numbers
            self._at_work = self.how_far.share == 1 or time.monotonic() < self._wanted_until
            self._news.notify_all()
            return self._at_work
