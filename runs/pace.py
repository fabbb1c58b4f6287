"""Training beside a server: it must leave the server its turns."""

import time
from collections.abc import Iterator

from kernels import train
from nn_core import Trainer

RUN = (0.02, 0.001)  # seconds of nn_core's training, then of sleep, in which others get their turn
PIECE = 0.3  # seconds of compiled training, which takes nobody's turn, until a film may be stopped


def in_pieces(trainer: Trainer, steps: int) -> Iterator[bool]:
    """Train to step `steps`, or until training ends, and pause again and again.

    Yields whether that was all.
    """
    finished = False
    while not finished:
        work_through(trainer, steps, PIECE)
        finished = trainer.step_count >= steps or trainer.ended
        yield finished


def work_a_little(trainer: Trainer, steps: int, pace: tuple[float, float]) -> None:
    """Train for a moment, or to step `steps`, or until training ends; then let others work."""
    work, rest = pace
    end = time.perf_counter() + work
    while trainer.step_count < steps and not trainer.ended and time.perf_counter() < end:
        trainer.step()
    time.sleep(rest)


def work_through(trainer: Trainer, steps: int, seconds: float) -> None:
    """Train for about so long without a rest, or to step `steps`, or until training ends."""
    end = time.perf_counter() + seconds
    stretch = 1  # steps between two looks at the clock
    while trainer.step_count < steps and not trainer.ended:
        began = time.perf_counter()
        if began > end:
            return
        train(trainer, min(stretch, steps - trainer.step_count))
        if time.perf_counter() - began < 0.005:
            stretch *= 2
