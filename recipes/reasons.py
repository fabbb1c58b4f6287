"""Why a training ended as it did: what can be found in a network, its data and its history.

Each reason is a small tuple that carries the numbers it was found by; `figures/judgement.py` words
them. What has to be tried to be known is in `recipes/verdict.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from nn_core import (
    Activation,
    Identity,
    Loss,
    ReLU,
    Sequential,
    Step,
    layer_norms,
)
from recipes.judgement import Course

SAME = 0.01  # units that differ by less than this, beside how they vary over the data, are copies
LOST = 0.05  # of what the last layer hears: a first layer that hears less hardly learns
APART = 2.5  # standard errors between two accuracies that chance does not explain
RISEN = 0.2  # of the lowest loss on unseen data: one that rose by more has risen
VISIBLY = 0.02  # the same where the two accuracies are apart, which says it already
MATTERS = 0.05  # a loss on unseen data below that is no worry
HALF_OF = 0.5  # of a layer's units: so many dead ones are worth a reason


class Trial(NamedTuple):
    """A training on the side: the same but for what was changed, and what it came to."""

    changed: Mapping[str, Any]  # settings by name
    loss: float
    accuracy: float  # NaN where a number is asked for
    unseen_loss: float | None
    steps: int


class OtherStarts(NamedTuple):
    """The same training from other starts."""

    tried: int
    solved: int
    first: int  # the seed of the first that gets all right
    init: str  # how they are drawn, if not as the training's own; else ""


class Unheard(NamedTuple):
    """No gradient reaches the hidden layers: these numbers of them, of all, and why."""

    layers: int
    of: int
    because: str  # "step", "zeros", or "dead"


class Copies(NamedTuple):
    """All units of a hidden layer are copies of one."""

    units: int
    zeros: bool  # whether all weights began at 0


class Alike(NamedTuple):
    """Points of different classes are the same to the network: it has as many right as it can."""

    spots: int
    best: float  # accuracy


class AtItsBest(NamedTuple):
    """A network is one weighted sum of its inputs, and no such sum is good enough."""

    best: float  # the lowest loss that one can have
    hidden: bool  # whether it has hidden layers, that bend nothing
    reached: bool  # whether this one's is not above that


class DeadLayer(NamedTuple):
    """So many units of a hidden layer are 0 at every sample."""

    dead: int
    of: int


class Vanishing(NamedTuple):
    """How much of what the last layer hears arrives at the first one."""

    share: float


class TooStrong(NamedTuple):
    """A penalty on weights holds them down; `names` of its settings with their values."""

    penalties: Mapping[str, float]


class Silencing(NamedTuple):
    """Dropout, of this share, is what holds the training up."""

    share: float


class TooLong(NamedTuple):
    """Its steps are too long."""


class Slow(NamedTuple):
    """It is on its way: as many steps again, or longer ones, take it further."""


class FewSteps(NamedTuple):
    """A batch of all points makes one step an epoch."""

    steps: int


class Stuck(NamedTuple):
    """So many further steps, of its own kind and of another (Adam's), bring hardly anything."""

    further: int


class ByHeart(NamedTuple):
    """Seen and unseen data have come apart, and the loss on the unseen rises."""

    since: int  # the step at which that loss was lowest
    lowest: float
    now: float


class Apart(NamedTuple):
    """What it learned from and what it has not seen have come apart: known by heart, too."""

    seen: float  # accuracies
    unseen: float
    since: int  # the step from which on chance does not explain it
    tested: int  # how many unseen samples that is of


class Surer(NamedTuple):
    """The loss on unseen data rises, while as many of them are right as when it was lowest."""

    since: int
    lowest: float
    now: float
    right_then: float
    right_now: float


class Overfitting(NamedTuple):
    """Since a step the loss on unseen data has risen while that on the seen data fell."""

    step: int  # at which the loss on unseen data was lowest
    lowest: float
    now: float
    seen_then: float  # the loss on the seen data, at that step and now
    seen_now: float


Reason = (
    Unheard | Copies | AtItsBest | DeadLayer | Vanishing | TooStrong | Silencing | TooLong
    | Slow | FewSteps | Stuck | ByHeart | Apart | Surer | Overfitting | Alike
)  # fmt: skip


class Verdict(NamedTuple):
    """How a training went, why, and what could be tried: each only as far as it was found."""

    course: Course
    good: bool = False  # whether it learned what it was asked, so that nothing needs explaining
    reason: Reason | None = None
    remedy: Trial | OtherStarts | None = None
    diverged: bool = False


def bends(net: Sequential) -> list[Activation]:
    """The activations of its hidden layers."""
    return [layer for layer in net.layers if isinstance(layer, Activation)]


def hidden_values(net: Sequential, x: np.ndarray) -> list[np.ndarray]:
    """What each hidden layer answers to x, (n, units) each."""
    trace = net.forward(x)[1:]
    return [a for layer, a in zip(net.layers, trace, strict=True) if isinstance(layer, Activation)]


def dead_units(net: Sequential, hidden: Sequence[np.ndarray]) -> list[int]:
    """How many units of each hidden layer are dead: ReLUs that are 0 at all samples."""
    return [
        int((a == 0).all(axis=0).sum()) if isinstance(bend, ReLU) else 0
        for bend, a in zip(bends(net), hidden, strict=True)
    ]


def dead_layer(layers: Sequence[DeadLayer]) -> DeadLayer | None:
    """The layer with the largest share of dead units, if that is half of them or more."""
    worst = max(layers, key=lambda layer: layer.dead / layer.of, default=None)
    return worst if worst and worst.dead >= HALF_OF * worst.of else None


def copies(hidden: Sequence[np.ndarray], start: Sequential) -> Copies | None:
    """The first layer of two units or more that all answer alike, whatever they are asked."""
    for a in hidden:
        apart = np.abs(a - a.mean(axis=1, keepdims=True)).max()
        varies = np.ptp(a.mean(axis=1))
        if a.shape[1] > 1 and (apart <= SAME * varies or np.ptp(a, axis=1).max() == 0):
            return Copies(a.shape[1], all_zero(start))
    return None


def alike(x: np.ndarray, t: np.ndarray) -> Alike | None:
    """Whether points x (n, inputs) of different classes t (n,) are the same, and what that allows.

    Of those that are the same a network gets at most the most frequent class right.
    """
    _, spot = np.unique(x + 0, axis=0, return_inverse=True)  # −0 is 0
    of = np.array([np.bincount(spot.ravel(), t == one) for one in np.unique(t)])
    most, every = of.max(axis=0), of.sum(axis=0)
    mixed = int((most < every).sum())
    return Alike(mixed, float(most.sum() / len(x))) if mixed else None


def all_zero(net: Sequential) -> bool:
    """Whether every weight is 0; biases may be anything."""
    return not any(layer.W.any() for layer in net.dense)


def heard(net: Sequential, loss: Loss, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The length of each layer's gradient of the loss on all samples, (layers,)."""
    twin = net.copy()
    with np.errstate(all="ignore"):
        trace = twin.forward(x)
        twin.backward(trace, loss.checked_grad(trace[-1], t), input_gradient=False)
    return np.array(layer_norms(twin))


def unheard(net: Sequential, first: np.ndarray, last: np.ndarray) -> Unheard | None:
    """The hidden layers that hear exactly nothing, at the start (`first`) and at the end."""
    layers = len(net.dense) - 1
    silent = (last == 0) & (first == 0)
    count = int(silent[:-1].sum()) if layers else 0
    if not count:
        return None
    if any(isinstance(bend, Step) for bend in bends(net)):
        return Unheard(count, layers, "step")
    return Unheard(count, layers, "zeros") if all_zero(net) else None


def vanishing(first: np.ndarray, last: np.ndarray) -> Vanishing | None:
    """Whether the first of several hidden layers hears hardly anything, at the start and still."""
    hidden = len(last) - 1
    if hidden < 2 or min(first[0], first[-1], last[0], last[-1]) == 0:
        return None
    share = last[0] / last[-1]
    return Vanishing(float(share)) if max(share, first[0] / first[-1]) < LOST else None


def is_one_sum(net: Sequential) -> bool:
    """Whether the network is one weighted sum of its inputs: nothing bends between them."""
    return all(isinstance(bend, Identity) for bend in bends(net))


def best_sum(x: np.ndarray, t: np.ndarray, cross_entropy: bool) -> float | None:
    """The lowest loss that one weighted sum of x (n, inputs) can have; None if it has no bottom.

    Least squares, or logistic regression by Newton's method from 0, halving steps that lead up.
    Where a sum gets all points right there is no lowest loss but 0.
    """
    x = np.hstack([x, np.ones((len(x), 1))])
    if not cross_entropy:
        return float(((x @ np.linalg.lstsq(x, t, rcond=None)[0] - t) ** 2).mean())
    w = np.zeros((x.shape[1], 1))

    def loss(w: np.ndarray) -> float:
        z = x @ w
        return float((np.logaddexp(0, z) - t * z).mean())

    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -500, 500)))
        slope = x.T @ (p - t) / len(x)
        if np.abs(slope).max() < 1e-9:
            return None if ((x @ w > 0) == (t > 0.5)).all() else loss(w)
        step = np.linalg.lstsq((x * p * (1 - p)).T @ x / len(x), slope, rcond=None)[0]
        while loss(w - step) > loss(w) and np.abs(step).max() > 1e-12:
            step = step / 2
        w = w - step
    return None


def unseen(
    history: Mapping[str, Sequence[float]], tested: int, classes: bool = True
) -> ByHeart | Apart | Surer | None:
    """What became of the loss on `tested` unseen samples while that on the seen ones fell.

    Two accuracies are apart if chance does not explain it. Where there are no `classes` there is
    no accuracy.
    """
    if not history.get("val_loss"):
        return None
    steps, loss, val_loss = (np.array(history[n]) for n in ("step", "loss", "val_loss"))
    at = int(val_loss.argmin())
    risen, doubled = val_loss[-1] / val_loss[at] - 1, val_loss[-1] > 2 * loss[-1]
    since = int(steps[at]), float(val_loss[at]), float(val_loss[-1])
    if val_loss[-1] < MATTERS or loss[-1] > loss[at]:
        return None
    if not classes:
        return ByHeart(*since) if doubled and risen > RISEN else None
    seen, right = np.array(history["accuracy"]), np.array(history["val_accuracy"])
    error = np.sqrt(np.maximum(right * (1 - right), 1 / tested) / tested)
    apart = seen - right > APART * error
    if doubled and apart[-1]:
        if risen > VISIBLY:
            return ByHeart(*since)
        never = np.flatnonzero(~apart)
        first = steps[never[-1] + 1] if len(never) else steps[0]
        return Apart(float(seen[-1]), float(right[-1]), int(first), tested)
    if risen > RISEN and right[-1] >= right[at]:
        return Surer(*since, float(right[at]), float(right[-1]))
    return None
