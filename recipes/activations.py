"""One to three activations that a reader chose, each with the shape they gave it."""

from dataclasses import dataclass
from typing import Any

from nn_core import ACTIVATIONS, ELU, Activation, LeakyReLU, activation
from recipes.settings import MORE, ROW, Settings, between, choices


def function_setting() -> Any:
    """Which activation."""
    return choices("sigmoid", tuple(ACTIVATIONS), "Function", stands=ROW)


def slope_setting() -> Any:
    """The shape of leaky_relu."""
    return between(
        0.01, 0.0, 1.0, 0.01, "leaky_relu's slope", "How steep leaky_relu is below 0.", MORE
    )


def alpha_setting() -> Any:
    """The shape of elu."""
    return between(1.0, 0.0, 3.0, 0.1, "elu's α", "elu levels off at −α.", MORE)


def x_setting(stands: str = ROW) -> Any:
    """The input that is looked at."""
    return between(1.0, -10.0, 10.0, 0.1, "x", "Where the tangent touches the curve.", stands)


@dataclass(frozen=True)
class FunctionsSettings(Settings):
    """Which curves, and at which input to look at them."""

    page = "activations"
    function: str = function_setting()
    second: str = choices(
        "none", ("none", *ACTIVATIONS), "Second function", "Its curve beside the first.", stands=ROW
    )
    third: str = choices(
        "none", ("none", *ACTIVATIONS), "Third function", "Its curve, too.", stands=ROW
    )
    x: float = x_setting()
    slope: float = slope_setting()
    alpha: float = alpha_setting()

    def functions(self) -> list[Activation]:
        """The one to three functions that are asked for, none twice."""
        names = dict.fromkeys([self.function, self.second, self.third])
        return [shaped(name, self.slope, self.alpha) for name in names if name != "none"]


def shaped(name: str, slope: float, alpha: float) -> Activation:
    """The named activation; `slope` is leaky_relu's below 0, `alpha` where elu levels off."""
    if name == "leaky_relu":
        return LeakyReLU(slope)
    return ELU(alpha) if name == "elu" else activation(name)
