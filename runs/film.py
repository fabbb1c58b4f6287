"""Training within a page's own run of its script: a little at a time, and never lost half-way."""

import contextlib
import threading
import time
from collections.abc import Iterator

from nn_core import Trainer
from runs.pace import FILM, work_a_little, work_through


class Film:
    """A trainer and the step at which its story ends.

    Several visitors may ask for the same film: they take turns, and whoever comes later finds what
    is there already. A visitor who leaves in the middle leaves a film that the next one finishes.
    """

    def __init__(self, trainer: Trainer, steps: int) -> None:
        self.steps = steps
        self._trainer = trainer
        self._seconds = 0.0
        self._turn = threading.Lock()

    @property
    def step(self) -> int:
        """Steps trained so far."""
        return self._trainer.step_count

    @property
    def finished(self) -> bool:
        """Whether there is no more to train: its last step is reached, or it diverged."""
        return self._trainer.ended or self.step >= self.steps

    @property
    def seconds_left(self) -> float:
        """About how long the rest takes, going by what is trained already."""
        return self._seconds * (self.steps - self.step) / max(self.step, 1)

    @contextlib.contextmanager
    def at_rest(self) -> Iterator[Trainer]:
        """The trainer, which nobody advances while you look."""
        with self._turn:
            yield self._trainer

    def advance(self, seconds: float, resting: bool = True) -> None:
        """Train for about so long, or to the end; `resting` leaves the server its turns."""
        with self._turn:
            began = time.perf_counter()
            while not self.finished and (left := began + seconds - time.perf_counter()) > 0:
                if resting:
                    work_a_little(self._trainer, self.steps, FILM)
                else:
                    work_through(self._trainer, self.steps, left)
            self._seconds += time.perf_counter() - began
