"""The settings of the page Gradients: what its six views share, and what each adds."""

from dataclasses import dataclass, replace

from nn_core import ACTIVATIONS, INITIALIZERS
from runs.config import Config, between, choices

VIEWS = ("backpropagation", "vanishing", "landscape", "race", "learning rates", "batch noise")
DEEPEST = 30
LEARNING_RATES = (
    *(1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
    *(1.0, 3.0, 10.0, 30.0, 100.0, 1000.0, 1e6, 1e9),
)


@dataclass(frozen=True)
class GradientsConfig(Config):
    """What all views have: which of them it is, the bend in each hidden unit, and the draw."""

    page = "gradients"
    view: str = choices("backpropagation", VIEWS, "View")
    activation: str = choices(
        "sigmoid", tuple(ACTIVATIONS), "Activation", "The bend in each hidden unit."
    )
    seed: int = between(0, 0, 99, 1, "Seed", "Another seed draws other starting weights.")

    def idle(self) -> tuple[str, ...]:
        """Settings that change nothing as the others are, and so are not shown."""
        return ()


MOST_STEPS = 13  # of the walk through three hidden layers
SAMPLES = {  # two inputs, and the target; the first is notebook C's, the last saturates its units
    "0.5, 0.1 → 1": (0.5, 0.1, 1.0),
    "1, 0 → 1": (1.0, 0.0, 1.0),
    "1, 1 → 0": (1.0, 1.0, 0.0),
    "0, 0 → 0": (0.0, 0.0, 0.0),
    "600, −600 → 0": (600.0, -600.0, 0.0),
}


@dataclass(frozen=True)
class DrawnConfig(GradientsConfig):
    """A network small enough to be drawn, one sample, one step."""

    layers: int = between(2, 1, 3, 1, "Hidden layers", "How many rows of helpers.")
    units: int = between(3, 1, 4, 1, "Units in each", "How many helpers in a row.")
    sample: str = choices(
        "0.5, 0.1 → 1", tuple(SAMPLES), "Sample", "Two inputs, and the answer they should get."
    )
    start: str = choices(
        "normal",
        (*INITIALIZERS, "notebook_c"),
        "Starting weights",
        "How the weights are drawn. Notebook C's are for one layer of two units.",
    )
    drawn_lr: float = choices(1.0, LEARNING_RATES, "Learning rate", "How far the step goes.")
    step: int = between(
        MOST_STEPS, 1, MOST_STEPS, 1, "Open at step", "Of a walk with fewer steps, the last."
    )

    def settled(self) -> tuple["DrawnConfig", str]:
        """The same with a start that fits, and a sentence for the reader if it did not."""
        if self.start != "notebook_c" or (self.layers, self.units) == (1, 2):
            return self, ""
        return replace(self, start="normal"), (
            "Notebook C's start is for one hidden layer of two units; here the weights start as "
            "normal draws them."
        )


@dataclass(frozen=True)
class VanishingConfig(GradientsConfig):
    """Two recipes for a deep network, side by side."""

    depth: int = between(20, 1, DEEPEST, 1, "Hidden layers", "How deep both networks are.")
    init: str = choices(
        "glorot_uniform",
        tuple(INITIALIZERS),
        "Starting weights",
        "How the weights are drawn before the first step.",
    )
    beside: str = choices(
        "relu", tuple(ACTIVATIONS), "Beside it", "The activation of the second network."
    )
    beside_init: str = choices(
        "he_normal",
        tuple(INITIALIZERS),
        "Its starting weights",
        "How the second network's weights are drawn.",
    )
    film: str = choices(
        "one depth",
        ("one depth", "all depths"),
        "Film of",
        "All depths: thirty networks a side are trained first, which takes some seconds.",
    )
    width: int = between(16, 1, 32, 1, "Units in each layer", "How wide both networks are.")
    deep_lr: float = choices(
        0.1, LEARNING_RATES, "Learning rate", "Of the training that the film shows."
    )


@dataclass(frozen=True)
class GroundConfig(GradientsConfig):
    """A small network on XOR's four points, and the plane on which its loss is drawn."""

    plane: str = choices(
        "three points",
        ("three points", "random directions"),
        "Plane",
        "Through the start, a solution and a stuck run; or two random directions from a solution.",
    )
    hidden: int = between(2, 1, 8, 1, "Hidden units", "In the one hidden layer.")
    steps: int = choices(1000, (100, 300, 1000, 3000), "Steps", "How many steps training takes.")


@dataclass(frozen=True)
class LandscapeConfig(GroundConfig):
    """One training, as a path."""

    lr: float = choices(1.0, LEARNING_RATES, "Learning rate", "How far each step goes.")
    shown: str = choices(
        "contours", ("contours", "surface"), "Drawn as", "Seen from above, or as hills and valleys."
    )


@dataclass(frozen=True)
class RaceConfig(GroundConfig):
    """Five optimizers from the same start."""

    ground: str = choices(
        "landscape",
        ("landscape", "digits"),
        "On",
        "XOR's four points, drawn as a landscape, or batches of handwritten digits.",
    )
    race_lr: float = choices(
        0.3,
        LEARNING_RATES,
        "Learning rate",
        "Of SGD, alone, with momentum and with Nesterov's.",
    )
    adaptive_lr: float = choices(
        0.03,
        LEARNING_RATES,
        "Of RMSprop and Adam",
        "Their steps do not grow with the gradient, so they have a learning rate of their own.",
    )

    def idle(self) -> tuple[str, ...]:
        """On digits there is no plane, one size of network, and one number of steps."""
        return ("plane", "hidden", "steps") if self.ground == "digits" else ()


@dataclass(frozen=True)
class RatesConfig(GradientsConfig):
    """Three learning rates, each so many times the one before."""

    rate: float = choices(
        3.0, LEARNING_RATES, "Learning rate", "The middle one; the others follow it."
    )
    apart: int = choices(
        100, (3, 10, 30, 100, 1000), "Apart", "The smaller one is divided, the larger multiplied."
    )
    rate_steps: int = choices(300, (30, 100, 300, 1000), "Steps", "Each with all points.")


@dataclass(frozen=True)
class BatchesConfig(GradientsConfig):
    """One moment of a training, and what batches of different sizes would say there."""

    batch: int = choices(
        50, (1, 2, 5, 10, 20, 50, 100, 200), "Batch size", "Points behind each of the grey arrows."
    )
    trained: int = choices(
        100, (0, 10, 30, 100, 300, 1000), "Steps before", "How far training has come by then."
    )
