"""XOR as four clouds: the points on which the views of Gradients train."""

import numpy as np

from datasets.plane import plane_data
from nn_core import BinaryCrossEntropy

LOSS = BinaryCrossEntropy()
POINTS = 200


def cloud_points(points: int = POINTS) -> tuple[np.ndarray, np.ndarray]:
    """XOR as four clouds, x (points, 2) of a spread near 1, t (points, 1)."""
    data = plane_data("xor", points, 0.0, 1.0, 0)
    return data.x_train / 3, data.t_train
