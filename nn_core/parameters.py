"""The one flat vector in which all parameters live, and the gradient beside it."""

import numpy as np


class Parameters:
    """`theta` and `grad`, two arrays of one shape. Layers hold views into both."""

    def __init__(self, theta: np.ndarray) -> None:
        self._theta = theta
        self._grad = np.zeros_like(theta)

    @property
    def theta(self) -> np.ndarray:
        """Every parameter, layer by layer, W before b. Assigning copies the numbers in.

        ValueError if what is assigned has another shape.
        """
        return self._theta

    @theta.setter
    def theta(self, values: np.ndarray) -> None:
        if np.shape(values) != self._theta.shape:
            raise ValueError(f"theta: expected shape {self._theta.shape}, got {np.shape(values)}")
        self._theta[:] = values

    @property
    def grad(self) -> np.ndarray:
        """The loss's derivative with respect to every parameter, in the same places."""
        return self._grad

    @property
    def dtype(self) -> np.dtype:
        """float32 or float64, as the caller chose."""
        return self._theta.dtype
