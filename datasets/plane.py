"""Points on a plane, each with its right answer: the questions that small networks are asked.

The plane is [−6, 6] × [−6, 6], as in TensorFlow Playground, except for the four points of XOR,
which lie where the study notes have them.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from datasets.xor import xor_points

Points = tuple[np.ndarray, np.ndarray]  # x (n, 2), t (n, 1)

EDGE = 6.0  # the plane's
CELLS = 4  # of the checkerboard, along each side
HILLS = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
HILL_SIGNS = np.array([1, -1, 1, -1, 1, -1])


class Unit(NamedTuple):
    """A reader's own scale of the numbers that are learned."""

    name: str  # of their column
    size: float  # what a difference of 1 is in it


class PlaneData(NamedTuple):
    """Points for training and for testing. Answers lie from `low` to `high`; a class is 0, 1, …"""

    name: str
    x_train: np.ndarray  # (n, 2)
    t_train: np.ndarray  # (n, 1)
    x_test: np.ndarray  # (m, 2), m may be 0
    t_test: np.ndarray  # (m, 1)
    left: float  # the part of the plane worth looking at, in both directions
    right: float
    low: float = 0.0
    high: float = 1.0
    classes: int = 2  # how many there are to choose from; 0 if an answer is any number between
    names: tuple[str, ...] = ()  # of the classes, if a reader gave them any
    unit: Unit | None = None  # of the answers, if they are a reader's own numbers


def clouds(rng: np.random.Generator, n: int, noise: float) -> Points:
    """XOR, four clouds: class 1 where x₁ and x₂ have different signs. Noise blurs the edges."""
    x = rng.uniform(0.3, 5, (n, 2)) * rng.choice([-1, 1], (n, 2))
    t = (x[:, :1] * x[:, 1:] < 0).astype(float)
    return x + 4 * noise * rng.standard_normal((n, 2)), t


def circles(rng: np.random.Generator, n: int, noise: float) -> Points:
    """A disc of class 1 within a ring of class 0."""
    t = _halves(n)
    radius = np.where(t == 1, rng.uniform(0, 2.5, (n, 1)), rng.uniform(3.5, 5, (n, 1)))
    angle = rng.uniform(0, 2 * np.pi, (n, 1))
    x = radius * np.hstack([np.cos(angle), np.sin(angle)])
    return x + 3 * noise * rng.standard_normal((n, 2)), t


def moons(rng: np.random.Generator, n: int, noise: float) -> Points:
    """Two half moons, each reaching into the other's bay: scikit-learn's `make_moons`, scaled.

    Not imported from there: that would take a second and 70 MB.
    """
    outer, inner = (np.linspace(0, np.pi, count) for count in (n // 2, n - n // 2))
    x = np.hstack([[np.cos(outer), np.sin(outer)], [1 - np.cos(inner), 1 - np.sin(inner) - 0.5]]).T
    t = np.repeat([[0.0], [1.0]], [len(outer), len(inner)], axis=0)
    order = np.arange(n)
    np.random.RandomState(int(rng.integers(2**31))).shuffle(order)
    x, t = (x[order] - [0.5, 0.25]) * 3.2, t[order]
    return x + 3 * noise * rng.standard_normal((n, 2)), t


def gaussians(rng: np.random.Generator, n: int, noise: float) -> Points:
    """Two round clouds around (2, 2) and (−2, −2). Noise makes them wider."""
    t = _halves(n)
    return np.where(t == 1, 2, -2) + (0.7 + 3 * noise) * rng.standard_normal((n, 2)), t


def spiral(rng: np.random.Generator, n: int, noise: float) -> Points:
    """Two arms, each 1¾ turns around the other."""
    t = _halves(n)
    along = rng.uniform(0.04, 1, (n, 1))
    angle = 1.75 * 2 * np.pi * along + np.pi * t
    x = 5 * along * np.hstack([np.sin(angle), np.cos(angle)])
    return x + 2 * noise * rng.standard_normal((n, 2)), t


def checkerboard(rng: np.random.Generator, n: int, noise: float) -> Points:
    """Four by four squares, class 1 on every other one."""
    x = rng.uniform(-5, 5, (n, 2))
    square = np.floor((x + 5) * CELLS / 10).sum(axis=1, keepdims=True)
    return x + 2 * noise * rng.standard_normal((n, 2)), square % 2


def slope(rng: np.random.Generator, n: int, noise: float) -> Points:
    """Not a class but a number: t rises evenly from −1 at one corner to 1 at the other."""
    x = rng.uniform(-5, 5, (n, 2))
    t = x.sum(axis=1, keepdims=True) / 10
    return x, np.clip(t + noise * rng.standard_normal((n, 1)), -1, 1)


def hills(rng: np.random.Generator, n: int, noise: float) -> Points:
    """Not a class but a number: six hills and hollows, each falling off evenly to 0."""
    x = rng.uniform(-5, 5, (n, 2))
    distance = np.linalg.norm(x[:, np.newaxis] - HILLS, axis=2)
    t = (np.maximum(0, 1 - distance / 2) * HILL_SIGNS).sum(axis=1, keepdims=True)
    return x, np.clip(t + noise * rng.standard_normal((n, 1)), -1, 1)


def _halves(n: int) -> np.ndarray:
    """n classes in turn, (n, 1)."""
    return (np.arange(n) % 2).astype(float)[:, np.newaxis]


CLASSES: dict[str, Callable[[np.random.Generator, int, float], Points]] = {
    "xor": clouds,
    "circles": circles,
    "moons": moons,
    "gaussians": gaussians,
    "spiral": spiral,
    "checkerboard": checkerboard,
}
NUMBERS = {"slope": slope, "hills": hills}
FOUR_POINTS = "four points"
PLANE_DATA = (FOUR_POINTS, *CLASSES, *NUMBERS)


def plane_data(name: str, points: int, noise: float, train_share: float, seed: int) -> PlaneData:
    """So many points of that kind, split at random; the same seed gives the same points.

    `noise` and `train_share` are from 0 to 1. The four points of XOR have no noise, no seed and
    nothing to test on.
    ValueError if the name is unknown or a number is out of its range.
    """
    if name not in PLANE_DATA:
        raise ValueError(f"name: expected one of {', '.join(PLANE_DATA)}, got {name!r}")
    for what, share in (("noise", noise), ("train_share", train_share)):
        if not 0 <= share <= 1:
            raise ValueError(f"{what}: expected a number from 0 to 1, got {share!r}")
    if points < 1:
        raise ValueError(f"points: expected at least 1, got {points!r}")
    if name == FOUR_POINTS:
        x, t = xor_points()
        return PlaneData(name, x, t, x[:0], t[:0], -0.5, 1.5)
    rng = np.random.default_rng(seed)
    x, t = (CLASSES | NUMBERS)[name](rng, points, noise)
    order = rng.permutation(points)
    trained = max(1, round(train_share * points))
    train, test = order[:trained], order[trained:]
    data = PlaneData(name, x[train], t[train], x[test], t[test], -EDGE, EDGE)
    return data if name in CLASSES else data._replace(low=-1.0, classes=0)


FEATURES: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "x₁": lambda x1, x2: x1,
    "x₂": lambda x1, x2: x2,
    "x₁²": lambda x1, x2: x1**2,
    "x₂²": lambda x1, x2: x2**2,
    "x₁x₂": lambda x1, x2: x1 * x2,
    "sin x₁": lambda x1, x2: np.sin(x1),
    "sin x₂": lambda x1, x2: np.sin(x2),
}


def features(x: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """What the network hears of points x (n, 2): one column a name, (n, names)."""
    return np.stack([FEATURES[name](x[:, 0], x[:, 1]) for name in names], axis=1)
