"""From a trainer to what the compiled loop takes: names become places in tables, objects arrays."""

from typing import NamedTuple

import numpy as np

from nn_core import (
    ACTIVATIONS,
    ELU,
    GELU,
    SGD,
    Activation,
    Adam,
    BinaryCrossEntropy,
    Dense,
    Dropout,
    GELUTanh,
    Identity,
    Layer,
    LeakyReLU,
    MeanSquaredError,
    Optimizer,
    ReLU,
    RMSprop,
    Sequential,
    Sigmoid,
    SiLU,
    SoftmaxCrossEntropy,
    Softplus,
    Step,
    Tanh,
    Trainer,
)

# The activations of loop.f_and_slope, in its order; with any other, nn_core takes the steps.
KINDS = (Identity, Step, Sigmoid, Tanh, ReLU, LeakyReLU, ELU, Softplus, SiLU, GELU, GELUTanh)
LOSSES = (MeanSquaredError, BinaryCrossEntropy, SoftmaxCrossEntropy)  # of loop.how_wrong
# Multiplications in one layer, for a whole batch, up to which the loop is the faster one: beyond,
# NumPy's matrix products win, the sooner the quicker its own f is (measured: benchmarks/README.md).
MOST = 80_000
MOST_WITH = {
    "tanh": 30_000,
    "sigmoid": 50_000,
    "softplus": 50_000,
    "leaky_relu": 250_000,
    "gelu": 250_000,
    "gelu_tanh": 250_000,
}


def knows(name: str) -> bool:
    """Whether the loop can bend as the activation of this name does."""
    return ACTIVATIONS[name] in KINDS


class Plan(NamedTuple):
    """A network and how it learns, as `loop.take_steps` takes them."""

    sizes: np.ndarray
    kinds: np.ndarray
    numbers: np.ndarray
    keep: float
    loss: int
    summed: bool
    l1: float
    l2: float
    rule: int
    rule_numbers: np.ndarray


def plan(trainer: Trainer) -> Plan | None:
    """What the compiled loop needs to know; None if this training is nn_core's.

    The loop does what Decision boundaries can set, and nothing that acts between two steps. It is
    the faster one for small networks and batches; large ones, and all that are in float32, are
    nn_core's.
    """
    net, loss, optimizer = trainer.net, trainer.loss, trainer.optimizer
    hidden, rule = _hidden(net), _rule(optimizer)
    if (
        hidden is None
        or rule is None
        or type(loss) not in LOSSES
        or np.ndim(optimizer.lr) > 0
        or trainer.stop is not None
        or trainer.vary is not None
        or trainer.prepare is not None
        or trainer.keep_batch_loss
        or net.dtype != np.float64
    ):
        return None
    bends, keep = hidden
    most = min([MOST_WITH.get(bend.name, MOST) for bend in bends], default=MOST)
    if trainer.batch_size * max(layer.n_in * layer.n_out for layer in net.dense) > most:
        return None
    return Plan(
        np.array(net.sizes),
        np.array([KINDS.index(type(bend)) for bend in bends], np.int64),
        np.array([_number(bend) for bend in bends], np.float64),
        keep,
        LOSSES.index(type(loss)),
        loss.reduction == "sum",
        trainer.penalty.l1,
        trainer.penalty.l2,
        *rule,
    )


def _hidden(net: Sequential) -> tuple[list[Activation], float] | None:
    """The activations of a network as `mlp` makes it, and dropout's share that stays."""
    bends = [layer for layer in net.layers if type(layer) in KINDS]
    silent = [layer for layer in net.layers if isinstance(layer, Dropout)]
    rates = {layer.rate for layer in silent}
    between: list[type[Layer]] = [Activation, Dropout] if silent else [Activation]
    pattern = [Dense, *(kind for _ in net.dense[1:] for kind in (*between, Dense))]
    if len(rates) > 1 or len(net.layers) != len(pattern) or len(bends) != len(net.dense) - 1:
        return None
    if not all(map(isinstance, net.layers, pattern)):
        return None
    return [bend for bend in bends if isinstance(bend, Activation)], 1 - sum(rates)


def _number(bend: Activation) -> float:
    """The one number that leaky_relu and elu have."""
    return getattr(bend, "slope", getattr(bend, "alpha", 0.0))


def _rule(optimizer: Optimizer) -> tuple[int, np.ndarray] | None:
    """The optimizer's place in loop.move, and its numbers."""
    match optimizer:
        case SGD():
            place = 0 if optimizer.momentum == 0 else 2 if optimizer.nesterov else 1
            return place, np.array([optimizer.momentum])
        case RMSprop():
            return 3, np.array([optimizer.rho, optimizer.epsilon])
        case Adam():
            return 4, np.array([optimizer.beta1, optimizer.beta2, optimizer.epsilon])
    return None
