"""One image on its way through a network, and what every number on the way is the sum of."""

from typing import NamedTuple

import numpy as np

from nn_core import Sequential, SoftmaxCrossEntropy
from nn_core.layers import Dense


class Through(NamedTuple):
    """What goes into each dense layer, what comes out of it, and what the last one's scores say."""

    inputs: list[np.ndarray]  # of each dense layer, (in,): pixels first, then hidden answers
    sums: list[np.ndarray]  # of each dense layer, (out,): z, the last ones are the scores
    probabilities: np.ndarray  # (classes,)


class Sum(NamedTuple):
    """A number z = Σ value · weight + bias, in its parts."""

    values: np.ndarray  # (n,)
    weights: np.ndarray  # (n,)
    adds: np.ndarray  # (n,) their products
    bias: float
    total: float

    @property
    def order(self) -> np.ndarray:
        """The places of its parts, what adds or takes away most first."""
        return np.argsort(-np.abs(self.adds), kind="stable")


def exactly(net: Sequential) -> Sequential:
    """The same network in float64, in which sums add up to the last digit that is shown."""
    twin = Sequential(*net.copy().layers, init="zeros")
    twin.theta = net.theta.astype(np.float64)
    return twin


def through(net: Sequential, x: np.ndarray) -> Through:
    """One image (pixels,) on its way."""
    inputs, sums, values = [], [], x[np.newaxis].astype(net.dtype)
    with np.errstate(all="ignore"):
        for layer in net.layers:
            if isinstance(layer, Dense):
                inputs.append(values[0])
            values = layer.predict(values)
            if isinstance(layer, Dense):
                sums.append(values[0])
        return Through(inputs, sums, SoftmaxCrossEntropy().output(values)[0])


def sum_of(net: Sequential, way: Through, layer: int, unit: int) -> Sum:
    """What the sum of a unit of a dense layer, both from 0 on, is made of."""
    dense, values = net.dense[layer], way.inputs[layer]
    weights = dense.W[:, unit]
    with np.errstate(all="ignore"):
        adds = values * weights
    return Sum(values, weights, adds, float(dense.b[unit]), float(way.sums[layer][unit]))


def score_gradient(net: Sequential, x: np.ndarray, score: int) -> np.ndarray:
    """How much each pixel's ink moves a score, by a small change of this image, (pixels,).

    ∂z_k/∂x, by the same chain rule as in training (Simonyan et al. 2013).
    """
    with np.errstate(all="ignore"):
        trace = net.forward(x[np.newaxis].astype(net.dtype))
        dz = np.zeros_like(trace[-1])
        dz[0, score] = 1
        gradient = net.backward(trace, dz)
    assert gradient is not None
    return gradient[0]
