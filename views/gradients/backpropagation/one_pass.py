"""One sample forward and back through a network, and one step of gradient descent."""

from typing import NamedTuple

import numpy as np

from nn_core import (
    SGD,
    Activation,
    BinaryCrossEntropy,
    Sequential,
    forward_backward,
    numerical_gradient,
)

LOSS = BinaryCrossEntropy()


class OnePass(NamedTuple):
    """One sample forward and back through a small network, and the step that follows."""

    net: Sequential  # as it was before the step
    activation: str
    numbers: dict[str, np.ndarray]  # as `nn_core.walk` names them
    slopes: list[np.ndarray]  # f′(z) of each hidden layer, (1, units)
    numerical: np.ndarray  # (parameters,) the gradient by central differences
    numerical_x: np.ndarray  # (inputs,) the same for the inputs
    target: float
    lr: float
    after: dict[str, np.ndarray]  # the numbers of the forward pass after the step
    stepped: Sequential  # the network after the step
    slopes_after: list[np.ndarray]  # f′(z) of each hidden layer after the step
    predicted: float  # the loss after it, if the loss were a straight line along the gradient


def one_pass(net: Sequential, activation: str, x: np.ndarray, t: np.ndarray, lr: float) -> OnePass:
    """All numbers of one sample, x (1, inputs), t (1, 1), in a network with hidden layers."""
    numbers = forward_backward(net, LOSS, x, t)
    gradient = net.grad.copy()
    bends = [layer for layer in net.layers if isinstance(layer, Activation)]
    slopes = _slopes(bends, numbers)
    stepped = net.copy()
    SGD(lr).step(stepped.theta, gradient)
    with np.errstate(all="ignore"):  # a step too far leads to numbers beyond all bounds
        after = forward_backward(stepped, LOSS, x, t)
        slopes_after = _slopes(bends, after)
    predicted = float(numbers["loss"] - lr * gradient @ gradient)
    numerical = numerical_gradient(net, LOSS, x, t)
    return OnePass(
        net, activation, numbers, slopes, numerical, _numerical_x(net, x, t), t.item(), lr, after,
        stepped, slopes_after, predicted,
    )  # fmt: skip


def _slopes(bends: list[Activation], numbers: dict[str, np.ndarray]) -> list[np.ndarray]:
    return [bend.derivative(numbers[f"z{i}"], numbers[f"a{i}"]) for i, bend in enumerate(bends, 1)]


def _numerical_x(net: Sequential, x: np.ndarray, t: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Central differences of the loss in each input."""
    shifts = h * np.eye(x.shape[1])
    rise = [LOSS.value(net.predict(x + s), t) - LOSS.value(net.predict(x - s), t) for s in shifts]
    return np.array(rise) / (2 * h)
