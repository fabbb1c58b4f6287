"""Learning-rate schedules: how far to step, as a function of the steps already taken."""

import math
from collections.abc import Callable

import numpy as np

from nn_core.checks import number_between, positive_integer, positive_number

Rate = float | np.ndarray  # for an ensemble one for each network
Schedule = Callable[[int], Rate]


def constant(lr: Rate) -> Schedule:
    """The same learning rate always; for an ensemble one for each network, (networks,).

    ValueError unless every lr is a positive finite number.
    """
    if isinstance(lr, np.ndarray):
        if lr.ndim != 1 or lr.dtype.kind not in "iuf" or not (np.isfinite(lr) & (lr > 0)).all():
            raise ValueError(f"lr: expected positive finite numbers, one a network, got {lr}")
        column = lr[:, np.newaxis].copy()
        return lambda step: column
    rate = positive_number("lr", lr)
    return lambda step: rate


def step_decay(lr: float, every: int, factor: float = 0.5) -> Schedule:
    """lr, multiplied by `factor` after every so many steps.

    ValueError unless lr is positive, every at least 1 and factor in [0, 1).
    """
    lr, every = positive_number("lr", lr), positive_integer("every", every)
    factor = number_between("factor", factor, 0, 1)
    return lambda step: lr * factor ** (step // every)


def cosine(lr: float, steps: int, floor: float = 0.0) -> Schedule:
    """From lr down to `floor` along half a cosine, and then it stays (Loshchilov & Hutter 2017).

    ValueError unless lr is positive, steps at least 1 and floor in [0, lr).
    """
    lr, steps = positive_number("lr", lr), positive_integer("steps", steps)
    floor = number_between("floor", floor, 0, lr)
    return lambda step: (
        floor + (lr - floor) * (1 + math.cos(math.pi * min(step, steps) / steps)) / 2
    )
