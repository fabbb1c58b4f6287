"""A plane through the space of all parameters: where the loss can be drawn as a landscape.

A network of nine parameters lives in nine dimensions, a picture has two. Whatever is drawn on a
plane is true on it; how far a training leaves it is `Plane.distance`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nn_core.activations import Activation
from nn_core.ensemble import Ensemble
from nn_core.losses import Loss
from nn_core.network import Sequential


class Plane(NamedTuple):
    """All points origin + a u + b v. Thetas are (points, parameters), coordinates (points, 2)."""

    origin: np.ndarray  # (parameters,)
    u: np.ndarray  # (parameters,)
    v: np.ndarray  # (parameters,), not necessarily of length 1 or at a right angle to u

    def points(self, coordinates: np.ndarray) -> np.ndarray:
        """The thetas at these coordinates."""
        return self.origin + coordinates @ np.stack([self.u, self.v])

    def coordinates(self, thetas: np.ndarray) -> np.ndarray:
        """Of the point of the plane that is nearest to each theta (least squares)."""
        return (thetas - self.origin) @ np.linalg.pinv(np.stack([self.u, self.v]))

    def distance(self, thetas: np.ndarray) -> np.ndarray:
        """How far each theta is from the plane, (points,): the length of what sticks out of it."""
        return np.linalg.norm(thetas - self.points(self.coordinates(thetas)), axis=-1)


def plane_through(origin: np.ndarray, second: np.ndarray, third: np.ndarray) -> Plane:
    """The plane through three thetas, u towards the second, v at a right angle, both of length 1.

    So lengths and angles on it are true (Gram–Schmidt). ValueError if the three lie on one line,
    for then there are many planes.
    """
    along, across = second - origin, third - origin
    length = np.linalg.norm(along)
    u = along / length if length > 0 else along
    v = across - (across @ u) * u
    off = np.linalg.norm(v)
    if length == 0 or off <= 1e-9 * np.linalg.norm(across):
        raise ValueError("third: expected three points that are not on one line")
    return Plane(origin, u, v / off)


def filter_normalised(net: Sequential, rng: np.random.Generator) -> np.ndarray:
    """A random direction, (parameters,), as large for each unit as its own weights (Li 2018).

    Each column of W, what one unit listens to, gets a direction from N(0, 1) of the column's own
    length, so that weights a hundred times larger are also moved a hundred times as far. Biases
    stay: the direction is 0 there.
    """
    direction = net.copy()
    direction.theta = np.zeros_like(net.theta)
    for ours, theirs in zip(direction.dense, net.dense, strict=True):
        draw = rng.standard_normal(theirs.W.shape)
        ours.W[:] = draw * np.linalg.norm(theirs.W, axis=0) / np.linalg.norm(draw, axis=0)
    return direction.theta


def loss_on_plane(
    plane: Plane,
    sizes: Sequence[int],
    activation: str | Activation,
    loss: Loss,
    x: np.ndarray,
    t: np.ndarray,
    a: np.ndarray,
    b: np.ndarray,
) -> np.ndarray:
    """The loss at every a and b, (len(b), len(a)): one stacked evaluation, a network a point."""
    grid = np.stack(np.meshgrid(a, b), axis=-1).reshape(-1, 2)
    networks = Ensemble.at(sizes, activation, plane.points(grid))
    with np.errstate(all="ignore"):  # a loss too large for a float is infinite, and no warning
        return np.reshape(loss.value(networks.predict(x), t), (len(b), len(a)))
