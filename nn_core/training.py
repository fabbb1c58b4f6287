"""Training: forward, how wrong, backward, step; again."""

import math
from collections.abc import Container

import numpy as np
from numpy.linalg import norm

from nn_core.checks import finite_array, finite_matrix, positive_integer
from nn_core.losses import Loss
from nn_core.network import Sequential
from nn_core.optimizers import SGD, Adam


class Trainer:
    """Trains a network and remembers how it went.

    history      rows as columns, a row at each recorded step: `step`, `loss` and `accuracy` on
                 all of x, `val_loss` and `val_accuracy` on the validation data if there are any,
                 `grad_norm` (the length of the last batch's gradient, one number a layer)
    batch_loss   the loss of every batch before its step, if asked for (`keep_batch_loss`)
    snapshots    {step: theta.copy()} at the steps asked for
    diverged_at  None, or the step after which parameters or loss were no longer finite numbers
    """

    def __init__(
        self,
        net: Sequential,
        loss: Loss,
        optimizer: SGD | Adam,
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
    ) -> None:
        """Batches come without replacement, shuffled anew each epoch, or with (`replace=True`).

        x is (samples, inputs) in the network's dtype, t what the loss asks for. The history gets
        a row after every epoch, or at the steps in `record_at`, 0 meaning before the first.
        ValueError if x or t do not fit the network and the loss, or x holds NaN or infinity.
        """
        self.net, self.loss, self.optimizer = net, loss, optimizer
        self.x, self.t = x, t
        self._check(x, t)
        if validation is not None:
            self._check(*validation)
        self.batch_size = min(positive_integer("batch_size", batch_size), len(x))
        self.steps_per_epoch = math.ceil(len(x) / self.batch_size)
        self.seed, self.replace, self.validation = seed, replace, validation
        self.record_at, self.snapshot_at = record_at, snapshot_at
        self.keep_batch_loss = keep_batch_loss
        self.step_count = 0
        self.batch_loss: list[float] = []
        self.history: dict[str, list] = {"step": [], "loss": [], "accuracy": [], "grad_norm": []}
        if validation is not None:
            self.history |= {"val_loss": [], "val_accuracy": []}
        self.snapshots: dict[int, np.ndarray] = {}
        self.diverged_at: int | None = None
        self._order_epoch: int | None = None
        net.grad[:] = 0
        self._note_down()

    @property
    def epoch(self) -> float:
        """Passes over the data so far."""
        return self.step_count / self.steps_per_epoch

    def step(self) -> None:
        """One batch: forward, loss, backward, update. Does nothing once training has diverged."""
        self.run(steps=1)

    # Numbers that overflow are divergence, which has its own name here, and are no warning.
    @np.errstate(all="ignore")
    def run(self, epochs: int | None = None, steps: int | None = None) -> dict[str, list]:
        """Train so many epochs or steps further, or until it diverges; returns the history."""
        if (epochs is None) == (steps is None):
            raise ValueError(f"run: expected either epochs or steps, got {epochs} and {steps}")
        for _ in range(steps if epochs is None else epochs * self.steps_per_epoch):
            if self.diverged_at is not None:
                break
            self._step()
        return self.history

    def _step(self) -> None:
        x, t = self._batch()
        trace = self.net.forward(x)
        z = trace[-1]
        if self.keep_batch_loss:
            batch_loss = self.loss.value(z, t)
            if not math.isfinite(batch_loss):
                self.diverged_at = self.step_count
                return
            self.batch_loss.append(batch_loss)
        self.net.backward(trace, self.loss.grad(z, t), input_gradient=False)
        self.optimizer.step(self.net.theta, self.net.grad)
        self.step_count += 1
        if math.isfinite(self.net.theta @ self.net.theta):
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
            rng = np.random.default_rng([self.seed, epoch])
            draws = self.steps_per_epoch * self.batch_size
            self._order = rng.integers(n, size=draws) if self.replace else rng.permutation(n)
            self._order_epoch = epoch
        chosen = self._order[batch * self.batch_size : (batch + 1) * self.batch_size]
        return self.x[chosen], self.t[chosen]

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
        norms = [float(np.hypot(norm(d.dW), norm(d.db))) for d in self.net.dense]
        if not np.isfinite([*row.values(), *norms]).all():
            self.diverged_at = self.step_count
            return
        for name, value in ({"step": self.step_count, "grad_norm": norms} | row).items():
            self.history[name].append(value)

    def _evaluate(self, prefix: str, x: np.ndarray, t: np.ndarray) -> dict[str, float]:
        z = self.net.predict(x)
        return {
            prefix + "loss": self.loss.value(z, t),
            prefix + "accuracy": self.loss.accuracy(z, t),
        }

    def _check(self, x: np.ndarray, t: np.ndarray) -> None:
        """ValueError unless x fits the network, is finite and not empty, and t fits the loss."""
        self.net.check_input(finite_matrix("x", x))
        self.loss.check(np.empty((len(x), self.net.sizes[-1])), finite_array("t", t))


def log_spaced(last: int, count: int) -> list[int]:
    """At most `count` whole steps from 0 to `last`, close together at first, then ever wider."""
    if last < 1 or count < 2:
        return [0]
    return sorted({0, *np.geomspace(last, 1, count - 1).round().astype(int).tolist()})
