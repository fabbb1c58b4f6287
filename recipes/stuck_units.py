"""Units through which hardly any error comes back, counted over many images."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from nn_core import Activation, ReLU, Sequential

FLAT = 0.05  # of the largest slope: below that a curve is nearly flat
NEARLY_ALL = 0.95  # of the images: a unit that is flat on more of them is stuck
AS_FAR = 30.0  # on both sides of 0: beyond, no activation is steeper than before


class Stuck(NamedTuple):
    """The stuck units of a hidden layer."""

    many: int
    of: int


def steepest(bend: Activation) -> float:
    """The largest |f′| of an activation."""
    z = np.linspace(-AS_FAR, AS_FAR, 12_001)
    return float(np.abs(bend.derivative(z, bend.f(z))).max())


def stuck_units(net: Sequential, parts: Iterable[np.ndarray]) -> list[Stuck]:
    """How many units of each hidden layer are stuck on the images (n, pixels) of all parts.

    A ReLU is if it answers 0 to every image: it is dead, for its slope is 0 there. Any other unit
    is if |f′| is below 5 % of its largest on more than 95 % of the images.
    """
    bends = [layer for layer in net.layers if isinstance(layer, Activation)]
    flat = [np.zeros(units, int) for units in net.sizes[1:-1]]
    below = [FLAT * steepest(bend) for bend in bends]
    images = 0
    for x in parts:
        images += len(x)
        hidden = iter(range(len(bends)))
        with np.errstate(all="ignore"):
            for layer in net.layers[: net.layers.index(net.dense[-1])]:
                y = layer.predict(x)
                if isinstance(layer, Activation):
                    k = next(hidden)
                    flat[k] += (np.abs(layer.derivative(x, y)) < below[k]).sum(axis=0)
                x = y
    found = []
    for bend, n in zip(bends, flat, strict=True):
        stuck = n == images if isinstance(bend, ReLU) else n > NEARLY_ALL * images
        found.append(Stuck(int(stuck.sum()), len(n)))
    return found
