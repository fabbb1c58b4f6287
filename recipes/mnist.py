"""Handwritten digits: a network that reads them, and how it is trained."""

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import Self

import numpy as np

from datasets.crooked import crooked
from datasets.digits import Digits, Kind, Subject, as_numbers
from nn_core import (
    INITIALIZERS,
    Sequential,
    SoftmaxCrossEntropy,
    StopWhen,
    Trainer,
    cosine,
    log_spaced,
    mlp,
    normal,
    optimizer,
)
from recipes.settings import (
    ROW,
    Preset,
    Settings,
    activation_setting,
    between,
    choices,
    dropout_setting,
    l1_setting,
    l2_setting,
    optimizer_setting,
    plain,
    seed_setting,
    switch,
    text,
)

MOST_EPOCHS, MOST_LAYERS, MOST_UNITS = 200, 3, 512
USUAL_IMAGES, ALL_IMAGES = 60_000, 1_000_000  # MNIST's, and more than anybody can bring
SNAPSHOTS = 20  # of a run's parameters, log-spaced: the first steps change most
SCALED_NORMAL = {"normal × 0.01": normal(0.01), "normal × 0.1": normal(0.1)}
NETWORK, TRAINING, DATA = "Network", "Training", "Data and penalties"  # headings of More


def parse_widths(written: str) -> list[int]:
    """The units of each hidden layer in "300, 100"; none where nothing is written.

    ValueError, with a sentence for the reader, if it says anything else.
    """
    if not isinstance(written, str):
        raise ValueError(f"expected text, got {written!r}")
    if not written.strip():
        return []
    parts = [part.strip() for part in written.split(",")]
    units = [int(part) for part in parts if re.fullmatch(r"[1-9]\d{0,2}", part)]
    if not len(units) == len(parts) <= MOST_LAYERS or max(units) > MOST_UNITS:
        raise ValueError(
            f"expected 1 to {MOST_LAYERS} numbers of units from 1 to {MOST_UNITS}, such as 100, 30"
        )
    return units


@dataclass(frozen=True)
class MnistSettings(Settings):
    """A network on handwritten digits, and how it is trained; as it stands the study notes'."""

    page = "mnist"
    lr: float = choices(
        0.1,
        (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0),
        "Learning rate",
        "How far each weight moves after every batch.",
        stands=ROW,
    )
    hidden: int = between(
        50,
        1,
        MOST_UNITS,
        1,
        "Hidden units",
        "How many units look at the whole picture.",
        stands=ROW,
    )

    layers: int = between(
        1, 1, MOST_LAYERS, 1, "Hidden layers", "How many rows of hidden units.", stands=NETWORK
    )
    widths: str = text(
        "",
        parse_widths,
        "Layer by layer",
        "Units for each hidden layer, where they differ: 100, 30. Empty: the sliders decide.",
        stands=NETWORK,
        empty="as the sliders say",
    )
    activation: str = activation_setting("sigmoid", stands=NETWORK)
    init: str = choices(
        "normal × 0.01",
        (*SCALED_NORMAL, *INITIALIZERS),
        "Starting weights",
        "How the weights are drawn before the first step.",
        stands=NETWORK,
    )
    dropout: float = dropout_setting(stands=NETWORK)
    seed: int = seed_setting(stands=NETWORK)

    epochs: int = between(
        83,
        1,
        MOST_EPOCHS,
        1,
        "Epochs",
        "Passes over the training images. The study notes' run is 83 of them.",
        stands=TRAINING,
    )
    stop_at: str = choices(
        "never",
        ("never", "90%", "95%", "97%", "98%"),
        "Stop early",
        "As soon as so many of the test images are read right.",
        stands=TRAINING,
        was={f"{percent} %": f"{percent}%" for percent in (90, 95, 97, 98)},
    )
    optimizer: str = optimizer_setting(stands=TRAINING)
    schedule: str = choices(
        "constant",
        ("constant", "cosine"),
        "Learning rate over time",
        "Constant, or falling to 0 along half a cosine.",
        stands=TRAINING,
    )
    batch: int = choices(
        100,
        (10, 20, 32, 50, 100, 200, 500, 1000),
        "Batch size",
        "Images looked at before a step.",
        stands=TRAINING,
    )
    drawing: str = choices(
        "with replacement",
        ("with replacement", "shuffled"),
        "Batches",
        "Drawn blindly, as the study notes do, or every image once an epoch.",
        stands=TRAINING,
    )

    images: int = choices(
        USUAL_IMAGES,
        (5, 100, 1000, 10_000, USUAL_IMAGES, ALL_IMAGES),
        "Training images",
        "The first so many of those there are.",
        stands=DATA,
    )
    l1: float = l1_setting(stands=DATA)
    l2: float = l2_setting(stands=DATA)
    crooked: bool = switch(
        False,
        "Crooked copies",
        "Every time an image is looked at it is drawn anew, a little turned, slanted, wider or "
        "thicker; some of MNIST's ones with a flag, zeros with a slash, sevens with a bar.",
        stands=DATA,
    )

    def units(self) -> list[int]:
        """The units of each hidden layer."""
        return parse_widths(self.widths) or [self.hidden] * self.layers

    def after_moving(self, name: str) -> Self:
        """A moved slider for units or layers counts for every layer, so what was written goes."""
        return replace(self, widths="") if name in ("hidden", "layers") else self

    @property
    def recipe(self) -> "MnistSettings":
        """The part of a view's settings that trains a network, and that a saved run has."""
        return MnistSettings(**{name: getattr(self, name) for name in MnistSettings.allowed()})


PRESETS = {
    "Study notes": Preset(
        MnistSettings(),
        "The study notes' network as it stands: 50 sigmoid units, random batches, plain SGD.",
    ),
    "Keras' recipe": Preset(
        MnistSettings(
            lr=0.001,
            init="glorot_uniform",
            optimizer="adam",
            batch=32,
            drawing="shuffled",
            epochs=10,
        ),
        "The same network as Keras trains it: Adam, batches of 32, 10 passes over the images.",
    ),
    "97% in a few epochs": Preset(
        MnistSettings(
            lr=0.003,
            activation="relu",
            init="he_normal",
            optimizer="adam",
            schedule="cosine",
            batch=50,
            drawing="shuffled",
            epochs=6,
        ),
        "ReLU, weights that suit it, and Adam with ever smaller steps: few passes are enough.",
    ),
    "Crooked digits": Preset(
        MnistSettings(
            lr=0.003,
            hidden=200,
            activation="relu",
            init="he_normal",
            optimizer="adam",
            schedule="cosine",
            batch=100,
            drawing="shuffled",
            epochs=20,
            crooked=True,
        ),
        "It never sees the same picture twice: each is turned, slanted or thickened anew, so that "
        "it learns to read what people draw as well.",
    ),
    "Too fast": Preset(
        MnistSettings(lr=30.0, epochs=3),
        "Steps so large that the weights are thrown about: the loss jumps instead of falling.",
    ),
    "Too slow": Preset(
        MnistSettings(lr=0.001, epochs=3),
        "Steps so small that after three passes over all images hardly anything is learned.",
    ),
    "Zero start": Preset(
        MnistSettings(init="zeros", epochs=3),
        "All weights start at 0, so all hidden units stay copies of one: fifty do the work of one.",
    ),
    "Five images by heart": Preset(
        MnistSettings(images=5, init="normal × 0.1", drawing="shuffled", epochs=200),
        "Five images are all that is trained on: it learns them by heart and reads most others "
        "wrong.",
    ),
}


OF_MNIST = {"97% in a few epochs": "ReLU and Adam"}  # a name true of MNIST alone, and another
OF_DIGITS = {"Crooked digits": "Crooked copies"}


def presets_of(subject: Subject) -> dict[str, Preset[MnistSettings]]:
    """The presets, by names that are true of such images; of digits alone they make a point."""
    of_mnist = subject.digits and subject.title == Kind.MNIST.title
    others = ({} if of_mnist else OF_MNIST) | ({} if subject.digits else OF_DIGITS)
    return {
        others.get(name, name): preset if subject.digits else Preset(preset.settings)
        for name, preset in PRESETS.items()
    }


def training_sizes(images: int) -> dict[int, str]:
    """What *Training images* can be where there are so many, and how each choice is written.

    The last is all of them.
    """
    fewer = {n: plain(n) for n in MnistSettings.values_of("images") if n < images}
    most = USUAL_IMAGES if images <= USUAL_IMAGES else ALL_IMAGES
    return fewer | {most: plain(images)}


def mnist_net(settings: MnistSettings, pixels: int, classes: int = 10) -> Sequential:
    """pixels-hidden-…-classes in float32, as it is before the first step."""
    return mlp(
        [pixels, *settings.units(), classes],
        settings.activation,
        SCALED_NORMAL.get(settings.init, settings.init),
        settings.seed,
        np.float32,
        settings.dropout,
    )


def steps_an_epoch(settings: MnistSettings, digits: Digits) -> int:
    """The steps in which the settings' network sees all the training digits that it is given."""
    images = min(settings.images, len(digits.x_train))
    return -(-images // min(settings.batch, images))


def mnist_trainer(
    settings: MnistSettings, digits: Digits, start: np.ndarray | None = None
) -> Trainer:
    """The settings' network on these digits, with a row of history after every epoch.

    With `start` it begins with these parameters in the place of those that the settings draw.
    """
    net = mnist_net(settings, digits.x_train.shape[1], len(digits.classes))
    if start is not None:
        net.theta = start
    x, t = digits.x_train[: settings.images], digits.t_train[: settings.images]
    steps_per_epoch = steps_an_epoch(settings, digits)
    steps = settings.epochs * steps_per_epoch
    lr = settings.lr if settings.schedule == "constant" else cosine(settings.lr, steps)
    varied = crooked if digits.subject.digits else partial(crooked, marks=False)
    stop = None if settings.stop_at == "never" else float(settings.stop_at.removesuffix("%")) / 100
    return Trainer(
        net,
        SoftmaxCrossEntropy(),
        optimizer(settings.optimizer, lr),
        x,
        t,
        settings.batch,
        settings.seed,
        replace=settings.drawing == "with replacement",
        validation=(digits.x_test, digits.t_test),
        record_at=range(0, steps + 1, steps_per_epoch),
        snapshot_at=frozenset(log_spaced(steps, SNAPSHOTS)),
        keep_batch_loss=True,
        l1=settings.l1,
        l2=settings.l2,
        stop=StopWhen(target_accuracy=stop) if stop else None,
        vary=varied if settings.crooked else None,
        prepare=as_numbers,
    )
