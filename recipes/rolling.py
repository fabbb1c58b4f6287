"""A training that rolls over a landscape: where it begins, where is uphill, what the map says."""

import math
from typing import NamedTuple

import numpy as np

from datasets.xor import xor_points
from nn_core import Ensemble
from recipes.ground import LOSS, Ground, Landscape, Path, losses_at

FARTHEST = 1000.0  # that a start may be from the middle of the map
MISLEADS = 2.0  # so many times the true loss, or a part of it: the map says something else


def place(written: str) -> tuple[float, float] | None:
    """Two coordinates on the map as a reader writes them: "3.5, −2". None of an empty text.

    ValueError, with a sentence for the reader, if it says anything else.
    """
    if not isinstance(written, str):
        raise ValueError(f"expected a text, got {written!r}")
    words = written.replace("−", "-").replace(",", " ").replace(";", " ").split()
    if not words:
        return None
    try:
        across, up = map(float, words)
    except ValueError:
        raise ValueError(
            f"“{written[:20]}” cannot be used: expected two numbers, as 3.5, −2"
        ) from None
    if not (abs(across) <= FARTHEST and abs(up) <= FARTHEST):  # also of nan
        raise ValueError(f"“{written[:20]}” is off the map: expected numbers to {FARTHEST:g}")
    return across, up


def begun_at(ground: Ground, begin: tuple[float, float] | None) -> Ground:
    """The same ground, its start at these coordinates of the plane."""
    if begin is None:
        return ground
    return ground._replace(start=ground.plane.points(np.array(begin)))


class Rolling(NamedTuple):
    """What there is beside a path, a row for each of its steps."""

    length: np.ndarray  # (steps + 1,) of the gradient
    uphill: np.ndarray  # (steps + 1, 2) its shadow on the map, made 1 long; NaN if it has none
    on_map: np.ndarray  # (steps + 1,) the loss that the map has under the path


def rolling(ground: Ground, thetas: np.ndarray, path: Path) -> Rolling:
    """The gradient at each of these parameters, and the loss of the nearest point of the plane."""
    gradients = gradients_at(ground, thetas)
    shadow = gradients @ np.linalg.pinv(np.stack([ground.plane.u, ground.plane.v]))
    long = np.linalg.norm(shadow, axis=1, keepdims=True)
    uphill = np.divide(shadow, long, out=np.full_like(shadow, np.nan), where=long > 0)
    return Rolling(
        np.linalg.norm(gradients, axis=1), uphill, losses_at(ground, ground.plane.points(path.at))
    )


def gradients_at(ground: Ground, thetas: np.ndarray) -> np.ndarray:
    """∂L/∂θ on XOR's four points, (thetas, parameters), all networks at once."""
    x, t = xor_points()
    networks = Ensemble.at(ground.sizes, ground.activation, thetas)
    trace = networks.forward(x)
    with np.errstate(all="ignore"):
        networks.backward(trace, LOSS.grad(trace[-1], t))
    return networks.grad


class Astray(NamedTuple):
    """Where the map is most wrong about the loss under a path."""

    step: int
    on_map: float
    true: float
    first: "Astray | None" = None  # the first step at which it is wrong by so much

    @property
    def factor(self) -> float:
        """How many times the larger of the two is the smaller."""
        return max(self.on_map / self.true, self.true / self.on_map)


def astray(land: Landscape, path: Path, on_map: np.ndarray) -> Astray | None:
    """The step in the picture at which the map is most wrong, if by a factor of 2 or more."""
    seen = land.holds(path.at) & np.isfinite(on_map) & (on_map > 0) & (path.loss > 0)
    if not seen.any():
        return None
    wrong = np.zeros(len(seen))
    wrong[seen] = np.abs(np.log(on_map[seen] / path.loss[seen]))
    misleads = wrong >= math.log(MISLEADS)
    if not misleads.any():
        return None
    worst, first = (
        Astray(int(step), float(on_map[step]), float(path.loss[step]))
        for step in (wrong.argmax(), misleads.argmax())
    )
    return worst._replace(first=first)
