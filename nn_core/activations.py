"""Activation functions: the bend between two layers, each beside its derivative.

An activation acts on every number by itself, so its part in the chain rule is a product:
a = f(z) gives dL/dz = dL/da · f′(z).
"""

import math

import numpy as np

from nn_core.checks import finite_number, known_name

# Below z = −709 (−88 in float32) e⁻ᶻ overflows to infinity, and 1/∞ = 0 is the right answer.
overflow_is_right = np.errstate(over="ignore")


def sigmoid(z: np.ndarray) -> np.ndarray:
    """σ(z) = 1 / (1 + e⁻ᶻ). The caller sees to it that NumPy does not warn of the overflow."""
    return 1 / (1 + np.exp(-z))


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


class Step(Activation):
    """f(z) = 1 where z > 0, else 0: the first artificial neuron (McCulloch & Pitts 1943).

    f′ = 0 everywhere (the jump has none; 0 is a convention), so no error ever comes through.
    """

    def forward(self, z: np.ndarray) -> np.ndarray:
        return (z > 0).astype(z.dtype)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return np.zeros_like(z)


class Sigmoid(Activation):
    """f(z) = 1 / (1 + e⁻ᶻ), between 0 and 1.

    f′ = e⁻ᶻ / (1 + e⁻ᶻ)² = f · (1 − f), at most 1/4, reached at z = 0.
    """

    @overflow_is_right
    def forward(self, z: np.ndarray) -> np.ndarray:
        return sigmoid(z)

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


class LeakyReLU(Activation):
    """f(z) = z where z > 0, else slope · z; f′ = 1, else slope: never dead (Maas 2013)."""

    def __init__(self, slope: float = 0.01) -> None:
        """ValueError unless slope is a finite number."""
        self.slope = finite_number("slope", slope)

    def forward(self, z: np.ndarray) -> np.ndarray:
        return np.where(z > 0, z, self.slope * z)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return np.where(z > 0, 1, self.slope).astype(z.dtype)


class ELU(Activation):
    """f(z) = z where z > 0, else α (eᶻ − 1), which levels off at −α (Clevert 2016).

    f′ = 1 where z > 0, else α eᶻ = f + α.
    """

    def __init__(self, alpha: float = 1.0) -> None:
        """ValueError unless alpha is a finite number."""
        self.alpha = finite_number("alpha", alpha)

    def forward(self, z: np.ndarray) -> np.ndarray:
        return np.where(z > 0, z, self.alpha * np.expm1(np.minimum(z, 0)))

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return np.where(z > 0, 1, a + self.alpha).astype(z.dtype)


class Softplus(Activation):
    """f(z) = ln(1 + eᶻ), a ReLU without the corner; f′ = σ(z)."""

    def forward(self, z: np.ndarray) -> np.ndarray:
        return np.logaddexp(0, z, dtype=z.dtype)

    @overflow_is_right
    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return sigmoid(z)


class SiLU(Activation):
    """f(z) = z σ(z), also called swish (Elfwing 2018).

    f′ = σ + z σ (1 − σ) = σ (1 + z (1 − σ)).
    """

    @overflow_is_right
    def forward(self, z: np.ndarray) -> np.ndarray:
        return z * sigmoid(z)

    @overflow_is_right
    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        s = sigmoid(z)
        return s * (1 + z * (1 - s))


class GELU(Activation):
    """f(z) = z Φ(z), Φ the normal distribution's share below z (Hendrycks & Gimpel 2016).

    Φ(z) = ½ (1 + erf(z / √2)), Φ′(z) = φ(z) = e^(−z²/2) / √(2π), so f′ = Φ + z φ.
    NumPy has no erf, so the exact form asks Python's for each number; `gelu_tanh` is faster.
    """

    _erf = staticmethod(np.vectorize(math.erf, otypes=[float]))

    def _share_below(self, z: np.ndarray) -> np.ndarray:
        return (0.5 * (1 + self._erf(z / math.sqrt(2)))).astype(z.dtype)

    def forward(self, z: np.ndarray) -> np.ndarray:
        return z * self._share_below(z)

    @overflow_is_right
    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        density = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
        return self._share_below(z) + z * density


class GELUTanh(Activation):
    """The usual approximation of GELU: f(z) = ½ z (1 + tanh u), u = √(2/π) (z + 0.044715 z³).

    f′ = ½ (1 + tanh u) + ½ z (1 − tanh² u) u′, with u′ = √(2/π) (1 + 0.134145 z²).
    """

    # Where z² or z³ overflow, tanh is 1 to the last digit, and 1 − tanh² exactly 0.
    def forward(self, z: np.ndarray) -> np.ndarray:
        return 0.5 * z * (1 + self._tanh(z))

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        tanh, z_small = self._tanh(z), np.clip(z, -100, 100)
        du = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * z_small**2)
        return 0.5 * (1 + tanh) + 0.5 * z_small * (1 - tanh**2) * du

    @staticmethod
    @overflow_is_right
    def _tanh(z: np.ndarray) -> np.ndarray:
        return np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))


ACTIVATIONS: dict[str, type[Activation]] = {
    "identity": Identity,
    "step": Step,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "elu": ELU,
    "softplus": Softplus,
    "silu": SiLU,
    "gelu": GELU,
    "gelu_tanh": GELUTanh,
}


def activation(name: str) -> Activation:
    """The activation of that name; ValueError, with the nearest known name, if there is none."""
    return known_name("activation", name, ACTIVATIONS)()
