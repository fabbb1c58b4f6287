"""Training: forward, how wrong, backward, step; again."""

import math
from collections.abc import Callable, Container
from typing import Any

import numpy as np

from nn_core.checks import finite_array, finite_matrix, positive_integer
from nn_core.gradients import layer_norms
from nn_core.losses import Loss
from nn_core.network import Sequential
from nn_core.optimizers import Optimizer
from nn_core.regularization import Penalty
from nn_core.stopping import StopWhen

AT_ONCE = 1000  # samples, or up to twice as many: all of x at a time would need much memory


class Trainer:
    """Trains a network and remembers how it went.

    history      rows as columns, a row at each recorded step: `step`, `loss` and `accuracy` on
                 all of x, `val_loss` and `val_accuracy` on the validation data if there are any,
                 `grad_norm` (the length of the last batch's gradient, one number a layer); the
                 losses are without the penalty on large weights, that gradient is with it
    batch_loss   the loss of every batch before its step, if asked for (`keep_batch_loss`)
    snapshots    {step: theta.copy()} at the steps asked for
    diverged_at  None, or the step after which the parameters, or the numbers of a recorded row,
                 were no longer finite
    stopped      None, or the sentence why a stop condition ended training
    """

    def __init__(
        self,
        net: Sequential,
        loss: Loss,
        optimizer: Optimizer,
        x: np.ndarray,
        t: np.ndarray,
        batch_size: int,
        seed: int = 0,
        *,
        replace: bool = False,
        validation: tuple[np.ndarray, np.ndarray] | None = None,
        record_at: Container[int] | None = None,
        snapshot_at: Container[int] = (),
        keep_batch_loss: bool = False,
        l1: float = 0.0,
        l2: float = 0.0,
        stop: StopWhen | None = None,
        vary: Callable[[np.ndarray, np.ndarray, np.random.Generator], np.ndarray] | None = None,
        prepare: Callable[[np.ndarray], np.ndarray] | None = None,
        first_step: int = 0,
    ) -> None:
        """Batches come without replacement, shuffled anew each epoch, or with (`replace=True`).

        x is (samples, inputs) in the network's dtype, t what the loss asks for. The history gets
        a row after every epoch, or at the steps in `record_at`, 0 meaning before the first.
        `vary` makes of every batch's x, its t and chance the x that is trained on; the history is
        of x as it is. `prepare` makes of some rows of x what the network takes: x can be kept in
        a smaller type, as bytes for instance. A network that has taken `first_step` steps before
        goes on from there, with the chance of those that follow. Its `grad` starts at 0.
        ValueError if x or t do not fit the network and the loss, or hold NaN or infinity.
        """
        self.net, self.loss, self.optimizer = net, loss, optimizer
        self.prepare = prepare
        check_data(net, loss, x, t, prepare=prepare)
        if validation is not None:
            check_data(net, loss, *validation, which="validation ", prepare=prepare)
        self.x = x
        self.t = t if t.ndim == 1 else t.astype(net.dtype, copy=False)  # labels stay whole numbers
        self.batch_size = min(positive_integer("batch_size", batch_size), len(x))
        self.steps_per_epoch = math.ceil(len(x) / self.batch_size)
        self.seed, self.replace, self.validation = seed, replace, validation
        self.record_at, self.snapshot_at = record_at, snapshot_at
        self.keep_batch_loss = keep_batch_loss
        self.penalty, self.stop, self.vary = Penalty(l1, l2), stop, vary
        self.first_step = self.step_count = first_step
        self.batch_loss: list[float] = []
        columns = ("step", "loss", "accuracy", "grad_norm")
        self.history: dict[str, list[Any]] = {name: [] for name in columns}
        if validation is not None:
            self.history |= {"val_loss": [], "val_accuracy": []}
        self.snapshots: dict[int, np.ndarray] = {}
        self.diverged_at: int | None = None
        self.stopped: str | None = None
        self._last_step = 0
        self._paused = False
        self._order_epoch: int | None = None
        self._random = net.is_random
        net.grad[:] = 0
        self._note_down()

    @property
    def epoch(self) -> float:
        """Passes over the data so far."""
        return self.step_count / self.steps_per_epoch

    @property
    def ended(self) -> bool:
        """Whether no further step would be taken: training diverged, or a stop condition is met."""
        return self.diverged_at is not None or self.stopped is not None

    def step(self) -> None:
        """One batch: forward, loss, backward, update. Does nothing once training has ended."""
        self.run(steps=1)

    def run(self, epochs: int | None = None, steps: int | None = None) -> dict[str, list[Any]]:
        """Train so many epochs or steps further, or until training ends; returns the history."""
        if epochs is not None and steps is None:
            further = epochs * self.steps_per_epoch
        elif steps is not None and epochs is None:
            further = steps
        else:
            raise ValueError(f"run: expected either epochs or steps, got {epochs} and {steps}")
        self._last_step = self.step_count + further
        return self.resume()

    def pause(self) -> None:
        """End the run in progress after its current batch; for another thread, or a callback."""
        self._paused = True

    # Numbers that overflow are divergence, which has its own name here, and are no warning.
    @np.errstate(all="ignore")
    def resume(self) -> dict[str, list[Any]]:
        """Take the steps that a paused run has left; returns the history."""
        self._paused = False
        while self.step_count < self._last_step and not (self.ended or self._paused):
            self._step()
        return self.history

    def _step(self) -> None:
        x, t = self._batch()
        if self.prepare is not None:
            x = self.prepare(x)
        if self.vary is not None:
            x = self.vary(x, t, np.random.default_rng([self.seed, self.step_count, 2]))
        trace = self.net.forward(x, self.dropout_rng(self.step_count) if self._random else None)
        z = trace[-1]
        if self.keep_batch_loss:
            self.batch_loss.append(float(self.loss.value(z, t)))
        self.net.backward(trace, self.loss.checked_grad(z, t), input_gradient=False)
        self.penalty.add_gradient(self.net)
        self.optimizer.step(self.net.theta, self.net.grad)
        self.step_count += 1
        if math.isfinite(self.net.theta.dot(self.net.theta)):
            self._note_down()
        else:
            self.diverged_at = self.step_count

    def _batch(self) -> tuple[np.ndarray, np.ndarray]:
        """The next batch. Its order follows from seed and epoch alone, so any step can resume."""
        n = len(self.x)
        if self.batch_size == n and not self.replace:
            return self.x, self.t
        epoch, batch = divmod(self.step_count, self.steps_per_epoch)
        if epoch != self._order_epoch:
            self._order, self._order_epoch = self.order(epoch), epoch
        chosen = self._order[batch * self.batch_size : (batch + 1) * self.batch_size]
        return self.x.take(chosen, axis=0), self.t.take(chosen, axis=0)

    def order(self, epoch: int) -> np.ndarray:
        """Which samples an epoch's batches take, one batch after the other."""
        n = len(self.x)
        if self.batch_size == n and not self.replace:
            return np.arange(n)
        rng = np.random.default_rng([self.seed, epoch])
        if self.replace:
            return rng.integers(n, size=self.steps_per_epoch * self.batch_size)
        return rng.permutation(n)

    def dropout_rng(self, step: int) -> np.random.Generator:
        """Chance for dropout, which follows from seed and step alone, as that for `vary` does."""
        return np.random.default_rng([self.seed, step, 1])

    def _note_down(self) -> None:
        """Record this step in history and snapshots if it is one of those asked for."""
        step = self.step_count
        after_epoch = step > 0 and step % self.steps_per_epoch == 0
        if after_epoch if self.record_at is None else step in self.record_at:
            self._record()
        if step in self.snapshot_at and self.diverged_at is None:
            self.snapshots[step] = self.net.theta.copy()

    @np.errstate(all="ignore")
    def _record(self) -> None:
        """A row of the history, unless one of its numbers overflowed: then training diverged."""
        row = self._evaluate("", self.x, self.t)
        if self.validation is not None:
            row |= self._evaluate("val_", *self.validation)
        norms = layer_norms(self.net)
        if not np.isfinite([*row.values(), *norms]).all():
            self.diverged_at = self.step_count
            return
        for name, value in ({"step": self.step_count, "grad_norm": norms} | row).items():
            self.history[name].append(value)
        if self.stop is not None:
            self.stopped = self.stop.reason(self.history)

    def _evaluate(self, prefix: str, x: np.ndarray, t: np.ndarray) -> dict[str, float]:
        z = self._outputs(x)
        return {
            prefix + "loss": float(self.loss.value(z, t)),
            prefix + "accuracy": self.loss.accuracy(z, t),
        }

    def _outputs(self, x: np.ndarray) -> np.ndarray:
        """The network's outputs for all of x, (samples, outputs)."""
        parts = np.array_split(x, max(1, len(x) // AT_ONCE))
        taken = parts if self.prepare is None else map(self.prepare, parts)
        return np.concatenate([self.net.predict(part) for part in taken])

    def state(self) -> dict[str, np.ndarray]:
        """All that was learned and remembered, as arrays, so that `np.savez(file, **state)` works.

        A trainer made with the same arguments that loads it ends bit-identical to this one.
        """
        state = {
            "theta": self.net.theta.copy(),
            "grad": self.net.grad.copy(),
            "step_count": np.array(self.step_count),
            "last_step": np.array(self._last_step),
            "diverged_at": np.array(-1 if self.diverged_at is None else self.diverged_at),
            "stopped": np.array(self.stopped or ""),
            "batch_loss": np.array(self.batch_loss),
            "snapshot_steps": np.array(list(self.snapshots), int),
            "snapshots": np.array(list(self.snapshots.values()), self.net.dtype),
        }
        state |= {f"history_{name}": np.array(column) for name, column in self.history.items()}
        return state | {f"optimizer_{name}": a for name, a in self.optimizer.state().items()}

    def load_state(self, state: dict[str, np.ndarray]) -> None:
        """Go on from another trainer's `state`.

        ValueError if it is of a network of another size or dtype, or keeps another history.
        """
        if state["theta"].dtype != self.net.dtype:
            raise ValueError(f"theta: expected {self.net.dtype}, got {state['theta'].dtype}")
        columns = {key.removeprefix("history_") for key in state if key.startswith("history_")}
        if columns != self.history.keys():
            raise ValueError(f"history: expected {sorted(self.history)}, got {sorted(columns)}")
        self.net.theta = state["theta"]
        self.net.grad[:] = state["grad"]
        self.step_count, self._last_step = int(state["step_count"]), int(state["last_step"])
        diverged_at = int(state["diverged_at"])
        self.diverged_at = None if diverged_at < 0 else diverged_at
        self.stopped = str(state["stopped"]) or None
        self.batch_loss = state["batch_loss"].tolist()
        steps = state["snapshot_steps"].tolist()
        self.snapshots = dict(zip(steps, map(np.copy, state["snapshots"]), strict=True))
        self.history = {name: state[f"history_{name}"].tolist() for name in self.history}
        prefix = "optimizer_"
        self.optimizer.load_state(
            {key.removeprefix(prefix): a for key, a in state.items() if key.startswith(prefix)}
        )


def check_data(
    net: Sequential,
    loss: Loss,
    x: np.ndarray,
    t: np.ndarray,
    which: str = "",
    prepare: Callable[[np.ndarray], np.ndarray] | None = None,
) -> None:
    """ValueError unless x fits the network, is finite and not empty, and t fits the loss.

    `which` says whose x and t they are, if that is not plain; `prepare` is a trainer's.
    """
    try:
        some = finite_matrix("x", x)[:1]
        net.check_input(some if prepare is None else prepare(some))
        loss.check(np.empty((len(x), net.sizes[-1])), finite_array("t", t))
    except ValueError as error:
        raise ValueError(f"{which}{error}") from None


def log_spaced(last: int, count: int) -> list[int]:
    """At most `count` whole steps from 0 to `last`, close together at first, then ever wider."""
    if last < 1 or count < 2:
        return [0]
    return sorted({0, *np.geomspace(last, 1, count - 1).round().astype(int).tolist()})
