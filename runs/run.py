"""A training run in a thread of its own: pages come and go, it goes on."""

import logging
import secrets
import threading
import time
from typing import NamedTuple

import numpy as np

from nn_core import Trainer
from runs.config import MnistConfig
from runs.pace import RUN, work_a_little

PUBLISH = 0.1  # seconds between two looks that a reader can have at a run
ABANDONED = 600  # seconds without a look after which a run pauses itself

log = logging.getLogger(__name__)


class Progress(NamedTuple):
    """One look at a run. Nothing in it ever changes, so any thread may read it."""

    state: str  # "running", "paused", "finished", "diverged" or "failed"
    step: int
    steps: int
    steps_per_epoch: int
    history: dict[str, list]  # rows at each epoch, as Trainer.history
    batch_loss: np.ndarray  # (step,) the loss of each batch
    weights: np.ndarray  # (inputs, hidden) of the first layer
    images_per_second: float = 0.0

    @property
    def epoch(self) -> float:
        """Passes over the training images so far."""
        return self.step / self.steps_per_epoch


def look_at(trainer: Trainer, steps: int, state: str, images_per_second: float = 0.0) -> Progress:
    """What a trainer has done so far, as copies that it will not touch again."""
    return Progress(
        state,
        trainer.step_count,
        steps,
        trainer.steps_per_epoch,
        {name: list(column) for name, column in trainer.history.items()},
        np.array(trainer.batch_loss, np.float32),
        trainer.net.dense[0].W.copy(),
        images_per_second,
    )


class Run:
    """A trainer that a worker thread steps, while readers look at its latest `Progress`."""

    def __init__(self, config: MnistConfig, trainer: Trainer) -> None:
        self.id = secrets.token_urlsafe(9)
        self.config = config
        self.trainer = trainer
        self.steps = config.epochs * trainer.steps_per_epoch
        self._wanted = threading.Event()
        self._switch = threading.Lock()
        self._thread: threading.Thread | None = None
        self._progress = look_at(trainer, self.steps, "paused")
        self._looked_at = time.monotonic()

    @property
    def state(self) -> str:
        """The state of its latest progress, without the look that keeps a run going."""
        return self._progress.state

    def look(self) -> Progress:
        """The latest progress. Looking is what keeps a run going."""
        self._looked_at = time.monotonic()
        return self._progress

    def go_on(self) -> None:
        """Start training, or take it up again; nothing if it is running or has ended."""
        with self._switch:
            if self._wanted.is_set() or self.state != "paused":
                return
            self._join()
            self._looked_at = time.monotonic()
            self._wanted.set()
            self._progress = self._progress._replace(state="running")
            self._thread = threading.Thread(target=self._work, name=f"run {self.id}", daemon=True)
            self._thread.start()

    def pause(self) -> None:
        """Stop after the batch in progress; its progress is whole when this returns."""
        with self._switch:
            self._wanted.clear()
            self._join()

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            self._train()
        except Exception:
            log.exception("run %s failed", self.id)
            self._progress = self._progress._replace(state="failed")
        finally:
            self._wanted.clear()

    def _train(self) -> None:
        trainer, began, first = self.trainer, time.perf_counter(), self.trainer.step_count
        published = began
        while self._wanted.is_set() and not self._ended():
            work_a_little(trainer, self.steps, RUN)
            now = time.perf_counter()
            speed = (trainer.step_count - first) * trainer.batch_size / (now - began)
            if now - published >= PUBLISH:
                self._progress = look_at(trainer, self.steps, "running", speed)
                published = now
            if time.monotonic() - self._looked_at > ABANDONED:
                break
        speed = (trainer.step_count - first) * trainer.batch_size / (time.perf_counter() - began)
        self._progress = look_at(trainer, self.steps, self._state_at_rest(), speed)

    def _ended(self) -> bool:
        return self.trainer.diverged_at is not None or self.trainer.step_count >= self.steps

    def _state_at_rest(self) -> str:
        if self.trainer.diverged_at is not None:
            return "diverged"
        return "finished" if self._ended() else "paused"
