"""XOR: "one or the other, but not both", the smallest question one straight line cannot answer."""

import numpy as np


def xor_points() -> tuple[np.ndarray, np.ndarray]:
    """The four points (4, 2) and their targets (4, 1), float64, in the study notes' order."""
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    t = np.array([[0.0], [1.0], [1.0], [0.0]])
    return x, t
