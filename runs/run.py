"""A training run: a worker thread steps it, pages look at it, its file survives both."""

import logging
import os
import secrets
import threading
import time
from typing import NamedTuple

import numpy as np

from datasets.digits import Digits
from nn_core import Trainer
from runs.config import MnistConfig
from runs.pace import RUN, work_a_little
from runs.saved import SavedRun, saved_run
from runs.snapshots import Snapshot, snapshot
from runs.store import Store
from runs.trainers import mnist_trainer
from runs.workers import Workers

PUBLISH = 0.08  # seconds between two looks that a reader can have at a run
# Seconds without a look after which a run rests.
ABANDONED = float(os.environ.get("GLASSBOX_ABANDONED") or 600)

log = logging.getLogger(__name__)


class Progress(NamedTuple):
    """One look at a run. Nothing in it ever changes, so any thread may read it."""

    state: str  # "waiting", "running", "paused", "finished", "diverged" or "failed"
    step: int
    steps: int
    steps_per_epoch: int
    history: dict[str, list]  # rows at each epoch, as Trainer.history
    batch_loss: np.ndarray  # (step,) float32, the loss of each batch
    theta: np.ndarray  # (parameters,) float32
    sizes: list[int]  # units a layer, inputs first
    snapshots: tuple[Snapshot, ...]  # some moments on the way
    stopped: str = ""  # why it ended early, as a sentence
    images_per_second: float = 0.0

    @property
    def epoch(self) -> float:
        """Passes over the training images so far."""
        return self.step / self.steps_per_epoch


def progress_of(saved: SavedRun) -> Progress:
    """What a saved run shows."""
    state, step = saved.state, int(saved.state["step_count"])
    steps, stopped = saved.config.epochs * saved.steps_per_epoch, str(saved.state["stopped"])
    done = "finished" if step >= steps or stopped else "paused"
    prefix = "history_"
    return Progress(
        "diverged" if int(state["diverged_at"]) >= 0 else done,
        step,
        steps,
        saved.steps_per_epoch,
        {n.removeprefix(prefix): a.tolist() for n, a in state.items() if n.startswith(prefix)},
        state["batch_loss"],
        saved.theta,
        saved.sizes,
        saved.snapshots,
        stopped,
    )


class Run:
    """A run, at work or at rest. Its id is the only way to it, and cannot be guessed."""

    def __init__(
        self,
        config: MnistConfig,
        digits: Digits,
        workers: Workers,
        store: Store,
        saved: SavedRun | None = None,
        run_id: str | None = None,
    ) -> None:
        """A new run; with `saved`, that one, from where it is.

        If it learned from other digits than these, it can be looked at, but not go on.
        """
        self.id = run_id or secrets.token_urlsafe(9)
        self.config = config
        self.digits = saved.digits if saved else digits.name
        self.unsaved = ""  # a sentence, if its file could not be written
        self._workers, self._store = workers, store
        self._wanted, self._resting = threading.Event(), threading.Event()
        self._resting.set()
        self._switch = threading.RLock()
        self._snapshots: dict[int, Snapshot] = {}
        self._looked_at = time.monotonic()
        self.trainer: Trainer | None = None
        self._saved = saved
        if saved:
            self._snapshots = {moment.step: moment for moment in saved.snapshots}
            self._progress = progress_of(saved)
        pixels = digits.x_train.shape[1]
        if self.digits == digits.name and (saved is None or saved.sizes[0] == pixels):
            self.trainer = mnist_trainer(config, digits)
            if saved:
                empty = {"snapshots": np.empty((0, 0)), "snapshot_steps": np.empty(0, int)}
                self.trainer.load_state(saved.state | empty)
            self._losses = np.empty(config.epochs * self.trainer.steps_per_epoch, np.float32)
            self._losses_known = 0
            self._progress = self._look_at(self._state_at_rest())
            self._saved = self._as_saved()

    @property
    def state(self) -> str:
        """The state of its latest progress, without the look that keeps a run going."""
        return self._progress.state

    @property
    def place(self) -> int:
        """Its place in the queue, 1 being next; 0 if it does not wait."""
        return self._workers.place(self)

    @property
    def unwatched(self) -> float:
        """Seconds since somebody looked."""
        return time.monotonic() - self._looked_at

    def look(self) -> Progress:
        """The latest progress. Looking is what keeps a run going."""
        self._looked_at = time.monotonic()
        return self._progress

    @property
    def at_rest(self) -> bool:
        """Whether it neither trains nor waits for a worker."""
        return self._resting.is_set()

    def saved(self) -> SavedRun:
        """The run as it was last written down, or as its file had it."""
        return self._saved

    def go_on(self) -> None:
        """Train, or wait for a worker; nothing if it does already, has ended, or cannot."""
        with self._switch:
            if self.trainer is None or self.state != "paused":
                return
            self._resting.wait()  # it may be about to rest
            self._looked_at = time.monotonic()
            self._save()  # so that its link is good from its first moment
            self._wanted.set()
            self._resting.clear()
            self._store.living.add(self.id)
            self._progress = self._progress._replace(state="waiting")
            self._workers.enter(self)

    def pause(self) -> None:
        """Stop after the batch in progress; its progress is whole when this returns."""
        with self._switch:
            self._wanted.clear()
            if self._workers.leave(self):
                self._progress = self._progress._replace(state="paused")
                self._at_rest_now()
            self._resting.wait()

    def stop(self) -> None:
        """End it here, for good; nothing if it has ended already."""
        with self._switch:
            self.pause()
            if self.trainer is not None and self.state == "paused":
                self.trainer.stopped = "You stopped it here."
                self._rest(0.0)

    def one_batch(self) -> None:
        """Pause, and take one step."""
        with self._switch:
            self.pause()
            if self.trainer is not None and self.state == "paused":
                self.trainer.step()
                self._rest(0.0)

    def work(self) -> None:
        """Train until it ends, is paused, or nobody looks any more. Called by a worker."""
        try:
            self._train()
        except Exception:
            log.exception("run %s failed", self.id)
            self._progress = self._progress._replace(state="failed")
        finally:
            self._wanted.clear()
            self._at_rest_now()

    def _at_rest_now(self) -> None:
        self._store.living.discard(self.id)
        self._resting.set()

    def _train(self) -> None:
        trainer, began, first = self.trainer, time.perf_counter(), self.trainer.step_count
        published, speed, epoch = 0.0, 0.0, int(trainer.epoch)
        while self._wanted.is_set() and not self._ended():
            next_epoch = (epoch + 1) * trainer.steps_per_epoch
            work_a_little(trainer, min(next_epoch, self._progress.steps), RUN)
            now = time.perf_counter()
            speed = (trainer.step_count - first) * trainer.batch_size / (now - began)
            if now - published >= PUBLISH:
                self._progress = self._look_at("running", speed)
                published = now
            if trainer.step_count == next_epoch:
                epoch += 1
                self._save()
            if self.unwatched > ABANDONED:
                break
        self._rest(speed)

    def _rest(self, speed: float) -> None:
        """Write the whole progress down, then publish it: what is called done is on the disk."""
        progress = self._look_at(self._state_at_rest(), speed)
        self._save()
        self._progress = progress

    def _look_at(self, state: str, images_per_second: float = 0.0) -> Progress:
        """What the trainer has done so far, as copies that it will not touch again."""
        trainer = self.trainer
        self._keep_snapshots()
        new, known = trainer.batch_loss, self._losses_known
        self._losses[known : len(new)] = new[known:]
        self._losses_known = len(new)
        return Progress(
            state,
            trainer.step_count,
            self.config.epochs * trainer.steps_per_epoch,
            trainer.steps_per_epoch,
            {name: list(column) for name, column in trainer.history.items()},
            self._losses[: len(new)],  # never written again, so no copy is needed
            trainer.net.theta.copy(),
            trainer.net.sizes,
            tuple(self._snapshots[step] for step in sorted(self._snapshots)),
            trainer.stopped or "",
            images_per_second,
        )

    def _keep_snapshots(self) -> None:
        """Take the snapshots from the trainer, which keeps four bytes a number, and keep one."""
        taken = self.trainer.snapshots
        while taken:
            step, theta = taken.popitem()
            self._snapshots[step] = snapshot(step, theta, self.trainer.net.sizes)

    def _as_saved(self) -> SavedRun:
        moments = tuple(self._snapshots[step] for step in sorted(self._snapshots))
        return saved_run(self.config, self.digits, self.trainer, moments)

    def _save(self) -> None:
        self._keep_snapshots()
        self._saved = self._as_saved()
        try:
            self._store.save(self.id, self._saved)
            self.unsaved = ""
        except OSError as error:
            self.unsaved = (
                f"This run cannot be saved ({(error.strerror or 'the disk refuses').lower()}): "
                "it goes on, but it would not survive the server."
            )

    def _ended(self) -> bool:
        return self.trainer.ended or self.trainer.step_count >= self._progress.steps

    def _state_at_rest(self) -> str:
        if self.trainer.diverged_at is not None:
            return "diverged"
        steps = self.config.epochs * self.trainer.steps_per_epoch
        ended = self.trainer.ended or self.trainer.step_count >= steps
        return "finished" if ended else "paused"
