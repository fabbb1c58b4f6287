"""Slow work: whatever takes longer than a blink, done by a few threads, for all who ask.

It says how far it is, rests when nobody wants it any more, and goes on where it was. No visitor
waits for another's lock: none is held while it computes.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from datasets.environment import cores

N = TypeVar("N")

PATIENCE = 0.9  # seconds before the first picture: what is done sooner needs no bar
BETWEEN_PICTURES = 0.6  # seconds between two pictures of longer work, where nothing else waits
WANTED = 1.4  # seconds for which a wish keeps work going, and then to the end of the piece

log = logging.getLogger(__name__)


class HowFar(NamedTuple):
    """How far work is."""

    share: float = 0.0  # from 0 to 1
    doing: str = ""  # "Training"
    done: str = ""  # "300 of 1,000 steps"
    enough: bool = False  # whether what there is answers already, and what follows only adds to it


Tell = Callable[[HowFar], None]


class Turns:
    """At most so many pieces of work at a time, that those at work do not slow each other down.

    What was worked on least goes first, so that nothing long makes what is short wait; of what has
    just begun, what has waited longest. What only adds to an answer never has all places, and
    gives way to what somebody waits for.
    """

    def __init__(self, at_once: int = cores()) -> None:
        self._at_once = at_once
        self._busy = self._adding = 0
        self._waiting: list[Work[Any]] = []
        self._lock = threading.Lock()

    def enter(self, work: "Work[Any]") -> None:
        """Let this work have a turn as soon as one is free."""
        with self._lock:
            self._waiting.append(work)
            if self._busy == self._at_once:
                return
            self._busy += 1
        threading.Thread(target=self._take, daemon=True).start()

    def before(self, work: "Work[Any]") -> int:
        """How many are before this work, at work or waiting, 0 if it does not wait."""
        with self._lock:
            if work not in self._waiting:
                return 0
            return self._busy + self._waiting.index(work)

    @property
    def waiting(self) -> float:
        """How many pieces of work wait for each that is at work."""
        return self.in_the_queue / self._at_once

    @property
    def in_the_queue(self) -> int:
        """How many pieces of work wait."""
        return len(self._waiting)

    def give_way(self) -> None:
        """Do first what somebody waits for.

        Called between two of its steps by work that only adds to an answer: what waits has its
        turns then in the place, and by the thread, of this one.
        """
        while (work := self._unanswered()) is not None:
            work.take_turn()

    def _unanswered(self) -> "Work[Any] | None":
        with self._lock:
            may = [work for work in self._waiting if not work.how_far.enough]
            return self._least_worked(may) if may else None

    def _least_worked(self, may: "list[Work[Any]]") -> "Work[Any]":
        work = min(may, key=lambda work: work.worked)
        self._waiting.remove(work)
        return work

    def _take(self) -> None:
        while (work := self._next()) is not None:
            adds = work.how_far.enough
            work.take_turn()
            with self._lock:
                self._adding -= adds

    def _next(self) -> "Work[Any] | None":
        with self._lock:
            full = self._adding >= max(1, self._at_once - 1)
            may = [work for work in self._waiting if not (full and work.how_far.enough)]
            if not may:
                self._busy -= 1
                return None
            work = self._least_worked(may)
            self._adding += work.how_far.enough
            return work


TURNS = Turns()


class Work(Generic[N]):
    """Work that yields what there is so far, again and again, and ends when it is whole."""

    def __init__(self, do: Callable[[Tell], Iterator[N]], turns: Turns = TURNS) -> None:
        """`do` is given a function to which it tells how far it is, 1 with its last piece."""
        self.how_far = HowFar()
        self.finished = False
        self.worked = 0.0  # seconds of turns that it has had
        self._turns = turns
        self._pieces = do(self._tell)
        self._numbers: N | None = None
        self._error: Exception | None = None
        self._seconds = 0.0  # of work, until it last told how far it is
        self._since = 0.0  # when it told that, or began to work again
        self._wished = False  # its next turn
        self._wanted_until = 0.0
        self._at_work = False  # or waiting for a turn
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
    def so_far(self) -> N | None:
        """The same, also where the work failed."""
        return self._numbers

    @property
    def wanted(self) -> bool:
        """Whether somebody has wished it done within the last seconds, or it is at work."""
        return self._at_work or time.monotonic() < self._wanted_until

    @property
    def between_pictures(self) -> float:
        """Seconds after which to show what there is of it by then: later when much else waits.

        To show it takes as long as to make a small film. If all who wait had that done as often as
        one alone, they would wait for that.
        """
        return BETWEEN_PICTURES * (1 + self._turns.waiting)

    @property
    def seconds_left(self) -> float:
        """About how long the rest takes, going by what is done already; 0 if nothing is."""
        share = self.how_far.share
        return self._seconds * (1 - share) / share if share else 0.0

    def go_on(self) -> None:
        """Wish it done: it has a turn, and further ones for some seconds, unless it is finished."""
        with self._news:
            self._wished = True
            self._wanted_until = time.monotonic() + WANTED
            if self._at_work or self.finished or self._error is not None:
                return
            self._at_work = True
        self._turns.enter(self)

    def stop(self) -> None:
        """Have it rest after the piece in progress, until somebody wishes it done."""
        self._wished, self._wanted_until = False, 0.0

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

    def take_turn(self) -> None:
        """Do a piece of it, if anybody wants it still; called by a thread of its `Turns`."""
        if not self._turn_is_wanted():
            return
        began = self._since = time.perf_counter()
        error, whole = None, False
        try:
            for numbers in self._pieces:
                self._show(numbers)
                if self.how_far.share != 1:
                    break
            else:
                whole = True
        except Exception as caught:
            log.exception("slow work failed")
            error = caught
        self.worked += time.perf_counter() - began
        if whole or error is not None:
            with self._news:
                self._error, self.finished, self._at_work = error, whole, False
                self._news.notify_all()
        elif self._another_is_wanted():
            self._turns.enter(self)

    def _show(self, numbers: N) -> None:
        with self._news:
            self._numbers = numbers
            self._news.notify_all()

    def _turn_is_wanted(self) -> bool:
        """Whether the turn that it was given is wanted still; if not, it rests."""
        with self._news:
            self._at_work, self._wished = self._wished, False
            self._news.notify_all()
            return self._at_work

    def _another_is_wanted(self) -> bool:
        """Whether to go on; if not, it rests. In one, so that no wish is lost in between."""
        with self._news:
            self._wished = self._wished or time.monotonic() < self._wanted_until
            self._at_work = self._wished
            self._news.notify_all()
            return self._at_work
