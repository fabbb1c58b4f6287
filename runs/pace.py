"""Training beside a server: it must leave the server its turns."""

import time

from nn_core import Trainer

# Seconds of training, then of sleep: without it the threads that answer the readers hardly get a
# turn. A film is trained while its own page is still loading, so it is gentler.
RUN = (0.02, 0.001)
FILM = (0.01, 0.002)


def work_a_little(trainer: Trainer, steps: int, pace: tuple[float, float]) -> None:
    """Train for a moment, or to step `steps`, or until training ends; then let others work."""
    work, rest = pace
    end = time.perf_counter() + work
    while trainer.step_count < steps and not trainer.ended and time.perf_counter() < end:
        trainer.step()
    time.sleep(rest)
