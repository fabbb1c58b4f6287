"""Every setting of the app, said once: its name, default, bounds, and the words beside it.

The same dataclass becomes a page's widgets, its link, and the recipe of a training run.
"""

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from nn_core import ACTIVATIONS


class Choices(NamedTuple):
    """A setting that is one of a few values."""

    label: str
    help: str
    values: tuple

    def allows(self, value: Any) -> bool:
        """Whether `value` is one of them."""
        return value in self.values

    def __str__(self) -> str:
        return "one of " + ", ".join(map(str, self.values))


class Range(NamedTuple):
    """A setting that is a number from `low` to `high`, in steps."""

    label: str
    help: str
    low: float
    high: float
    step: float

    def allows(self, value: Any) -> bool:
        """Whether `value` is a number of the right kind within the bounds."""
        return type(value) is type(self.step) and self.low <= value <= self.high

    def __str__(self) -> str:
        kind = "a whole number" if isinstance(self.step, int) else "a number"
        return f"{kind} from {self.low:,} to {self.high:,}"


def choices(default: Any, values: tuple, label: str, help: str = "") -> Any:
    """A field whose value is one of `values`."""
    return field(default=default, metadata={"setting": Choices(label, help, values)})


def between(
    default: float, low: float, high: float, step: float, label: str, help: str = ""
) -> Any:
    """A field whose value lies in [low, high]; whole numbers if `step` is one."""
    return field(default=default, metadata={"setting": Range(label, help, low, high, step)})


class Config:
    """What all settings of one page have in common. Subclasses are frozen dataclasses."""

    page: str

    def __post_init__(self) -> None:
        """ValueError, naming the setting, if a value is not one it allows."""
        for name, setting in self.settings().items():
            value = getattr(self, name)
            if not setting.allows(value):
                raise ValueError(f"{name}: expected {setting}, got {value!r}")

    @classmethod
    def settings(cls) -> dict[str, Choices | Range]:
        """Each field's name and what it allows, in order."""
        return {f.name: f.metadata["setting"] for f in fields(cls)}

    @classmethod
    def key(cls, name: str) -> str:
        """The one word for a field's widget, in tests, and in a link: <page>_<field>."""
        return f"{cls.page}_{name}"


@dataclass(frozen=True)
class ActivationsConfig(Config):
    """Which curve, and where to look at it."""

    page = "activations"
    function: str = choices("sigmoid", tuple(ACTIVATIONS), "Function")
    x: float = between(1.0, -10.0, 10.0, 0.1, "x", "Where the tangent touches the curve.")


@dataclass(frozen=True)
class BoundariesConfig(Config):
    """A network 2-hidden-1 on the four XOR points, trained on all four at every step."""

    page = "boundaries"
    lr: float = choices(
        1.0,
        (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
        "Learning rate",
        "How far each weight moves at every step.",
    )
    hidden: int = between(
        4, 1, 16, 1, "Hidden units", "How many helpers sit between the inputs and the answer."
    )
    activation: str = choices(
        "tanh", ("sigmoid", "tanh", "relu", "identity"), "Activation", "The bend in each helper."
    )
    init: str = choices(
        "normal",
        ("normal", "glorot_uniform", "he_normal", "zeros", "notebook_c"),
        "Starting weights",
        "How the weights are drawn before the first step.",
    )
    steps: int = choices(
        1000,
        (100, 300, 1000, 3000, 10_000, 30_000, 150_000),
        "Steps",
        "How often the network sees all four points and corrects itself.",
    )
    seed: int = between(2, 0, 99, 1, "Seed", "Another seed draws other starting weights.")


@dataclass(frozen=True)
class MnistConfig(Config):
    """Notebook B's network on handwritten digits: pixels-hidden-10, sigmoid, plain SGD."""

    page = "mnist"
    lr: float = choices(
        0.1,
        (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
        "Learning rate",
        "How far each weight moves after every batch.",
    )
    hidden: int = between(
        50, 1, 256, 1, "Hidden units", "How many helpers look at the whole picture."
    )
    epochs: int = between(
        83, 1, 200, 1, "Epochs", "Passes over the training digits. Notebook B's run is 83 of them."
    )
    batch: int = choices(
        100, (10, 20, 50, 100, 200, 500, 1000), "Batch size", "Digits looked at before each step."
    )
    seed: int = between(
        0, 0, 99, 1, "Seed", "Another seed draws other starting weights and batches."
    )
