"""Training beside a server: it must leave the server its turns."""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence

from datasets.environment import cores
from kernels import train
from nn_core import Trainer

RUN = (0.02, 0.001)  # seconds of nn_core's training, then of sleep, in which others get their turn
LATE = 0.003  # seconds by which who sleeps wakes late where others have Python's lock
GIVES_WAY = 8  # times as long as it worked: so long a training sleeps at most while others work
PIECE = 0.3  # seconds of compiled training, which takes nobody's turn, until a film may be stopped
FIRST = 16  # steps before the first look at the clock: the largest network takes some 5 ms for one
LOOK = 0.04  # seconds between two looks: what a call costs besides its steps is little to that


class Line:
    """At most so many at a time, first come, first served.

    Four threads that share Python's lock train hardly faster than one (by a tenth, measured on two
    cores), but a page that needs the lock waits for all of them.
    """

    def __init__(self, at_once: int = max(1, cores() - 1)) -> None:
        self._free = at_once
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and have it."""
        with self._lock:
            mine = threading.Event()
            if self._free:
                self._free -= 1
                mine.set()
            else:
                self._waiting.append(mine)
        mine.wait()
        try:
            yield
        finally:
            with self._lock:
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._free += 1


LINE = Line()


def in_pieces(trainer: Trainer, steps: int) -> Iterator[bool]:
    """Train to step `steps`, or until training ends, and pause again and again.

    Yields whether that was all.
    """
    finished = False
    while not finished:
        work_through(trainer, steps, PIECE)
        finished = trainer.step_count >= steps or trainer.ended
        yield finished


def all_in_pieces(trainers: Sequence[Trainer], steps: int) -> Iterator[float]:
    """Train each to step `steps`, or until its training ends, one after the other.

    Pauses again and again, and yields the share that is done by then, 1 with the last.
    """
    done, stretch = 0, FIRST
    while done < len(trainers):
        end = time.perf_counter() + PIECE
        while done < len(trainers) and (left := end - time.perf_counter()) > 0:
            stretch = work_through(trainers[done], steps, left, stretch)
            done += trainers[done].step_count >= steps or trainers[done].ended
        begun = trainers[done].step_count / steps if done < len(trainers) else 0.0
        yield (done + begun) / len(trainers)


def work_a_little(trainer: Trainer, steps: int, pace: tuple[float, float]) -> None:
    """Train for a moment, or to step `steps`, or until training ends; then let others work."""
    work, rest = pace
    with LINE.turn():
        end = time.perf_counter() + work
        while trainer.step_count < steps and not trainer.ended and time.perf_counter() < end:
            trainer.step()
        _let_others_work(rest, GIVES_WAY * work)


def _let_others_work(rest: float, most: float) -> None:
    """Sleep, again and again while others work, but no longer than `most`.

    Pages that run need Python's lock as training does. Who wakes late had to wait for it.
    """
    end = time.perf_counter() + most
    late = True
    while late and time.perf_counter() < end:
        began = time.perf_counter()
        time.sleep(rest)
        late = time.perf_counter() - began > rest + LATE


def work_through(trainer: Trainer, steps: int, seconds: float, stretch: int = FIRST) -> int:
    """Train for about so long without a rest, or to step `steps`, or until training ends.

    `stretch` is how many steps to take between two looks at the clock; returns how many that were
    in the end, for a trainer like this one.
    """
    end = time.perf_counter() + seconds
    while trainer.step_count < steps and not trainer.ended:
        began = time.perf_counter()
        if began > end:
            break
        train(trainer, min(stretch, steps - trainer.step_count))
        if time.perf_counter() - began < LOOK:
            stretch *= 4
    return stretch
