"""Activation functions: the bend between two layers, each beside its derivative.

An activation acts on every number by itself, so its part in the chain rule is a product:
a = f(z) gives dL/dz = dL/da · f′(z).
"""

import numpy as np

from nn_core.checks import known_name


class Activation:
    """A layer without parameters: a = f(z), elementwise, so every shape stays what it is."""

    size = 0

    def forward(self, z: np.ndarray) -> np.ndarray:
        """f(z), of the shape and dtype of z."""
        raise NotImplementedError

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        """f′(z). The output a = f(z) comes along because some derivatives are shortest in it."""
        raise NotImplementedError

    def backward(
        self, z: np.ndarray, a: np.ndarray, da: np.ndarray, input_gradient: bool = True
    ) -> np.ndarray | None:
        """dL/dz from da = dL/da; None if the caller does not need the input's gradient."""
        return da * self.derivative(z, a) if input_gradient else None


class Identity(Activation):
    """f(z) = z, f′(z) = 1: no bend, so layers joined by it are one linear layer."""

    def forward(self, z: np.ndarray) -> np.ndarray:
        return z

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return np.ones_like(z)


class Sigmoid(Activation):
    """f(z) = 1 / (1 + e⁻ᶻ), between 0 and 1.

    f′ = e⁻ᶻ / (1 + e⁻ᶻ)² = f · (1 − f), at most 1/4, reached at z = 0.
    """

    # Below z = −709 (float64), e⁻ᶻ overflows to infinity, and 1/∞ = 0 is the right answer.
    @np.errstate(over="ignore")
    def forward(self, z: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-z))

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return a * (1 - a)


class Tanh(Activation):
    """f(z) = tanh z, between −1 and 1 and centred at 0; f′ = 1 − f², at most 1."""

    def forward(self, z: np.ndarray) -> np.ndarray:
        return np.tanh(z)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return 1 - a * a


class ReLU(Activation):
    """f(z) = max(0, z); f′ = 1 where z > 0, else 0. The value 0 at z = 0 is a convention."""

    def forward(self, z: np.ndarray) -> np.ndarray:
        return np.maximum(z, 0)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return (z > 0).astype(z.dtype)


ACTIVATIONS: dict[str, type[Activation]] = {
    "identity": Identity,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "relu": ReLU,
}


def activation(name: str) -> Activation:
    """The activation of that name; ValueError, with the nearest known name, if there is none."""
    return known_name("activation", name, ACTIVATIONS)()
