"""A network learns to read handwriting: its weights, its curves, and what it reads by now."""

from collections.abc import Sequence

import plotly.graph_objects as go

from figures import maths as set_in_maths
from figures.words import as_written
from nn_core import Trainer
from recipes.mnist import PRESETS, MnistSettings, mnist_trainer
from runs.run import State
from views.goal import Measured
from views.mnist.training.curves import training_figure
from views.mnist.training.look import Numbers, Settings, is_before, numbers
from views.mnist.training.try_this import next_try
from views.mnist.training.words import caption
from views.view import Piece, TryThis, View


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """The curves; the wall of weights and the paper beside them are components of their own."""
    return training_figure(numbers.curves, brief, before=is_before(numbers))


def try_this(settings: MnistSettings, numbers: Numbers) -> TryThis | None:
    """One thing to try, if there is a result to look at."""
    trained, state = numbers.trained, numbers.progress.state
    return next_try(settings, trained, state, numbers.ended, numbers.recorded, numbers.next)


def maths(numbers: Numbers) -> Sequence[str]:
    """Forward, loss, backward and the step, for the network on the page."""
    trained = numbers.trained
    layers = len(trained.units())
    last = layers + 1
    z = f"z_{{{last},k"  # of image k, up to the class
    softmax = rf"p_{{kj}} = \frac{{e^{{{z}j}}}}}}{{\sum_m e^{{{z}m}}}}}}"
    slope = rf"\frac{{\partial L}}{{\partial {z}j}}}} = \frac{{p_{{kj}} - [j = t_k]}}{{n}}"
    count, first = numbers.progress.sizes[-1], as_written(numbers.subject.classes[0], 40)
    ten = "ten" if count == 10 else str(count)
    which = f"digit {first}" if numbers.subject.digits else first
    strip = f" The strip below has its {ten} weights in $W_2$, {which} first."
    deeper = (
        " Of a layer after the first it shows a column of its own $W$, a cell for each unit of the "
        "layer before, row by row: blue where that unit's answer speaks for it."
    )
    return [
        "Forward, for a batch of images (a row each, pixels from 0 to 1), through layers of "
        f"{'-'.join(map(str, numbers.progress.sizes))} units:",
        set_in_maths.forward([trained.activation] * layers, softmax),
        "The loss, cross-entropy, averaged over the batch of n images:",
        r"$$L = -\frac1n \sum_k \ln p_{k,t_k}$$",
        *set_in_maths.backward(layers, slope),
        *set_in_maths.step(trained.optimizer),
        "A tile shows one column of $W_1$, laid out as the image is: blue where ink speaks for the "
        f"unit, orange where against it.{strip if layers == 1 else deeper}",
        "What may be called *sure*: of crooked copies of the test digits that the recording which "
        "has seen crooked ones calls sure, 99.95% are right, and the 8% least like their class "
        "never are. Of other networks nobody measured how far to believe their percentages.",
        "The recordings are the study notes' recipe (50 sigmoid units, 50,000 batches of 100 drawn "
        "with replacement, learning rate 0.1) and the preset *Crooked digits* (200 ReLU units), "
        "both on MNIST's 60,000 training digits; "
        "`python -m runs.recording` makes them again.",
    ]


def measured(numbers: Numbers) -> Measured | None:
    """What a goal can ask of a run at its latest epoch; a recording is nobody's."""
    history = numbers.progress.history
    if numbers.recorded or not history.get("val_accuracy"):
        return None
    if numbers.progress.state is State.DIVERGED:
        return Measured(diverged=True)
    return Measured(
        float(history["loss"][-1]),
        float(history["val_accuracy"][-1]),
        units=sum(numbers.progress.sizes[1:-1]),
    )


CODE: list[Piece] = [mnist_trainer, Trainer]

VIEW = View(
    name="training",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=CODE,
    presets=PRESETS,
    measured=measured,
    counted="test images",
)
