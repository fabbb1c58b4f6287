"""The gradient of a batch, as a training's next step would find it."""

from typing import NamedTuple

import numpy as np

from nn_core import Penalty, Sequential, SoftmaxCrossEntropy, Trainer

NO_PENALTY = Penalty()


class Batch(NamedTuple):
    """Images that a gradient is found on, and what else comes to it in training."""

    x: np.ndarray  # (n, pixels) from 0 to 1
    t: np.ndarray  # (n,)
    first: int = 0  # the number, from 1 on, of the first, of test images; 0 of those of training
    rng: np.random.Generator | None = None  # chance, for dropout
    penalty: Penalty = NO_PENALTY


def batch_of(trainer: Trainer, step: int) -> Batch:
    """The batch that a trainer takes after so many steps, by its own order, and its chance then."""
    epoch, k = divmod(step, trainer.steps_per_epoch)
    chosen = trainer.order(epoch)[k * trainer.batch_size : (k + 1) * trainer.batch_size]
    x, t = trainer.x[chosen], trainer.t[chosen]
    if trainer.prepare is not None:
        x = trainer.prepare(x)
    if trainer.vary is not None:
        x = trainer.vary(x, t, np.random.default_rng([trainer.seed, step, 2]))
    rng = trainer.dropout_rng(step) if trainer.net.is_random else None
    return Batch(x, t, rng=rng, penalty=trainer.penalty)


def gradient_on(net: Sequential, batch: Batch) -> Sequential:
    """A twin of the network whose `grad` is that of the loss on a batch, with its penalty."""
    twin = net.copy()
    with np.errstate(all="ignore"):
        trace = twin.forward(batch.x, batch.rng)
        twin.backward(trace, SoftmaxCrossEntropy().grad(trace[-1], batch.t), input_gradient=False)
        batch.penalty.add_gradient(twin)
    return twin
