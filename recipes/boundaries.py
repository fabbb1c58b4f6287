"""Decision boundaries: a small network that tells points on a plane apart, and its training."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from datasets.own_points import OWN, check_written, how_many, own_data, own_points
from datasets.plane import FEATURES, NUMBERS, PLANE_DATA, PlaneData, features, plane_data
from nn_core import (
    ACTIVATIONS,
    LOSSES,
    Loss,
    Sequential,
    SoftmaxCrossEntropy,
    Trainer,
    log_spaced,
    mlp,
    optimizer,
)
from recipes.settings import (
    APART,
    ROW,
    STUDY_NOTES,
    Preset,
    Settings,
    activation_setting,
    between,
    choices,
    dropout_setting,
    initializer_of,
    l1_setting,
    l2_setting,
    optimizer_setting,
    several,
    shortened,
    start_setting,
    text,
)

MOST_LAYERS, MOST_UNITS = 6, 16
STARTS = 400  # seeds there are, so as many starts can be drawn
FEWEST, MOST = 120, 300  # frames of a film
FILM_BYTES = 200_000  # that a film's parameters may take before it gets fewer frames
NETWORK, TRAINING, POINTS = "Network", "Training", "Points"  # headings of More


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


@dataclass(frozen=True)
class BoundariesSettings(Settings):
    """A small network that tells points on a plane apart, and how it is trained."""

    page = "boundaries"
    lr: float = choices(
        0.03,
        (1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0),
        "Learning rate",
        "How far each weight moves at every step.",
        stands=ROW,
    )
    hidden: int = between(
        4, 1, 16, 1, "Hidden units", "How many units sit in each hidden layer.", stands=ROW
    )
    dataset: str = choices(
        "xor",
        (*PLANE_DATA, OWN),
        "Data",
        "The question: which points are which?",
        stands=ROW,
        pictured=True,
    )

    layers: int = between(
        2,
        0,
        6,
        1,
        "Hidden layers",
        "How many rows of units lie in between; with none it is a single neuron.",
        stands=NETWORK,
    )
    widths: str = text(
        "",
        parse_layers,
        "Layer by layer",
        "Units, and if you like an activation, for each hidden layer: 8, 4 relu. "
        "Empty: the sliders decide.",
        stands=NETWORK,
        empty="as the sliders say",
    )
    activation: str = activation_setting("tanh", stands=NETWORK)
    init: str = start_setting(
        "glorot_uniform", "How the weights are drawn before the first step.", stands=NETWORK
    )
    inputs: tuple[str, ...] = several(
        ("x₁", "x₂"),
        tuple(FEATURES),
        "Inputs",
        "What the network hears of each point.",
        stands=NETWORK,
    )
    seed: int = between(
        0,
        0,
        STARTS - 1,
        1,
        "Seed",
        "Another seed draws other starting weights and batches.",
        stands=NETWORK,
    )

    optimizer: str = optimizer_setting(stands=TRAINING)
    batch: int = choices(
        10,
        (1, 2, 3, 5, 10, 15, 20, 25, 30, 50, 100, 1000),
        "Batch size",
        "Points looked at before each step; 1,000 means all of them.",
        stands=TRAINING,
    )
    epochs: int = choices(
        1000,
        (10, 30, 100, 300, 1000, 3000, 10_000, 20_000, 50_000, 150_000),
        "Epochs",
        "How often the network sees all training points.",
        stands=TRAINING,
    )
    loss: str = choices(
        "cross_entropy",
        ("cross_entropy", "squared_error"),
        "Loss",
        "What counts as wrong, and by how much.",
        stands=TRAINING,
    )
    l1: float = l1_setting(stands=TRAINING)
    l2: float = l2_setting(stands=TRAINING)
    dropout: float = dropout_setting(stands=TRAINING)

    noise: float = choices(
        0.0,
        (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
        "Noise",
        "How far the points are scattered.",
        stands=POINTS,
    )
    points: int = between(
        250, 10, 1000, 10, "Points", "How many points there are in all.", stands=POINTS
    )
    train: int = between(
        80,
        10,
        100,
        5,
        "Training share (%)",
        "The rest is kept for testing and never learned from.",
        stands=POINTS,
    )
    data_seed: int = between(
        0,
        0,
        99,
        1,
        "Data seed",
        "Another seed scatters other points; of your own it keeps others for testing.",
        stands=POINTS,
    )
    own_points: str = text("", check_written, "Your own points", stands=APART)

    def hidden_layers(self) -> list[tuple[int, str]]:
        """Units and activation of each hidden layer, first to last."""
        plan = parse_layers(self.widths) or [(self.hidden, "")] * self.layers
        return [(units, activation or self.activation) for units, activation in plan]

    def after_moving(self, name: str) -> Self:
        """A moved slider for units or layers counts for every layer, so what was written goes.

        Whoever moves the one for hidden units wants some, so there is a layer for them.
        """
        if name == "hidden":
            return replace(self, widths="", layers=max(1, self.layers))
        return replace(self, widths="") if name == "layers" else self

    def idle(self) -> tuple[str, ...]:
        """A reader's own points are as many as they are, and where they are."""
        return ("noise", "points") if self.dataset == OWN else ()

    def settled(self) -> tuple[Self, list[str]]:
        """The same with what does not fit replaced, and a sentence for the reader on each."""
        settings, sentences = self, []
        if self.own_points and self.dataset != OWN:
            settings = replace(settings, own_points="")
        elif self.dataset == OWN and not are_here(self.own_points):
            settings = replace(settings, own_points="")
            sentences.append("The points that the link names are not on this server any more.")
        classes = settings.classes()
        if not classes and self.loss != "squared_error":
            settings = replace(settings, loss="squared_error")
            who = "Each of your points" if self.dataset == OWN else f"“{self.dataset}”"
            asks = "has" if self.dataset == OWN else "asks for"
            sentences.append(f"{who} {asks} a number, not a class, so the loss is squared_error.")
        if classes > 2 and self.loss == "squared_error":
            settings = replace(settings, loss="cross_entropy")
            sentences.append(
                f"{classes} classes are told apart by their probabilities (softmax), "
                "so the loss is cross_entropy."
            )
        small = len(self.inputs) == 2 and len(self.hidden_layers()) == 1
        if self.init == STUDY_NOTES and not (small and classes <= 2):
            settings = replace(settings, init="normal")
            for_whom = "two classes" if small else "two inputs and one hidden layer"
            sentences.append(
                f"The study notes' start is for {for_whom}; here the weights start 1 wide (normal)."
            )
        return settings, sentences

    def classes(self) -> int:
        """How many classes the points have; 0 if each is a number."""
        if self.dataset == OWN:
            return how_many(own_points(self.own_points))
        return 0 if self.dataset in NUMBERS else 2


PRESETS = {
    "One neuron cannot": Preset(
        BoundariesSettings(layers=0, epochs=300),
        "Without a hidden layer there is one straight line, and none parts opposite corners like "
        "these.",
    ),
    "Two can, sometimes": Preset(
        BoundariesSettings(
            dataset="four points",
            layers=1,
            hidden=2,
            activation="sigmoid",
            init=STUDY_NOTES,
            lr=0.1,
            epochs=150_000,
        ),
        "Two hidden units can do XOR, but not from every start: this one, the study notes', ends "
        "on a *plateau*, a stretch so flat that no step leads far.",
    ),
    "Three nearly always": Preset(
        BoundariesSettings(
            dataset="four points",
            layers=1,
            hidden=3,
            activation="sigmoid",
            init="normal",
            lr=1.0,
            epochs=20_000,
        ),
        "One unit more, and 95 of 100 starts solve XOR: another seed is another start.",
    ),
    "Too slow": Preset(
        BoundariesSettings(lr=1e-4, epochs=300),
        "With so small a learning rate no step leads far: the loss has hardly moved.",
    ),
    "Too fast": Preset(
        BoundariesSettings(lr=10.0, epochs=300),
        "With so large a learning rate the steps overshoot: the loss jumps up about as often as "
        "down.",
    ),
    "Zero start": Preset(
        BoundariesSettings(init="zeros", activation="sigmoid", layers=1, lr=0.3, epochs=300),
        "All weights start at 0, so all hidden units hear and learn the same: they stay copies of "
        "one, and nobody breaks the symmetry.",
    ),
    "Dead ReLUs": Preset(
        BoundariesSettings(activation="relu", layers=1, hidden=8, lr=3.0, seed=1),
        "Large steps threw units so far that they answer 0 to every point, and where a ReLU is 0 "
        "its slope is 0 too: they never come back.",
    ),
    "Spiral, deep": Preset(
        BoundariesSettings(
            dataset="spiral", points=400, layers=3, hidden=8, optimizer="adam", lr=0.01, epochs=300
        ),
        "Three layers fold the plane until one straight line is enough to part the two arms.",
    ),
    "Noise by heart": Preset(
        BoundariesSettings(
            dataset="gaussians",
            noise=0.4,
            points=120,
            train=50,
            layers=2,
            hidden=16,
            optimizer="adam",
            lr=0.01,
        ),
        "A large network and few, scattered points: its line gets every point right that it learns "
        "from, and not all of those that it has not seen.",
    ),
}


def are_here(written: str) -> bool:
    """Whether the points that a link's text brings, or names, can be found."""
    try:
        own_points(written)
    except LookupError:
        return False
    return True


def boundaries_data(settings: BoundariesSettings) -> PlaneData:
    """The points that these settings ask for."""
    if settings.dataset == OWN:
        return own_data(own_points(settings.own_points), settings.train / 100, settings.data_seed)
    return plane_data(
        settings.dataset, settings.points, settings.noise, settings.train / 100, settings.data_seed
    )


def boundaries_net(settings: BoundariesSettings) -> Sequential:
    """The settings' network as it is before the first step.

    Two classes take one output, the logit of the second; more of them take one each.
    """
    hidden, classes = settings.hidden_layers(), settings.classes()
    return mlp(
        [len(settings.inputs), *(units for units, _ in hidden), classes if classes > 2 else 1],
        [activation for _, activation in hidden],
        initializer_of(settings.init),
        settings.seed,
        dropout=settings.dropout,
    )


def boundaries_trainer(
    settings: BoundariesSettings,
    data: PlaneData,
    start: np.ndarray | None = None,
    frames: Collection[int] | None = None,
    first: int = 0,
) -> Trainer:
    """The settings' network on these points, remembered at log-spaced steps, or at `frames`.

    `start` (parameters,) are other weights and biases to begin with than those the settings draw,
    and `first` how many steps these have taken before.
    ValueError, with a sentence for the reader, if the settings do not fit each other.
    """
    net = boundaries_net(settings)
    if start is not None:
        net.theta = start
    loss: Loss = LOSSES[settings.loss]()
    t_train, t_test = data.t_train, data.t_test
    if data.classes > 2:
        loss, t_train, t_test = SoftmaxCrossEntropy(), _labels(t_train), _labels(t_test)
    x_train, x_test = (features(x, settings.inputs) for x in (data.x_train, data.x_test))
    batch = min(settings.batch, len(x_train))
    if frames is None:
        steps = settings.epochs * -(-len(x_train) // batch)
        frames = [first + step for step in log_spaced(steps, frames_for(net))]
    remembered = frozenset(frames)
    return Trainer(
        net,
        loss,
        optimizer(settings.optimizer, settings.lr),
        x_train,
        t_train,
        batch,
        settings.seed,
        validation=(x_test, t_test) if len(x_test) else None,
        record_at=remembered,
        snapshot_at=remembered,
        l1=settings.l1,
        l2=settings.l2,
        first_step=first,
    )


def _labels(t: np.ndarray) -> np.ndarray:
    """Classes (n, 1) as softmax's cross-entropy asks for them, whole numbers (n,)."""
    return t[:, 0].astype(int)


def frames_for(net: Sequential) -> int:
    """How many frames a film of this network has: many, unless it would grow too heavy to send."""
    return int(np.clip(FILM_BYTES / net.theta.astype(np.float32).nbytes, FEWEST, MOST))
