"""Activation functions: the bend between two layers, each beside its derivative.

An activation acts on every number by itself, so its part in the chain rule is a product:
a = f(z) gives dL/dz = dL/da · f′(z).

A new one is a class here and a name in the table at the end; `tests/ui/test_activations.py` says
what else it takes.
"""

import math

import numpy as np

from nn_core.checks import finite_number, known_name
from nn_core.layers import Layer

# Below z = −709 (−88 in float32) e⁻ᶻ overflows to infinity, and 1/∞ = 0 is the right answer.
overflow_is_right = np.errstate(over="ignore")


def sigmoid(z: np.ndarray) -> np.ndarray:
    """σ(z) = 1 / (1 + e⁻ᶻ). The caller sees to it that NumPy does not warn of the overflow."""
    return 1 / (1 + np.exp(-z))


def either(above: str, below: str) -> str:
    """LaTeX for what is one thing above 0 and another below."""
    return rf"{above} \text{{ if }} § > 0, \text{{ else }} {below}"


class Activation(Layer):
    """A layer without parameters to learn: a = f(z), elementwise, so every shape stays.

    Two of one kind with the same numbers are equal: an activation remembers nothing.
    """

    name: str
    formula: str  # f in LaTeX, § for its input
    slope_formula: str  # f′ in LaTeX
    numpy: str  # f as one expression of z, for those who have NumPy only

    def f(self, z: np.ndarray) -> np.ndarray:
        """f(z), of the shape and dtype of z."""
        raise NotImplementedError

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        """f′(z). The output a = f(z) comes along because some derivatives are shortest in it."""
        raise NotImplementedError

    def formulas_at(self, z: float) -> tuple[str, str]:
        """f and f′ as one works them out at this z, where that is shorter than in general."""
        return self.formula, self.slope_formula

    def forward(self, z: np.ndarray, rng: np.random.Generator | None = None) -> np.ndarray:
        """a = f(z)."""
        return self.f(z)

    def backward(
        self, z: np.ndarray, a: np.ndarray, da: np.ndarray, input_gradient: bool = True
    ) -> np.ndarray | None:
        """dL/dz from da = dL/da; None if the caller does not need the input's gradient."""
        return da * self.derivative(z, a) if input_gradient else None

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))


class Identity(Activation):
    """f(z) = z, f′(z) = 1: no bend, so layers joined by it are one linear layer."""

    name = "identity"
    formula = "§"
    slope_formula = "1"
    numpy = "z"

    def f(self, z: np.ndarray) -> np.ndarray:
        return z

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return np.ones_like(z)


class Step(Activation):
    """f(z) = 1 where z > 0, else 0: the first artificial neuron (McCulloch & Pitts 1943).

    f′ = 0 everywhere (the jump has none; 0 is a convention), so no error ever comes through.
    """

    name = "step"
    formula = either("1", "0")
    slope_formula = (
        r"0 \quad (\text{the jump at } 0 \text{ has no slope; } 0 \text{ by convention})"
    )
    numpy = "(z > 0).astype(z.dtype)"

    def f(self, z: np.ndarray) -> np.ndarray:
        return (z > 0).astype(z.dtype)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return np.zeros_like(z)

    def formulas_at(self, z: float) -> tuple[str, str]:
        return ("1", "0") if z > 0 else ("0", "0")


class Sigmoid(Activation):
    """f(z) = 1 / (1 + e⁻ᶻ), between 0 and 1.

    f′ = e⁻ᶻ / (1 + e⁻ᶻ)² = f · (1 − f), at most 1/4, reached at z = 0.
    """

    name = "sigmoid"
    formula = r"\frac{1}{1 + e^{-§}}"
    slope_formula = r"f(§)\,(1 - f(§)) \le \tfrac14"
    numpy = "1 / (1 + np.exp(-z))"

    @overflow_is_right
    def f(self, z: np.ndarray) -> np.ndarray:
        return sigmoid(z)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return a * (1 - a)

    def formulas_at(self, z: float) -> tuple[str, str]:
        return self.formula, r"f(§)\,(1 - f(§))"


class Tanh(Activation):
    """f(z) = tanh z, between −1 and 1 and centred at 0; f′ = 1 − f², at most 1."""

    name = "tanh"
    formula = r"\tanh §"
    slope_formula = r"1 - f(§)^2 \le 1"
    numpy = "np.tanh(z)"

    def f(self, z: np.ndarray) -> np.ndarray:
        return np.tanh(z)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return 1 - a * a

    def formulas_at(self, z: float) -> tuple[str, str]:
        return self.formula, "1 - f(§)^2"


class ReLU(Activation):
    """f(z) = max(0, z); f′ = 1 where z > 0, else 0. The value 0 at z = 0 is a convention."""

    name = "relu"
    formula = r"\max(0, §)"
    slope_formula = either("1", r"0 \quad (f'(0) = 0 \text{ by convention})")
    numpy = "np.maximum(z, 0)"

    def f(self, z: np.ndarray) -> np.ndarray:
        return np.maximum(z, 0)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return (z > 0).astype(z.dtype)

    def formulas_at(self, z: float) -> tuple[str, str]:
        return ("§", "1") if z > 0 else ("0", "0")


class LeakyReLU(Activation):
    """f(z) = z where z > 0, else slope · z; f′ = 1, else slope: never dead (Maas 2013)."""

    name = "leaky_relu"

    def __init__(self, slope: float = 0.01) -> None:
        """ValueError unless slope is a finite number."""
        self.slope = finite_number("slope", slope)
        self.formula = either("§", rf"{slope:g}\,§")
        self.slope_formula = either("1", f"{slope:g}")
        self.numpy = f"np.where(z > 0, z, {self.slope} * z)"

    def f(self, z: np.ndarray) -> np.ndarray:
        return np.where(z > 0, z, self.slope * z)

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return np.where(z > 0, 1, self.slope).astype(z.dtype)

    def formulas_at(self, z: float) -> tuple[str, str]:
        return ("§", "1") if z > 0 else (rf"{self.slope:g} \cdot §", f"{self.slope:g}")


class ELU(Activation):
    """f(z) = z where z > 0, else α (eᶻ − 1), which levels off at −α (Clevert 2016).

    f′ = 1 where z > 0, else α eᶻ = f + α.
    """

    name = "elu"

    def __init__(self, alpha: float = 1.0) -> None:
        """ValueError unless alpha is a finite number."""
        self.alpha = finite_number("alpha", alpha)
        below, slope_below = self.formulas_at(-1)
        self.formula, self.slope_formula = either("§", below), either("1", slope_below)
        times = "" if self.alpha == 1 else f"{self.alpha} * "
        self.numpy = f"np.where(z > 0, z, {times}np.expm1(np.minimum(z, 0)))"

    def f(self, z: np.ndarray) -> np.ndarray:
        return np.where(z > 0, z, self.alpha * np.expm1(np.minimum(z, 0)))

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return np.where(z > 0, 1, a + self.alpha).astype(z.dtype)

    def formulas_at(self, z: float) -> tuple[str, str]:
        times = "" if self.alpha == 1 else f"{self.alpha:g}"
        return ("§", "1") if z > 0 else (times + "(e^{§} - 1)", times + "e^{§}")


class Softplus(Activation):
    """f(z) = ln(1 + eᶻ), a ReLU without the corner; f′ = σ(z)."""

    name = "softplus"
    formula = r"\ln(1 + e^{§})"
    slope_formula = r"\sigma(§) = \frac{1}{1 + e^{-§}}"
    numpy = "np.logaddexp(0, z)"

    def f(self, z: np.ndarray) -> np.ndarray:
        return np.logaddexp(0, z, dtype=z.dtype)

    @overflow_is_right
    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        return sigmoid(z)

    def formulas_at(self, z: float) -> tuple[str, str]:
        return self.formula, r"\frac{1}{1 + e^{-§}}"


class SiLU(Activation):
    """f(z) = z σ(z), also called swish (Elfwing 2018).

    f′ = σ + z σ (1 − σ) = σ (1 + z (1 − σ)).
    """

    name = "silu"
    formula = r"§\,\sigma(§)"
    slope_formula = r"\sigma(§)\,(1 + §\,(1 - \sigma(§)))"
    numpy = "z / (1 + np.exp(-z))"

    @overflow_is_right
    def f(self, z: np.ndarray) -> np.ndarray:
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

    name = "gelu"
    formula = (
        r"§\,\Phi(§), \quad \Phi(§) = \tfrac12\left(1 + \operatorname{erf}\tfrac{§}{\sqrt2}\right)"
    )
    slope_formula = r"\Phi(§) + §\,\varphi(§), \quad \varphi(§) = \tfrac{1}{\sqrt{2\pi}} e^{-§^2/2}"
    numpy = "np.array([v * 0.5 * (1 + math.erf(v / 2**0.5)) for v in z])"

    _erf = staticmethod(np.vectorize(math.erf, otypes=[float]))

    def _share_below(self, z: np.ndarray) -> np.ndarray:
        return (0.5 * (1 + self._erf(z / math.sqrt(2)))).astype(z.dtype)

    def f(self, z: np.ndarray) -> np.ndarray:
        return z * self._share_below(z)

    @overflow_is_right
    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        density = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
        return self._share_below(z) + z * density

    def formulas_at(self, z: float) -> tuple[str, str]:
        return (
            r"§ \cdot \tfrac12\left(1 + \operatorname{erf}\tfrac{§}{\sqrt2}\right)",
            r"\Phi(§) + § \cdot \tfrac{1}{\sqrt{2\pi}} e^{-§^2/2}",
        )


class GELUTanh(Activation):
    """The usual approximation of GELU: f(z) = ½ z (1 + tanh u), u = √(2/π) (z + 0.044715 z³).

    f′ = ½ (1 + tanh u) + ½ z (1 − tanh² u) u′, with u′ = √(2/π) (1 + 0.134145 z²).
    """

    name = "gelu_tanh"
    formula = r"\tfrac12 §\,(1 + \tanh u), \quad u = \sqrt{\tfrac2\pi}\,(§ + 0.044715\,§^3)"
    slope_formula = r"\tfrac12 (1 + \tanh u) + \tfrac12 §\,(1 - \tanh^2 u)\,u'"
    numpy = "0.5 * z * (1 + np.tanh((2 / np.pi) ** 0.5 * (z + 0.044715 * z**3)))"

    # Where z² or z³ overflow, tanh is 1 to the last digit, and 1 − tanh² exactly 0.
    def f(self, z: np.ndarray) -> np.ndarray:
        return 0.5 * z * (1 + self._tanh(z))

    def derivative(self, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        tanh, z_small = self._tanh(z), np.clip(z, -100, 100)
        du = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * z_small**2)
        return 0.5 * (1 + tanh) + 0.5 * z_small * (1 - tanh**2) * du

    def formulas_at(self, z: float) -> tuple[str, str]:
        return r"\tfrac12 \cdot § \cdot (1 + \tanh u)", self.slope_formula

    @staticmethod
    @overflow_is_right
    def _tanh(z: np.ndarray) -> np.ndarray:
        return np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))


ACTIVATIONS: dict[str, type[Activation]] = {
    kind.name: kind
    for kind in (
        Identity,
        Step,
        Sigmoid,
        Tanh,
        ReLU,
        LeakyReLU,
        ELU,
        Softplus,
        SiLU,
        GELU,
        GELUTanh,
    )
}


def activation(name: str | Activation) -> Activation:
    """The activation of that name, or itself if it is one already.

    ValueError, with the nearest known name, if there is none.
    """
    return name if isinstance(name, Activation) else known_name("activation", name, ACTIVATIONS)()
