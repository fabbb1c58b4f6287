"""One sigmoid neuron, notebook A's: every number of one step, and many steps in a row.

It descends the sum of squared errors, as the notebook does; the loss it shows is their mean.
"""

from collections.abc import Callable
from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np

from nn_core import SGD, Dense, MeanSquaredError, Sequential, Sigmoid, Trainer, numerical_gradient
from runs.neuron_config import NeuronConfig, parse_weights

SHOWN, DESCENDED = MeanSquaredError(), MeanSquaredError(reduction="sum")
NOTEBOOK_SEED = 1234
NUDGE = 1e-5  # how far a finite difference goes to either side
UNDECIDED = 1e-6  # an answer this close to ½ is on no side: what moves it there is rounding
DRAWS = {"one step": 1, "many steps": 4}  # the notebook draws anew before each of its cells


class OneStep(NamedTuple):
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


class ManySteps(NamedTuple):
    """What became of every sample over training, (steps + 1, samples), and of the neuron."""

    t: np.ndarray  # (samples, 1)
    x: np.ndarray
    outputs: np.ndarray
    loss: np.ndarray  # (steps + 1,): the mean of squared errors
    accuracy: np.ndarray
    flips: list[tuple[int, int, bool]]  # (step, sample, whether it is right from then on)


def starting_theta(config: NeuronConfig) -> np.ndarray:
    """The three weights and the bias, (4,): the reader's own, or those that notebook A draws."""
    own = parse_weights(config.weights)
    draws = np.random.RandomState(NOTEBOOK_SEED).randn(DRAWS[config.view], 3)
    return np.array(own or [*draws[-1], 0.0])


def neuron(theta: np.ndarray) -> Sequential:
    """A sigmoid neuron of three inputs with these weights and this bias."""
    net = Sequential(Dense(3, 1), Sigmoid())
    net.theta = theta
    return net


def one_step(x: np.ndarray, t: np.ndarray, theta: np.ndarray, lr: float) -> OneStep:
    """Forward, the error, the chain rule back to every weight, and the step."""
    net = neuron(theta)
    dense, sigmoid = net.layers
    _, h, y = trace = net.forward(x)
    dy = DESCENDED.grad(y, t)
    slope = sigmoid.derivative(h, y)
    net.backward(trace, dy)
    dW, db = dense.dW.copy(), dense.db.copy()

    def error(y: np.ndarray) -> np.ndarray:
        return DESCENDED.each(y, t)[:, None]

    numerical = numerical_gradient(net, DESCENDED, x, t, NUDGE)
    SGD(lr=lr).step(net.theta, net.grad)
    _, new_h, new_y = net.forward(x)
    return OneStep(
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
        mean=SHOWN.value(y, t),
        new_mean=SHOWN.value(new_y, t),
        accuracy=SHOWN.accuracy(y, t),
        new_accuracy=SHOWN.accuracy(new_y, t),
    )


def difference(f: Callable[[np.ndarray], np.ndarray], at: np.ndarray) -> np.ndarray:
    """How fast f grows, found by trying: a little more minus a little less, elementwise."""
    return (f(at + NUDGE) - f(at - NUDGE)) / (2 * NUDGE)


def contradiction(x: np.ndarray, t: np.ndarray) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Two samples of class 1 and two of class 0 whose inputs add up to the same, if there are any.

    Their sums h then add up to the same, so the two of class 1 cannot both lie above 0 and the
    two of class 0 both below: no weights answer all four right. XOR is such a table.
    """
    ones, zeros = np.flatnonzero(t[:, 0] > 0.5), np.flatnonzero(t[:, 0] <= 0.5)
    for a, b in combinations_with_replacement(ones.tolist(), 2):
        for c, d in combinations_with_replacement(zeros.tolist(), 2):
            if np.array_equal(x[a] + x[b], x[c] + x[d]):
                return (a, b), (c, d)
    return None


def many_steps(x: np.ndarray, t: np.ndarray, theta: np.ndarray, lr: float, steps: int) -> ManySteps:
    """So many steps, every one with all samples."""
    every = range(steps + 1)
    trainer = Trainer(
        neuron(theta), DESCENDED, SGD(lr=lr), x, t, len(x), record_at=(), snapshot_at=every
    )
    trainer.run(steps=steps)
    thetas = np.array(list(trainer.snapshots.values()))
    outputs = Sigmoid().forward(thetas[:, :3] @ x.T + thetas[:, 3:])
    right = (outputs > 0.5) == (t[:, 0] > 0.5)
    loss = ((outputs - t[:, 0]) ** 2).mean(axis=1)
    return ManySteps(t, x, outputs, loss, right.mean(axis=1), _flips(outputs, right))


def _flips(outputs: np.ndarray, right: np.ndarray) -> list[tuple[int, int, bool]]:
    """When answers crossed ½. One that rests on ½ keeps the side it came from."""
    steps = np.arange(len(outputs))[:, None]
    decided = np.where(np.abs(outputs - 0.5) > UNDECIDED, steps, 0)
    side = np.take_along_axis(right, np.maximum.accumulate(decided), axis=0)
    changes = np.argwhere(side[1:] != side[:-1])
    return [(int(k) + 1, int(row), bool(side[k + 1, row])) for k, row in changes]
