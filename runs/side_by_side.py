"""Many small trainings, as many at a time as there are cores: slow work that rests between pieces.

The compiled loop holds no lock of Python's, so threads are enough. None of them outlives a piece:
between two pieces whoever else has slow work has the machine.
"""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from nn_core import Trainer
from runs.pace import FIRST, LOOK, PIECE, work_through

A = TypeVar("A")
AT_ONCE = os.cpu_count() or 1


class Piece(NamedTuple):
    """What a piece of the work brought."""

    share: float  # of all steps that are done by now
    ended: list[tuple[int, Trainer]]  # which trainings it brought to their end, by their place


def side_by_side(
    asked: Sequence[A],
    make: Callable[[A], Trainer],
    steps: int | Sequence[int],
    at_once: int = AT_ONCE,
) -> Iterator[Piece]:
    """Train what `make` makes of each to step `steps`, or to its own, or until its training ends.

    Trainers are made when their turn comes and are the caller's once they have ended. Pauses again
    and again, and yields what has ended since; the share is 1 with the last.
    """
    waiting, begun = deque(range(len(asked))), deque[tuple[int, Trainer]]()
    ended, done = list[tuple[int, Trainer]](), 0
    stretches = dict[int, int]()  # steps between two looks at the clock, by a network's parameters
    to = [steps] * len(asked) if isinstance(steps, int) else steps
    finished, all_steps = 0, sum(to)  # the steps of those that have ended, and of all

    def work(until: float) -> None:
        late = False  # a thread that begins when its time is over still works a little
        while not late:
            try:
                place, trainer = begun.popleft() if begun else _next()
            except IndexError:  # nothing is left to begin, or another thread was faster
                return
            size = trainer.net.theta.size
            stretch, left = stretches.get(size, FIRST), max(LOOK, until - time.perf_counter())
            stretches[size] = max(stretch, work_through(trainer, to[place], left, stretch))
            if trainer.step_count >= to[place] or trainer.ended:
                ended.append((place, trainer))
            else:
                begun.append((place, trainer))
            late = time.perf_counter() >= until

    def _next() -> tuple[int, Trainer]:
        place = waiting.popleft()
        return place, make(asked[place])

    while done < len(asked):
        until = time.perf_counter() + PIECE
        with ThreadPoolExecutor(at_once) as threads:
            list(threads.map(work, [until] * at_once))
        done += len(ended)
        finished += sum(to[place] for place, _ in ended)
        share = (finished + sum(t.step_count for _, t in begun)) / all_steps
        yield Piece(1.0 if done == len(asked) else share, ended)
        ended = []
