"""Every number of one step: forward, the error, the chain rule back to every weight, the step."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from nn_core import SGD, Sigmoid, numerical_gradient
from recipes.neuron import DESCENDED, SHOWN, neuron

NUDGE = 1e-5  # how far a finite difference goes to either side
CANCELS = 1e-6  # of its parts: a larger sum is something that they leave


class Numbers(NamedTuple):
    """Every number of one step. A row a sample: (samples, …); W (3, 1), b (1,), as in nn_core."""

    x: np.ndarray
    t: np.ndarray
    W: np.ndarray
    b: np.ndarray
    h: np.ndarray  # the weighted sums, (samples, 1), as all that follow down to dh
    y: np.ndarray
    squared: np.ndarray
    dy: np.ndarray
    slope: np.ndarray
    dh: np.ndarray
    dW: np.ndarray
    db: np.ndarray
    numerical: np.ndarray  # (4,): the finite differences for W, then b
    numerical_dy: np.ndarray  # and those for dy, slope and dh, (samples, 1)
    numerical_slope: np.ndarray
    numerical_dh: np.ndarray
    lr: float
    new_W: np.ndarray
    new_b: np.ndarray
    new_h: np.ndarray  # the forward pass with the new weights, (samples, 1)
    new_y: np.ndarray
    mean: float  # the loss shown, before and after the step
    new_mean: float
    accuracy: float
    new_accuracy: float
    point: str = ""  # what the preset on screen shows
    table_notes: Sequence[str] = ()  # sentences on the table that the reader wrote


def one_step(x: np.ndarray, t: np.ndarray, theta: np.ndarray, lr: float) -> Numbers:
    """Forward, the error, the chain rule back to every weight, and the step."""
    net = neuron(theta)
    dense, sigmoid = net.dense[0], Sigmoid()
    _, h, y = trace = net.forward(x)
    dy = DESCENDED.grad(y, t)
    slope = sigmoid.derivative(h, y)
    net.backward(trace, dy)
    net.grad[cancelled(net.grad, x, y, dy, slope)] = 0
    dW, db = dense.dW.copy(), dense.db.copy()

    def error(y: np.ndarray) -> np.ndarray:
        return DESCENDED.each(y, t)[:, None]

    numerical = numerical_gradient(net, DESCENDED, x, t, NUDGE)
    SGD(lr=lr).step(net.theta, net.grad)
    _, new_h, new_y = net.forward(x)
    return Numbers(
        x=x,
        t=t,
        W=theta[:3, None],
        b=theta[3:],
        h=h,
        y=y,
        squared=error(y),
        dy=dy,
        slope=slope,
        dh=dy * slope,
        dW=dW,
        db=db,
        numerical=numerical,
        numerical_dy=difference(error, y),
        numerical_slope=difference(sigmoid.forward, h),
        numerical_dh=difference(lambda h: error(sigmoid.forward(h)), h),
        lr=lr,
        new_W=dense.W.copy(),
        new_b=dense.b.copy(),
        new_h=new_h,
        new_y=new_y,
        mean=float(SHOWN.value(y, t)),
        new_mean=float(SHOWN.value(new_y, t)),
        accuracy=SHOWN.accuracy(y, t),
        new_accuracy=SHOWN.accuracy(new_y, t),
    )


def cancelled(
    grad: np.ndarray, x: np.ndarray, y: np.ndarray, dy: np.ndarray, slope: np.ndarray
) -> np.ndarray:
    """Which gradients, (4,), are 0 but for rounding: their parts cancel as far as they are known.

    1 − y is known to about eps · y, so a part dy · y · (1 − y) to eps · (itself + dy · y).
    """
    inputs = np.abs(np.column_stack([x, np.ones(len(x))]))
    parts, known = np.abs(dy * slope), np.abs(dy * slope) + np.abs(dy * y)
    rounding = len(x) * np.finfo(float).eps * (inputs.T @ known)[:, 0]
    zero: np.ndarray = np.abs(grad) <= np.minimum(rounding, CANCELS * (inputs.T @ parts)[:, 0])
    return zero


def difference(f: Callable[[np.ndarray], np.ndarray], at: np.ndarray) -> np.ndarray:
    """How fast f grows, found by trying: a little more minus a little less, elementwise."""
    slope: np.ndarray = (f(at + NUDGE) - f(at - NUDGE)) / (2 * NUDGE)
    return slope
