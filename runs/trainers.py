"""From a config to a trainer: the recipe each page's settings stand for."""

import functools

import numpy as np
from threadpoolctl import threadpool_limits

from datasets.digits import Digits
from datasets.plane import PlaneData, features, plane_data
from nn_core import (
    LOSSES,
    Sequential,
    SoftmaxCrossEntropy,
    StopWhen,
    Trainer,
    cosine,
    log_spaced,
    mlp,
    normal,
    optimizer,
)
from runs.config import BoundariesConfig, MnistConfig

FEWEST, MOST = 120, 300  # frames of a film
SNAPSHOTS = 20  # of a run's parameters, log-spaced: the first steps change most
SCALED_NORMAL = {"normal × 0.01": normal(0.01), "normal × 0.1": normal(0.1)}
FILM_BYTES = 200_000  # that a film's parameters may take before it gets fewer frames


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


def boundaries_net(config: BoundariesConfig) -> Sequential:
    """The config's network as it is before the first step."""
    hidden = config.hidden_layers()
    return mlp(
        [len(config.inputs), *(units for units, _ in hidden), 1],
        [activation for _, activation in hidden],
        config.init,
        config.seed,
        dropout=config.dropout,
    )


def boundaries_trainer(
    config: BoundariesConfig, data: PlaneData, start: np.ndarray | None = None
) -> Trainer:
    """The config's network on these points, remembered at log-spaced steps.

    `start` (parameters,) are other weights and biases to begin with than those the config draws.
    ValueError, with a sentence for the reader, if the settings do not fit each other.
    """
    one_blas_thread()
    net = boundaries_net(config)
    if start is not None:
        net.theta = start
    x_train, x_test = (features(x, config.inputs) for x in (data.x_train, data.x_test))
    batch = min(config.batch, len(x_train))
    frames = frozenset(log_spaced(config.epochs * -(-len(x_train) // batch), frames_for(net)))
    return Trainer(
        net,
        LOSSES[config.loss](),
        optimizer(config.optimizer, config.lr),
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


def mnist_net(config: MnistConfig, pixels: int) -> Sequential:
    """pixels-hidden-…-10 in float32, as it is before the first step."""
    return mlp(
        [pixels, *[config.hidden] * config.layers, 10],
        config.activation,
        SCALED_NORMAL.get(config.init, config.init),
        config.seed,
        np.float32,
        config.dropout,
    )


def mnist_trainer(config: MnistConfig, digits: Digits) -> Trainer:
    """The config's network on these digits, with a row of history after every epoch."""
    one_blas_thread()
    x, t = digits.x_train[: config.images], digits.t_train[: config.images]
    steps_per_epoch = -(-len(x) // min(config.batch, len(x)))
    steps = config.epochs * steps_per_epoch
    lr = config.lr if config.schedule == "constant" else cosine(config.lr, steps)
    stop = None if config.stop_at == "never" else float(config.stop_at.removesuffix(" %")) / 100
    return Trainer(
        mnist_net(config, digits.x_train.shape[1]),
        SoftmaxCrossEntropy(),
        optimizer(config.optimizer, lr),
        x,
        t,
        config.batch,
        config.seed,
        replace=config.drawing == "with replacement",
        validation=(digits.x_test, digits.t_test),
        record_at=range(0, steps + 1, steps_per_epoch),
        snapshot_at=frozenset(log_spaced(steps, SNAPSHOTS)),
        keep_batch_loss=True,
        l1=config.l1,
        l2=config.l2,
        stop=StopWhen(target_accuracy=stop) if stop else None,
    )
