"""Every setting of the app, said once: its name, default, bounds, and the words beside it.

The same dataclass becomes a page's widgets, its link, and the recipe of a training run.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

from datasets.plane import FEATURES, NUMBERS, PLANE_DATA
from nn_core import (
    ACTIVATIONS,
    ELU,
    INITIALIZERS,
    OPTIMIZERS,
    Activation,
    LeakyReLU,
    activation,
)

MOST_LAYERS, MOST_UNITS = 6, 16
ACTIVATION_VIEWS = ("curve", "learning", "in and out", "softmax")
MOST_LOGITS, LARGEST_LOGIT = 8, 100
PENALTIES = (0.0, 1e-5, 1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1)


class Choices(NamedTuple):
    """A setting that is one of a few values."""

    label: str
    help: str
    values: tuple

    def allows(self, value: Any) -> bool:
        """Whether `value` is one of them, and of their kind: 10.0 is not 10, nor True 1."""
        return any(value == known and type(value) is type(known) for known in self.values)

    def __str__(self) -> str:
        return "one of " + ", ".join(
            value if isinstance(value, str) else f"{value:.10g}" for value in self.values
        )


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


class Several(NamedTuple):
    """A setting that is one or more of a few values."""

    label: str
    help: str
    values: tuple

    def allows(self, value: Any) -> bool:
        """Whether `value` is a tuple of some of them, none twice."""
        return (
            isinstance(value, tuple)
            and 0 < len(value) == len(set(value))
            and set(value) <= set(self.values)
        )

    def __str__(self) -> str:
        return "one or more of " + ", ".join(map(str, self.values))


class Text(NamedTuple):
    """A setting that the reader writes. `parse` raises ValueError with a sentence if it cannot."""

    label: str
    help: str
    parse: Callable[[str], Any]

    def allows(self, value: Any) -> bool:
        """Whether `value` is a text that can be read."""
        try:
            self.parse(value)
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        return "a text such as the help describes"


Setting = Choices | Range | Several | Text


def choices(default: Any, values: tuple, label: str, help: str = "") -> Any:
    """A field whose value is one of `values`."""
    return field(default=default, metadata={"setting": Choices(label, help, values)})


def between(
    default: float, low: float, high: float, step: float, label: str, help: str = ""
) -> Any:
    """A field whose value lies in [low, high]; whole numbers if `step` is one."""
    return field(default=default, metadata={"setting": Range(label, help, low, high, step)})


def several(default: tuple, values: tuple, label: str, help: str = "") -> Any:
    """A field whose value is a tuple of one or more of `values`."""
    return field(default=default, metadata={"setting": Several(label, help, values)})


def text(default: str, parse: Callable[[str], Any], label: str, help: str = "") -> Any:
    """A field whose value is a text that `parse` can read."""
    return field(default=default, metadata={"setting": Text(label, help, parse)})


def shortened(text: str, most: int = 20) -> str:
    """The beginning of what a reader wrote, to quote it back."""
    return text if len(text) <= most else f"{text[:most]}…"


def parse_layers(written: str) -> list[tuple[int, str]]:
    """Hidden layers as a reader writes them: "8, 4 relu" is [(8, ""), (4, "relu")].

    ValueError, with a sentence for the reader, if it says anything else.
    """
    if not isinstance(written, str):
        raise ValueError(f"expected a text, got {written!r}")
    plan = []
    for layer in filter(None, (part.split() for part in written.split(","))):
        units, activation = layer[0], " ".join(layer[1:])
        if units not in map(str, range(1, MOST_UNITS + 1)):
            raise ValueError(
                f"“{shortened(' '.join(layer))}” is not a layer: "
                f"expected 1 to {MOST_UNITS} units, as in 8, or 8 tanh"
            )
        if activation and activation not in ACTIVATIONS:
            raise ValueError(
                f"“{shortened(activation)}” is not an activation: "
                f"expected one of {', '.join(ACTIVATIONS)}"
            )
        plan.append((int(units), activation))
    if len(plan) > MOST_LAYERS:
        raise ValueError(f"{len(plan)} hidden layers are too many: expected at most {MOST_LAYERS}")
    return plan


def seed_setting() -> Any:
    """The seed of everything that is drawn by chance while a network is made and trained."""
    return between(0, 0, 99, 1, "Seed", "Another seed draws other starting weights and batches.")


def optimizer_setting() -> Any:
    """Which optimizer, plain gradient descent unless said otherwise."""
    return choices("sgd", tuple(OPTIMIZERS), "Optimizer", "How a gradient becomes a step.")


def l1_setting() -> Any:
    """The penalty on the size of weights."""
    return choices(
        0.0, PENALTIES, "L1", "Pulls every weight towards 0 by the same amount; many end there."
    )


def l2_setting() -> Any:
    """The penalty on the square of weights."""
    return choices(0.0, PENALTIES, "L2", "Pulls large weights towards 0 more than small ones.")


def dropout_setting() -> Any:
    """The share of units that training silences."""
    return choices(
        0.0,
        (0.0, 0.1, 0.2, 0.3, 0.5, 0.8),
        "Dropout",
        "The share of each hidden layer that is silenced at every step of training.",
    )


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
    def settings(cls) -> dict[str, Setting]:
        """Each field's name and what it allows, in order."""
        return {f.name: f.metadata["setting"] for f in fields(cls)}

    @classmethod
    def key(cls, name: str) -> str:
        """The one word for a field's widget, in tests, and in a link: <page>_<field>."""
        return f"{cls.page}_{name}"


def parse_logits(written: str) -> list[float]:
    """Two to eight numbers as a reader writes them: "2, 1, 0, −1".

    ValueError, with a sentence for the reader, if it says anything else.
    """
    if not isinstance(written, str):
        raise ValueError(f"expected a text, got {written!r}")
    logits = []
    for word in written.replace("−", "-").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            value = float("nan")
        if not abs(value) <= LARGEST_LOGIT:
            raise ValueError(
                f"“{word[:20]}” cannot be used: expected a number from −{LARGEST_LOGIT} to "
                f"{LARGEST_LOGIT}"
            )
        logits.append(value)
    if not 2 <= len(logits) <= MOST_LOGITS:
        raise ValueError(f"{len(logits)} numbers are given: expected 2 to {MOST_LOGITS}")
    return logits


@dataclass(frozen=True)
class ActivationsConfig(Config):
    """Which curves, where to look at them, and what they do to learning."""

    page = "activations"
    view: str = choices("curve", ACTIVATION_VIEWS, "Watch")
    function: str = choices("sigmoid", tuple(ACTIVATIONS), "Function")
    second: str = choices("none", ("none", *ACTIVATIONS), "and", "A second curve beside it.")
    third: str = choices("none", ("none", *ACTIVATIONS), "and also", "A third one.")
    x: float = between(1.0, -10.0, 10.0, 0.1, "x", "Where the tangent touches the curve.")
    slope: float = between(
        0.01, 0.0, 1.0, 0.01, "leaky_relu's slope", "How steep leaky_relu is below 0."
    )
    alpha: float = between(1.0, 0.0, 3.0, 0.1, "elu's α", "elu levels off at −α.")
    depth: int = between(10, 1, 50, 1, "Layers", "How many neurons stand in a row.")
    weight: float = between(
        3.0, 0.1, 8.0, 0.1, "Weight", "What each neuron multiplies its input by."
    )
    init: str = choices(
        "glorot_uniform",
        tuple(INITIALIZERS),
        "Starting weights",
        "How the weights are drawn before the first step.",
    )
    temperature: float = choices(
        1.0,
        (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0),
        "Temperature",
        "What every score is divided by: hot evens out, cold decides.",
    )
    logits: str = text(
        "2, 1, 0, -1", parse_logits, "Scores", "Two to eight numbers, one for each class."
    )

    def functions(self) -> list[Activation]:
        """The one to three functions that are asked for, shaped by slope and alpha, none twice."""
        shaped = {"leaky_relu": LeakyReLU(self.slope), "elu": ELU(self.alpha)}
        names = dict.fromkeys([self.function, self.second, self.third])
        return [shaped.get(name) or activation(name) for name in names if name != "none"]


@dataclass(frozen=True)
class BoundariesConfig(Config):
    """A small network that tells points on a plane apart, and how it is trained."""

    page = "boundaries"
    lr: float = choices(
        0.03,
        (1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0),
        "Learning rate",
        "How far each weight moves at every step.",
    )
    hidden: int = between(4, 1, 16, 1, "Hidden units", "How many helpers sit in each hidden layer.")
    dataset: str = choices("xor", PLANE_DATA, "Data", "The question: which points are which?")

    layers: int = between(
        2, 0, 6, 1, "Hidden layers", "How many rows of helpers; with none it is a single neuron."
    )
    widths: str = text(
        "",
        parse_layers,
        "Layer by layer",
        "Units, and if you like an activation, for each hidden layer: 8, 4 relu. "
        "Empty: the sliders decide.",
    )
    activation: str = choices(
        "tanh", tuple(ACTIVATIONS), "Activation", "The bend in each hidden unit."
    )
    init: str = choices(
        "glorot_uniform",
        (*INITIALIZERS, "notebook_c"),
        "Starting weights",
        "How the weights are drawn before the first step.",
    )
    inputs: tuple[str, ...] = several(
        ("x₁", "x₂"), tuple(FEATURES), "Inputs", "What the network hears of each point."
    )
    seed: int = seed_setting()

    optimizer: str = optimizer_setting()
    batch: int = choices(
        10,
        (1, 2, 5, 10, 20, 50, 100, 1000),
        "Batch size",
        "Points looked at before each step; 1,000 means all of them.",
    )
    epochs: int = choices(
        1000,
        (10, 30, 100, 300, 1000, 3000, 10_000, 20_000, 50_000, 150_000),
        "Epochs",
        "How often the network sees all training points.",
    )
    loss: str = choices(
        "cross_entropy",
        ("cross_entropy", "squared_error"),
        "Loss",
        "What counts as wrong, and by how much.",
    )
    l1: float = l1_setting()
    l2: float = l2_setting()
    dropout: float = dropout_setting()

    noise: float = choices(
        0.0, (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5), "Noise", "How far the points are scattered."
    )
    points: int = between(250, 10, 1000, 10, "Points", "How many points there are in all.")
    train: int = between(
        80, 10, 100, 5, "Training share (%)", "The rest is kept for testing and never learned from."
    )
    data_seed: int = between(0, 0, 99, 1, "Data seed", "Another seed scatters other points.")

    def hidden_layers(self) -> list[tuple[int, str]]:
        """Units and activation of each hidden layer, first to last."""
        plan = parse_layers(self.widths) or [(self.hidden, "")] * self.layers
        return [(units, activation or self.activation) for units, activation in plan]

    def settled(self) -> tuple["BoundariesConfig", list[str]]:
        """The same with what does not fit replaced, and a sentence for the reader on each."""
        config, sentences = self, []
        if self.dataset in NUMBERS and self.loss != "squared_error":
            config = replace(config, loss="squared_error")
            sentences.append(
                f"“{self.dataset}” asks for a number, not a class, so the loss is squared_error."
            )
        if self.init == "notebook_c" and (len(self.inputs) != 2 or len(self.hidden_layers()) != 1):
            config = replace(config, init="normal")
            sentences.append(
                "Notebook C's start is for two inputs and one hidden layer; "
                "here the weights start as normal draws them."
            )
        return config, sentences


@dataclass(frozen=True)
class MnistConfig(Config):
    """A network on handwritten digits, and how it is trained; as it stands notebook B's."""

    page = "mnist"
    lr: float = choices(
        0.1,
        (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0),
        "Learning rate",
        "How far each weight moves after every batch.",
    )
    hidden: int = between(
        50, 1, 512, 1, "Hidden units", "How many helpers look at the whole picture."
    )

    layers: int = between(1, 1, 3, 1, "Hidden layers", "How many rows of helpers.")
    activation: str = choices(
        "sigmoid", tuple(ACTIVATIONS), "Activation", "The bend in each hidden unit."
    )
    init: str = choices(
        "normal × 0.01",
        ("normal × 0.01", "normal × 0.1", *INITIALIZERS),
        "Starting weights",
        "How the weights are drawn before the first step.",
    )
    seed: int = seed_setting()

    optimizer: str = optimizer_setting()
    schedule: str = choices(
        "constant",
        ("constant", "cosine"),
        "Learning rate over time",
        "Constant, or falling to 0 along half a cosine.",
    )
    batch: int = choices(
        100, (10, 20, 32, 50, 100, 200, 500, 1000), "Batch size", "Digits looked at before a step."
    )
    drawing: str = choices(
        "with replacement",
        ("with replacement", "shuffled"),
        "Batches",
        "Drawn blindly, as notebook B does, or every digit once an epoch.",
    )
    epochs: int = between(
        83, 1, 200, 1, "Epochs", "Passes over the training digits. Notebook B's run is 83 of them."
    )
    stop_at: str = choices(
        "never",
        ("never", "90 %", "95 %", "97 %", "98 %"),
        "Stop early",
        "As soon as so many of the test digits are read right.",
    )
    l1: float = l1_setting()
    l2: float = l2_setting()
    dropout: float = dropout_setting()
    images: int = choices(
        60_000,
        (5, 100, 1000, 10_000, 60_000),
        "Training digits",
        "The first so many of those there are.",
    )
