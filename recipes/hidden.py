"""What the hidden units of a network answer."""

from collections.abc import Sequence

import numpy as np

from nn_core import Layer, Sequential


def up_to(net: Sequential, layer: int) -> Sequence[Layer]:
    """The layers of a network that end with what a hidden layer, from 0 on, answers."""
    return net.layers[: net.layers.index(net.dense[layer + 1])]


def passed(layers: Sequence[Layer], values: np.ndarray) -> np.ndarray:
    """What comes out of some layers, (n, out), where values (n, in) go in."""
    with np.errstate(all="ignore"):
        for layer in layers:
            values = layer.predict(values)
    return values


def hidden_answers(net: Sequential, x: np.ndarray, layer: int) -> np.ndarray:
    """What the units of a hidden layer, from 0 on, answer to x (n, inputs): (n, units)."""
    return passed(up_to(net, layer), x)
