"""Gradients looked at: found a second way, measured, and walked through step by step."""

import numpy as np

from nn_core.activations import Activation
from nn_core.layers import Dense
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


def layer_norms(net: Sequential) -> list[float]:
    """The length of each dense layer's gradient, √(Σ dW² + Σ db²), as `net.grad` has it now."""
    return [
        float(np.hypot(np.linalg.norm(layer.dW), np.linalg.norm(layer.db))) for layer in net.dense
    ]


def sample_gradients(net: Sequential, loss: Loss, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The gradient of each sample's own loss, (samples, parameters).

    With a loss that averages, a batch's gradient is the mean of its samples' rows: a Dense layer
    sums x_ki dz_kj over the samples k, and here that sum is not taken. Leaves `net.grad` as it was.
    ValueError if x or t do not fit.
    """
    trace = net.forward(x)
    loss.check(trace[-1], t)
    with np.errstate(over="ignore"):
        dz = loss.each_grad(trace[-1], t)
    parts: list[np.ndarray] = []
    for i, layer in reversed(list(enumerate(net.layers))):
        if isinstance(layer, Dense):
            dW = trace[i][:, :, np.newaxis] * dz[:, np.newaxis, :]
            parts = [dW.reshape(len(x), -1), dz, *parts]
            dz = dz @ layer.W.T
        else:
            dx = layer.backward(trace[i], trace[i + 1], dz)
            assert dx is not None  # it was asked for
            dz = dx
    return np.hstack(parts)


def angle_between(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Degrees, from 0 to 180, between vectors along the last axis; NaN if one of them is 0.

    2 atan2(|û − v̂|, |û + v̂|) with û, v̂ of length 1, which near 0° and 180° keeps the digits that
    arccos(û · v̂) loses (Kahan 2006).
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        u = u / np.linalg.norm(u, axis=-1, keepdims=True)
        v = v / np.linalg.norm(v, axis=-1, keepdims=True)
    apart, along = np.linalg.norm(u - v, axis=-1), np.linalg.norm(u + v, axis=-1)
    return np.degrees(2 * np.arctan2(apart, along))


def input_gradient(net: Sequential, x: np.ndarray, output: int) -> np.ndarray:
    """d z_output / dx for every row of x, (batch, inputs): which input speaks for that logit.

    Taken on the logit, not on its probability, which also falls when another class rises. Leaves
    `net.grad` as it was. ValueError if there is no such output.
    """
    trace = net.forward(x)
    outputs = trace[-1].shape[1]
    if not 0 <= output < outputs:
        raise ValueError(f"output: expected a number from 0 to {outputs - 1}, got {output}")
    dz = np.zeros_like(trace[-1])
    dz[:, output] = 1
    before = net.grad.copy()
    dx = net.backward(trace, dz)
    net.grad[:] = before
    assert dx is not None  # it was asked for
    return dx


def forward_backward(
    net: Sequential, loss: Loss, x: np.ndarray, t: np.ndarray
) -> dict[str, np.ndarray]:
    """Every number on the way of one sample, forward and back, under its name in the maths.

    x is (1, inputs), t its target. In order: `x`, then for each layer `z1`, `a1`, `z2`, …, then
    `output` (what the reader sees) and `loss`, then back: `dz2`, `dW2`, `db2`, `da1`, `dz1`, …,
    `dx`. A gradient has the shape of what it is the gradient of. Layers beyond Dense and
    activations (dropout) do nothing in prediction and are left out.
    ValueError unless x is one row.
    """
    if len(x) != 1:
        raise ValueError(f"x: expected one row, got {len(x)}")
    trace = net.forward(x)
    names, count = [], 0
    for layer in net.layers:
        count += isinstance(layer, Dense)
        kind = "z" if isinstance(layer, Dense) else "a" if isinstance(layer, Activation) else None
        names.append(f"{kind}{count}" if kind else None)
    steps = {"x": x} | {n: y for n, y in zip(names, trace[1:], strict=True) if n}
    steps["output"] = loss.output(trace[-1])
    steps["loss"] = np.array(loss.value(trace[-1], t))

    dy = loss.grad(trace[-1], t)
    for i in reversed(range(len(net.layers))):
        layer, name = net.layers[i], names[i]
        if name:
            steps[f"d{name}"] = dy
        dx = layer.backward(trace[i], trace[i + 1], dy)
        assert dx is not None  # it was asked for
        dy = dx
        if isinstance(layer, Dense):
            steps |= {f"dW{count}": layer.dW.copy(), f"db{count}": layer.db.copy()}
            count -= 1
    return steps | {"dx": dy}
