"""XOR's four points and a small network: a start, ends of training near it, and their plane.

The loss over that plane is a landscape, and a training from the start a path through it.
"""

import functools
from collections.abc import Container
from typing import Any, NamedTuple

import numpy as np

from datasets.xor import xor_points
from kernels import train
from nn_core import (
    OPTIMIZERS,
    SGD,
    BinaryCrossEntropy,
    Ensemble,
    Optimizer,
    Plane,
    Trainer,
    filter_normalised,
    loss_on_plane,
    mlp,
    plane_through,
)
from recipes.judgement import SOLVED, UNSOLVED
from recipes.settings import MORE, between, choices

LOSS = BinaryCrossEntropy()
NEIGHBOURS, FARTHEST = 32, 2.0  # starts around a start, and how far the last is thrown
SEARCH_RATE, SEARCH_STEPS = 1.0, 3000  # of the runs that find the solution and the stuck run

SIDE = 60  # points along each side of the landscape
ASPECT = 1.35  # width of the picture over its height, so that lengths look as they are
MARGIN = 0.35  # around the three points, as a share of their extent


def plane_setting(stands: str = MORE) -> Any:
    """Which plane the landscape lies over."""
    return choices(
        "three points",
        ("three points", "random directions"),
        "Plane",
        "Through the start, a solution and a stuck run; or two random directions from a solution.",
        stands,
    )


def hidden_setting(stands: str = MORE) -> Any:
    """How large the network is."""
    return between(2, 1, 8, 1, "Hidden units", "In the one hidden layer.", stands)


def steps_setting(stands: str = MORE) -> Any:
    """How long the trainings from the start are."""
    return choices(1000, (100, 300, 1000, 3000), "Steps", "How many steps training takes.", stands)


class Ground(NamedTuple):
    """A start, and where training from it or from near it can end: three points of a plane."""

    sizes: list[int]
    activation: str
    start: np.ndarray  # (parameters,)
    solution: np.ndarray
    stuck: np.ndarray
    solution_loss: float
    stuck_loss: float
    plane: Plane


def ground(activation: str, hidden: int, plane: str, seed: int) -> Ground:
    """The start that the seed draws, and two ends of training, from it or from its neighbours.

    32 starts, the first the start itself, the others thrown ever farther from it, are trained. The
    solution is the end of the first that solves XOR (else of the best one), the stuck run the first
    that ends above 0.3 (else the worst).
    """
    x, t = xor_points()
    sizes = [2, hidden, 1]
    start = mlp(sizes, activation, "normal", seed).theta
    rng = np.random.default_rng([seed, 1])
    thrown = rng.standard_normal((NEIGHBOURS, len(start)))
    distance = np.linspace(0, FARTHEST, NEIGHBOURS)[:, np.newaxis]
    runs = Ensemble.at(sizes, activation, start + distance * thrown)
    for theta in runs.theta:
        trainer = xor_trainer(sizes, activation, theta, SGD(SEARCH_RATE))
        train(trainer, SEARCH_STEPS)
        theta[:] = trainer.net.theta if trainer.diverged_at is None else np.nan
    losses = np.asarray(LOSS.value(runs.predict(x), t))
    best, worst = _first_or_extreme(losses)
    solution, stuck = runs.theta[best].copy(), runs.theta[worst].copy()
    if plane == "three points":
        through = plane_through(start, solution, stuck)
    else:
        u, v = (filter_normalised(runs.network(best), rng) for _ in range(2))
        through = Plane(solution, u, v)
    ends = float(losses[best]), float(losses[worst])
    return Ground(sizes, activation, start, solution, stuck, *ends, through)


def _first_or_extreme(losses: np.ndarray) -> tuple[int, int]:
    """Which run is the solution and which the stuck one; never the same."""
    losses = np.where(np.isfinite(losses), losses, np.inf)
    best = int(np.argmax(losses < SOLVED)) if (losses < SOLVED).any() else int(losses.argmin())
    losses = np.where(np.isfinite(losses), losses, -np.inf)  # a diverged run is nobody's end
    losses[best] = -np.inf
    worst = int(np.argmax(losses > UNSOLVED)) if (losses > UNSOLVED).any() else int(losses.argmax())
    return best, worst


class Landscape(NamedTuple):
    """The loss at 60 × 60 points of a plane, and where its three points lie on it."""

    a: np.ndarray  # (60,) coordinates along the plane's first direction
    b: np.ndarray  # (60,)
    loss: np.ndarray  # (60, 60), rows are b
    start: np.ndarray  # (2,)
    solution: np.ndarray
    stuck: np.ndarray
    true: bool  # whether all three lie on the plane (else: the nearest points to them)
    unit: float  # how far in parameter space a coordinate of 1 is, along the first direction

    @property
    def width(self) -> float:
        """Of the picture, in the units of parameter space, in which distances are measured."""
        return float(self.a[-1] - self.a[0]) * self.unit

    def holds(self, at: np.ndarray) -> np.ndarray:
        """Which of these coordinates, (points, 2), are in the picture."""
        low, high = (self.a[0], self.b[0]), (self.a[-1], self.b[-1])
        return np.asarray(((at >= low) & (at <= high)).all(axis=1))


def landscape(ground: Ground) -> Landscape:
    """The loss over the part of the plane around start, solution and stuck run, in one go."""
    three = np.stack([ground.start, ground.solution, ground.stuck])
    marks = ground.plane.coordinates(three)
    a, b = _axes(marks)
    x, t = xor_points()
    loss = loss_on_plane(ground.plane, ground.sizes, ground.activation, LOSS, x, t, a, b)
    true = bool(ground.plane.distance(three).max() < 1e-6)
    unit = float(np.linalg.norm(ground.plane.u))
    start, solution, stuck = marks
    return Landscape(a, b, loss, start, solution, stuck, true, unit)


def _axes(marks: np.ndarray) -> list[np.ndarray]:
    """Where the picture ends: the marks with a margin around them, widened to its aspect."""
    low, high = marks.min(axis=0), marks.max(axis=0)
    middle, half = (low + high) / 2, (high - low) * (0.5 + MARGIN)
    half = np.maximum(half, 0.5)
    half = np.array([max(half[0], ASPECT * half[1]), max(half[1], half[0] / ASPECT)])
    return [np.linspace(m - h, m + h, SIDE) for m, h in zip(middle, half, strict=True)]


@functools.lru_cache(maxsize=32)
def surroundings(activation: str, hidden: int, plane: str, seed: int) -> tuple[Ground, Landscape]:
    """A start with its plane, and the loss on it: the same for every learning rate, so kept."""
    found = ground(activation, hidden, plane, seed)
    return found, landscape(found)


def descent(ground: Ground, optimizer: str, lr: float, steps: int) -> Trainer:
    """Full-batch training from the ground's start, a snapshot at every step."""
    rule, every = OPTIMIZERS[optimizer](lr), range(steps + 1)
    trainer = xor_trainer(ground.sizes, ground.activation, ground.start, rule, every)
    train(trainer, steps)
    return trainer


def xor_trainer(
    sizes: list[int],
    activation: str,
    theta: np.ndarray,
    rule: Optimizer,
    every: Container[int] = (),
) -> Trainer:
    """Full-batch training on XOR's points from these parameters, a snapshot at each such step."""
    x, t = xor_points()
    net = mlp(sizes, activation, "zeros")
    net.theta = theta
    return Trainer(net, LOSS, rule, x, t, len(x), record_at=(), snapshot_at=every)


class Path(NamedTuple):
    """A training, seen from the plane."""

    name: str
    at: np.ndarray  # (steps + 1, 2), the nearest point of the plane
    loss: np.ndarray  # (steps + 1,), the true ones, not those of the plane
    distance: np.ndarray  # (steps + 1,) from the plane
    diverged_at: int | None
    dashed: bool = False  # how it is drawn: one that lies on another lets that be seen


def path_on(ground: Ground, trainer: Trainer, name: str, dashed: bool = False) -> Path:
    """What a trainer remembers, laid on the plane; all its losses are measured in one go."""
    thetas = np.stack(list(trainer.snapshots.values()))
    loss = losses_at(ground, thetas)
    diverged_at, finite = trainer.diverged_at, np.isfinite(loss)
    if not finite.all():
        diverged_at = int(np.argmin(finite))
    thetas, loss = thetas[:diverged_at], loss[:diverged_at]
    at, distance = ground.plane.coordinates(thetas), ground.plane.distance(thetas)
    return Path(name, at, loss, distance, diverged_at, dashed)


def losses_at(ground: Ground, thetas: np.ndarray) -> np.ndarray:
    """The loss at each of these parameters, (thetas,); infinite where too large for a float."""
    x, t = xor_points()
    networks = Ensemble.at(ground.sizes, ground.activation, thetas)
    with np.errstate(all="ignore"):
        return np.asarray(LOSS.value(networks.predict(x), t))
