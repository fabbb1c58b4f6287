"""Training within a page's own run of its script: a little at a time, and never lost half-way."""

import threading
import time

from nn_core import Trainer


class Film:
    """A trainer and the step at which its story ends.

    Several visitors may ask for the same film: they take turns, and whoever comes later finds what
    is there already. A visitor who leaves in the middle leaves a film that the next one finishes.
    """

    def __init__(self, trainer: Trainer, steps: int) -> None:
        self.trainer = trainer
        self.steps = steps
        self._turn = threading.Lock()

    @property
    def fraction(self) -> float:
        """How much of it is trained, from 0 to 1; 1 also when it diverged and there is no more."""
        return 1.0 if self.trainer.diverged_at else self.trainer.step_count / self.steps

    def advance(self, seconds: float) -> None:
        """Train for about so long, or to the end."""
        with self._turn:
            end = time.perf_counter() + seconds
            while self.fraction < 1 and time.perf_counter() < end:
                self.trainer.run(steps=min(20, self.steps - self.trainer.step_count))
