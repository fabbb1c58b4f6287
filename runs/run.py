"""A training run: a worker thread steps it, pages look at it, its file survives both."""

import logging
import threading
import time
from collections.abc import Callable, Hashable
from enum import Enum
from typing import Any, NamedTuple, TypeVar

import numpy as np

from datasets.digits import Digits
from nn_core import Sequential
from recipes.mnist import MnistSettings, mnist_net, mnist_trainer, steps_an_epoch
from runs.began import Began
from runs.claims import Claim
from runs.files import Stamp, new_name
from runs.pace import RUN, work_a_little
from runs.saved import SavedRun, saved_run
from runs.snapshots import Snapshot, snapshot
from runs.store import Store
from runs.watchers import Watchers
from runs.workers import Workers

MOMENT = 0.4  # seconds between two looks that readers can have at a run; where many watch, more
ABANDONED = 600.0  # seconds without a look after which a run rests
MAKES_ROOM = 10.0  # the same when another run waits for a worker
UNWATCHED = "It rests because nobody had looked at it for a while."
LEFT_BEHIND = "It rests because the server was stopped while it trained."
ELSEWHERE = (
    "Another part of this server (another *process*) trains this run at the moment, or has it wait "
    "for its turn: here it can only be looked at, until it rests there."
)

T = TypeVar("T")

log = logging.getLogger(__name__)


class State(Enum):
    """What a run is doing, or how it ended."""

    WAITING = "waiting"  # for a worker
    RUNNING = "running"
    ELSEWHERE = "elsewhere"  # another process trains it, or has it wait
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"
    FAILED = "failed"

    @property
    def live(self) -> bool:
        """Whether the run changes while one looks."""
        return self in (State.WAITING, State.RUNNING, State.ELSEWHERE)


class Progress(NamedTuple):
    """One look at a run. Nothing in it ever changes, so any thread may read it."""

    state: State
    step: int
    steps: int
    steps_per_epoch: int
    history: dict[str, list[Any]]  # rows at each epoch, as Trainer.history
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
    steps, stopped = saved.settings.epochs * saved.steps_per_epoch, str(saved.state["stopped"])
    done = State.FINISHED if step >= steps or stopped else State.PAUSED
    prefix = "history_"
    return Progress(
        State.DIVERGED if int(state["diverged_at"]) >= 0 else done,
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


def goes_on_with(saved: SavedRun, digits: Digits) -> bool:
    """Whether these are the digits that a run learned from: their digest says so.

    An older file has none. It learned from MNIST or the bundled digits, and goes on with what is
    here of that kind.
    """
    same = saved.digest == digits.digest if saved.digest else saved.digits.kind is digits.kind
    return (
        same
        and saved.digits.side == digits.subject.side
        and len(saved.digits.classes) == len(digits.classes)
        and saved.steps_per_epoch == steps_an_epoch(saved.settings, digits)
    )


class Run:
    """A run that can be looked at, and that is all: its digits are not here, or it is over.

    Its id is the only way to it, and cannot be guessed; the recording has none and needs none.
    """

    unsaved = ""  # a sentence, if its file could not be written, or is another's to write

    rests_because = ""  # a sentence, if it was not a reader who paused it

    def __init__(self, saved: SavedRun, run_id: str = "", stamp: Stamp | None = None) -> None:
        """`stamp` is that of its file, if it has one."""
        self.id, self.stamp = run_id, stamp
        self.settings, self.digits = saved.settings, saved.digits
        self.digest, self.data, self.began = saved.digest, saved.data, saved.began
        self._saved, self._progress = saved, progress_of(saved)
        self._looked_at = time.monotonic()
        self.watchers = Watchers()
        self._making = threading.Lock()
        self._made: list[tuple[Progress, dict[Hashable, Any]]] = []

    @property
    def state(self) -> State:
        """The state of its latest progress, without the look that keeps a run going."""
        return self._progress.state

    @property
    def place(self) -> int:
        """Its place in the queue, 1 being next; 0 if it does not wait."""
        return 0

    @property
    def at_rest(self) -> bool:
        """Whether it neither trains nor waits for a worker."""
        return True

    @property
    def unwatched(self) -> float:
        """Seconds since somebody looked."""
        return time.monotonic() - self._looked_at

    @property
    def bytes(self) -> int:
        """About what it takes of the memory."""
        saved = self.saved()
        return sum(a.nbytes for a in (*saved.state.values(), *(m.bytes for m in saved.snapshots)))

    def look(self) -> Progress:
        """The latest progress. Looking is what keeps a run going."""
        self._looked_at = time.monotonic()
        return self._progress

    def once(self, progress: Progress, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes of this progress, made once for all who look; `what` names it.

        What was made of the last two is kept: some still look at the one when others see the next.
        """
        with self._making:
            made = next((made for of, made in self._made if of is progress), None)
            if made is None:
                made = {}
                self._made = [(progress, made), *self._made[:1]]
            if what not in made:
                made[what] = make()
            thing: T = made[what]
            return thing

    def net(self, progress: Progress) -> Sequential:
        """The network as that progress has it."""
        net = mnist_net(self.settings, self.digits.pixels, len(self.digits.classes))
        net.theta = progress.theta
        return net

    def saved(self) -> SavedRun:
        """The run as it was last written down, or as its file had it."""
        return self._saved


class TrainingRun(Run):
    """A run that trains: at work, or at rest and ready to go on."""

    def __init__(
        self,
        settings: MnistSettings,
        digits: Digits,
        workers: Workers,
        store: Store,
        saved: SavedRun | None = None,
        run_id: str = "",
        abandoned: float = ABANDONED,
        stamp: Stamp | None = None,
        start: np.ndarray | None = None,
        began: Began | None = None,
    ) -> None:
        """A new run, which begins with the parameters `start` if there are any, of which `began`
        says where they are from; with `saved`, that one, from where it is.

        It rests when nobody has looked at it for `abandoned` seconds.
        """
        self.trainer = mnist_trainer(settings, digits, start)
        if saved:
            empty = {"snapshots": np.empty((0, 0)), "snapshot_steps": np.empty(0, int)}
            self.trainer.load_state(saved.state | empty)
        self._snapshots = {moment.step: moment for moment in saved.snapshots} if saved else {}
        self._losses = np.empty(settings.epochs * self.trainer.steps_per_epoch, np.float32)
        self._losses_known = 0
        self._workers, self._store = workers, store
        self._wanted, self._resting = threading.Event(), threading.Event()
        self._resting.set()
        self._switch = threading.RLock()
        self.abandoned = abandoned
        self._claim: Claim | None = None
        self._closed = False
        self._keep_snapshots()
        subject = saved.digits if saved else digits.subject
        self._source = settings, subject, digits.digest, digits.name
        self._began = saved.began if saved else began
        super().__init__(self._as_saved(), run_id or new_name(), stamp)
        self._progress = self._progress_in(self._state_at_rest())
        if self.state is State.PAUSED and store.claims.left_behind(self.id):
            self.rests_because = LEFT_BEHIND

    @property
    def place(self) -> int:
        """Its place in the queue, 1 being next; 0 if it does not wait."""
        return self._workers.place(self)

    @property
    def at_rest(self) -> bool:
        """Whether it neither trains nor waits for a worker."""
        return self._resting.is_set()

    @property
    def bytes(self) -> int:
        """About what it takes of the memory, with the digits it learns from if they are its own."""
        own = self.trainer.x.nbytes if self.data else 0
        return 2 * super().bytes + own

    def go_on(self) -> None:
        """Train, or wait for a worker; nothing if it does already, or has ended."""
        with self._switch:
            if self.state is not State.PAUSED:
                return
            self._resting.wait()  # it may be about to rest
            if not self._take_claim():
                return
            self._looked_at, self.rests_because = time.monotonic(), ""
            self._save()  # so that its link is good from its first moment
            self._wanted.set()
            self._resting.clear()
            self._store.living.add(self.id)
            self._progress = self._progress._replace(state=State.WAITING)
            self._workers.enter(self)

    def pause(self, because: str = "") -> None:
        """Stop after the batch in progress; its progress is whole when this returns.

        `because` is a sentence, if it is not this run's reader who wants it.
        """
        with self._switch:
            if not self.at_rest:
                self.rests_because = because
            self._wanted.clear()
            if self._workers.leave(self):
                self._progress = self._progress._replace(state=State.PAUSED)
                self._at_rest_now()
            self._resting.wait()

    def stop(self) -> None:
        """End it here, for good; nothing if it has ended already."""
        with self._switch:
            self.pause()
            if self.state is State.PAUSED and self._take_claim():
                self.trainer.stopped = "You stopped it here."
                self._rest(0.0)
                self._let_others_write()

    def one_batch(self) -> None:
        """Pause, and take one step."""
        with self._switch:
            self.pause()
            if self.state is State.PAUSED and self._take_claim():
                self.trainer.step()
                self.rests_because = ""
                self._rest(0.0)
                self._let_others_write()

    def work(self) -> None:
        """Train until it ends, is paused, or nobody looks any more. Called by a worker."""
        try:
            self._train()
        except Exception:
            log.exception("run %s failed", self.id)
            self._progress = self._progress._replace(state=State.FAILED)
        finally:
            self._wanted.clear()
            self._at_rest_now()

    def close(self) -> None:
        """Pause it, and never let it go on: it was deleted, or what it learned from was."""
        with self._switch:
            self.pause()
            self._closed = True

    def _take_claim(self) -> bool:
        """Whether this run is ours to train: nobody else does, nor has since it was read.

        Where nothing can be written it is.
        """
        if self._closed:
            return False
        try:
            self._claim = self._store.claims.claim(self.id)
        except OSError:
            return True
        if self._claim is not None and self._store.stamp(self.id) in (None, self.stamp):
            return True
        self.unsaved = ELSEWHERE
        self._let_others_write()
        return False

    def _let_others_write(self) -> None:
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def _at_rest_now(self) -> None:
        self._store.living.discard(self.id)
        self._let_others_write()
        self._resting.set()

    def _train(self) -> None:
        trainer, began, first = self.trainer, time.perf_counter(), self.trainer.step_count
        published, speed, epoch = 0.0, 0.0, int(trainer.epoch)
        while self._wanted.is_set() and not self._ended():
            next_epoch = (epoch + 1) * trainer.steps_per_epoch
            work_a_little(trainer, min(next_epoch, self._progress.steps), RUN)
            now = time.perf_counter()
            speed = (trainer.step_count - first) * trainer.batch_size / (now - began)
            if now - published >= MOMENT * self.watchers.times_as_long:
                self._progress = self._progress_in(State.RUNNING, speed)
                published = now
            if trainer.step_count == next_epoch:
                epoch += 1
                self._save()
            if self._nobody_looks():
                self.rests_because = UNWATCHED
                break
        self._rest(speed)

    def _nobody_looks(self) -> bool:
        """Whether nobody has for a while, here or elsewhere: a shorter one when others wait."""
        patience = self.abandoned
        if self._workers.waited_for:
            patience = min(patience, MAKES_ROOM)
        return self.unwatched > patience and self._store.claims.unwatched(self.id) > patience

    def _rest(self, speed: float) -> None:
        """Write the whole progress down, then publish it: what is called done is on the disk."""
        progress = self._progress_in(self._state_at_rest(), speed)
        self._save()
        self._progress = progress

    def _progress_in(self, state: State, images_per_second: float = 0.0) -> Progress:
        """What the trainer has done so far, as copies that it will not touch again."""
        trainer = self.trainer
        self._keep_snapshots()
        new, known = trainer.batch_loss, self._losses_known
        self._losses[known : len(new)] = new[known:]
        self._losses_known = len(new)
        return Progress(
            state,
            trainer.step_count,
            self.settings.epochs * trainer.steps_per_epoch,
            trainer.steps_per_epoch,
            {name: list(column) for name, column in trainer.history.items()},
            self._losses[: len(new)],  # never written again, so no copy is needed
            trainer.net.theta.copy(),
            trainer.net.sizes,
            self._moments(),
            trainer.stopped or "",
            images_per_second,
        )

    def _keep_snapshots(self) -> None:
        """Take the snapshots from the trainer, which keeps four bytes a number, and keep one."""
        taken = self.trainer.snapshots
        while taken:
            step, theta = taken.popitem()
            self._snapshots[step] = snapshot(step, theta, self.trainer.net.sizes)

    def _moments(self) -> tuple[Snapshot, ...]:
        return tuple(self._snapshots[step] for step in sorted(self._snapshots))

    def _save(self) -> None:
        self._keep_snapshots()
        self._saved = self._as_saved()
        try:
            self.stamp = self._store.save(self.id, self._saved)
            self.unsaved = ""
        except OSError as error:
            self.unsaved = (
                f"This run cannot be saved ({(error.strerror or 'the disk refuses').lower()}): "
                "it goes on, but it would not survive the server."
            )

    def _as_saved(self) -> SavedRun:
        settings, subject, digest, name = self._source
        moments = self._moments()
        return saved_run(settings, subject, self.trainer, moments, digest, name, self._began)

    def _ended(self) -> bool:
        return self.trainer.ended or self.trainer.step_count >= self._progress.steps

    def _state_at_rest(self) -> State:
        if self.trainer.diverged_at is not None:
            return State.DIVERGED
        steps = self.settings.epochs * self.trainer.steps_per_epoch
        ended = self.trainer.ended or self.trainer.step_count >= steps
        return State.FINISHED if ended else State.PAUSED
