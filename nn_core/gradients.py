"""Gradients found a second way: by moving each parameter a little and looking at the loss."""

import numpy as np

from nn_core.losses import Loss
from nn_core.network import Sequential


def numerical_gradient(
    net: Sequential, loss: Loss, x: np.ndarray, t: np.ndarray, h: float = 1e-5
) -> np.ndarray:
    """Central differences (L(θ + h) − L(θ − h)) / 2h, one parameter at a time, (parameters,).

    The error falls with h², until rounding (about 1e-16 / h) takes over. Float64 only: ValueError
    otherwise.
    """
    if net.dtype != np.float64:
        raise ValueError(f"net: expected a float64 network, got {net.dtype}")
    grad = np.empty_like(net.theta)
    for i, value in enumerate(net.theta.copy()):
        net.theta[i] = value + h
        above = loss.value(net.predict(x), t)
        net.theta[i] = value - h
        below = loss.value(net.predict(x), t)
        net.theta[i] = value
        grad[i] = (above - below) / (2 * h)
    return grad


def gradient_check(net: Sequential, loss: Loss, x: np.ndarray, t: np.ndarray) -> float:
    """Largest relative error |g − n| / max(|g|, |n|, 1e-3) of backpropagation's gradient g.

    n is the numerical gradient; the 1e-3 keeps two numbers that are both nearly 0 from counting as
    different. Leaves theta as it was and g in `net.grad`. ValueError unless float64.
    """
    numerical = numerical_gradient(net, loss, x, t)
    trace = net.forward(x)
    net.backward(trace, loss.grad(trace[-1], t))
    scale = np.maximum(np.maximum(abs(net.grad), abs(numerical)), 1e-3)
    return float(np.max(abs(net.grad - numerical) / scale))
