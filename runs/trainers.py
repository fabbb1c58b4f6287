"""From a config to a trainer: the recipe each page's settings stand for."""

import functools
from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_limits

from datasets.digits import Digits
from datasets.plane import PlaneData, features, plane_data
from nn_core import (
    SGD,
    Adam,
    BinaryCrossEntropy,
    MeanSquaredError,
    Optimizer,
    RMSprop,
    Sequential,
    SoftmaxCrossEntropy,
    Trainer,
    log_spaced,
    mlp,
    normal,
)
from runs.config import BoundariesConfig, MnistConfig

FEWEST, MOST = 120, 300  # frames of a film
FILM_BYTES = 200_000  # that a film's parameters may take before it gets fewer frames

# By the names in the config; momentum is the usual 0.9.
OPTIMIZERS: dict[str, Callable[[float], Optimizer]] = {
    "sgd": SGD,
    "momentum": lambda lr: SGD(lr, momentum=0.9),
    "nesterov": lambda lr: SGD(lr, momentum=0.9, nesterov=True),
    "rmsprop": RMSprop,
    "adam": Adam,
}


@functools.cache
def one_blas_thread() -> None:
    """Have the matrix library use one thread for the life of this process.

    With several it sums in another order, so that a run could not be repeated bit for bit, and on
    matrices of this size they cost more than they bring.
    """
    threadpool_limits(limits=1)


def boundaries_data(config: BoundariesConfig) -> PlaneData:
    """The points that this config asks about."""
    return plane_data(
        config.dataset, config.points, config.noise, config.train / 100, config.data_seed
    )


def boundaries_trainer(config: BoundariesConfig, data: PlaneData) -> Trainer:
    """The config's network on these points, remembered at log-spaced steps.

    ValueError, with a sentence for the reader, if the settings do not fit each other.
    """
    one_blas_thread()
    hidden = config.hidden_layers()
    net = mlp(
        [len(config.inputs), *(units for units, _ in hidden), 1],
        [activation for _, activation in hidden],
        config.init,
        config.seed,
        dropout=config.dropout,
    )
    loss = BinaryCrossEntropy() if config.loss == "cross_entropy" else MeanSquaredError()
    x_train, x_test = (features(x, config.inputs) for x in (data.x_train, data.x_test))
    batch = min(config.batch, len(x_train))
    frames = frozenset(log_spaced(config.epochs * -(-len(x_train) // batch), frames_for(net)))
    return Trainer(
        net,
        loss,
        OPTIMIZERS[config.optimizer](config.lr),
        x_train,
        data.t_train,
        batch,
        config.seed,
        validation=(x_test, data.t_test) if len(x_test) else None,
        record_at=frames,
        snapshot_at=frames,
        l1=config.l1,
        l2=config.l2,
    )


def frames_for(net: Sequential) -> int:
    """How many frames a film of this network has: many, unless it would grow too heavy to send."""
    return int(np.clip(FILM_BYTES / net.theta.astype(np.float32).nbytes, FEWEST, MOST))


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
