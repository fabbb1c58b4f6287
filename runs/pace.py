"""Training beside a server: it must leave the server its turns."""

import time
from collections.abc import Iterator

from nn_core import Trainer
from runs.work import BETWEEN_PICTURES, PATIENCE

# Seconds of training, then of sleep: without it the threads that answer the readers hardly get a
# turn. A film is trained while its own page is still loading, so it is gentler.
RUN = (0.02, 0.001)
FILM = (0.01, 0.002)


def in_pieces(trainer: Trainer, steps: int) -> Iterator[bool]:
    """Train to step `steps`, or until training ends, and pause whenever a picture is due.

    Yields whether that was all. The first piece, for which a reader waits, has no rest in it.
    """
    work_through(trainer, steps, PATIENCE)
    while trainer.step_count < steps and not trainer.ended:
        yield False
        work_gently(trainer, steps, BETWEEN_PICTURES)
    yield True


def work_a_little(trainer: Trainer, steps: int, pace: tuple[float, float]) -> None:
    """Train for a moment, or to step `steps`, or until training ends; then let others work."""
    work, rest = pace
    end = time.perf_counter() + work
    while trainer.step_count < steps and not trainer.ended and time.perf_counter() < end:
        trainer.step()
    time.sleep(rest)


def work_gently(trainer: Trainer, steps: int, seconds: float) -> None:
    """Train a little, again and again, for about so long or until there is no more to train."""
    end = time.perf_counter() + seconds
    while trainer.step_count < steps and not trainer.ended and time.perf_counter() < end:
        work_a_little(trainer, steps, FILM)


def work_through(trainer: Trainer, steps: int, seconds: float) -> None:
    """Train for about so long without a rest, or to step `steps`, or until training ends."""
    end = time.perf_counter() + seconds
    stretch = 1  # steps between two looks at the clock
    while trainer.step_count < steps and not trainer.ended:
        began = time.perf_counter()
        if began > end:
            return
        trainer.run(steps=min(stretch, steps - trainer.step_count))
        if time.perf_counter() - began < 0.005:
            stretch *= 2
