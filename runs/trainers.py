"""From a config to a trainer: the recipe each page's settings stand for."""

import functools

import numpy as np
from threadpoolctl import threadpool_limits

from datasets.digits import Digits
from datasets.xor import xor_points
from nn_core import (
    SGD,
    BinaryCrossEntropy,
    SoftmaxCrossEntropy,
    Trainer,
    log_spaced,
    mlp,
    normal,
)
from runs.config import BoundariesConfig, MnistConfig

FRAMES = 120


@functools.cache
def one_blas_thread() -> None:
    """Have the matrix library use one thread for the life of this process.

    With several it sums in another order, so that a run could not be repeated bit for bit, and on
    matrices of this size they cost more than they bring.
    """
    threadpool_limits(limits=1)


def xor_trainer(config: BoundariesConfig) -> Trainer:
    """2-hidden-1 on the four XOR points, full batch, plain SGD; remembered at log-spaced steps."""
    one_blas_thread()
    net = mlp([2, config.hidden, 1], config.activation, config.init, config.seed)
    x, t = xor_points()
    frames = frozenset(log_spaced(config.steps, FRAMES))
    return Trainer(
        net,
        BinaryCrossEntropy(),
        SGD(config.lr),
        x,
        t,
        batch_size=len(x),
        record_at=frames,
        snapshot_at=frames,
    )


def mnist_trainer(config: MnistConfig, digits: Digits) -> Trainer:
    """Notebook B's recipe: pixels-hidden-10, weights 0.01·N(0, 1), batches with replacement."""
    one_blas_thread()
    net = mlp(
        [digits.x_train.shape[1], config.hidden, 10],
        "sigmoid",
        normal(0.01),
        config.seed,
        np.float32,
    )
    steps_per_epoch = -(-len(digits.x_train) // config.batch)
    return Trainer(
        net,
        SoftmaxCrossEntropy(),
        SGD(config.lr),
        digits.x_train,
        digits.t_train,
        config.batch,
        config.seed,
        replace=True,
        validation=(digits.x_test, digits.t_test),
        record_at=range(0, config.epochs * steps_per_epoch + 1, steps_per_epoch),
        keep_batch_loss=True,
    )
