"""A drawn network: one sample goes forward, its error back, one layer a step."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from figures.heard import heard
from figures.walk import Walk
from figures.words import number
from nn_core import Sequential, layer_norms, mlp
from recipes.judgement import SATURATED
from recipes.settings import (
    ROW,
    STUDY_NOTES,
    Settings as AnySettings,
    activation_setting,
    between,
    choices,
    initializer_of,
    learning_rate_setting,
    seed_setting,
    start_setting,
)
from views.gradients import vanishing
from views.gradients.backpropagation.one_pass import OnePass as Numbers, one_pass
from views.gradients.backpropagation.walk import backprop_walk
from views.view import Piece, TryThis, View

MOST_LAYERS = 3
MOST_STEPS = 13  # of the walk through them
SAMPLES = {  # two inputs, and the target; the first is the study notes', the last saturates units
    "0.5, 0.1 → 1": (0.5, 0.1, 1.0),
    "1, 0 → 1": (1.0, 0.0, 1.0),
    "1, 1 → 0": (1.0, 1.0, 0.0),
    "0, 0 → 0": (0.0, 0.0, 0.0),
    "600, −600 → 0": (600.0, -600.0, 0.0),
}


@dataclass(frozen=True)
class Settings(AnySettings):
    """A network small enough to be drawn, one sample, one step."""

    page = "gradients"
    layers: int = between(
        2,
        1,
        MOST_LAYERS,
        1,
        "Hidden layers",
        "How many rows of units between the inputs and the answer.",
        stands=ROW,
    )
    units: int = between(3, 1, 4, 1, "Units in each", "How many units in a row.", stands=ROW)
    activation: str = activation_setting("sigmoid", stands=ROW)
    sample: str = choices(
        "0.5, 0.1 → 1",
        tuple(SAMPLES),
        "Sample",
        "Two inputs, and the answer they should get.",
        stands=ROW,
    )
    seed: int = seed_setting("Another seed draws other starting weights.")
    start: str = start_setting(
        "normal", "How the weights are drawn. The study notes' are for one layer of two units."
    )
    drawn_lr: float = learning_rate_setting(1.0, "How far the step goes.")
    step: int = between(
        1, 1, MOST_STEPS, 1, "Step to begin at", "Also for who gets the link; Next and Back go on."
    )

    def most(self, name: str) -> int | None:
        """A walk has two steps more for each hidden layer, one there and one back."""
        return MOST_STEPS - 2 * (MOST_LAYERS - self.layers) if name == "step" else None

    def settled(self) -> tuple[Self, list[str]]:
        """The same with a start that fits, and a sentence for the reader if it did not."""
        if self.start != STUDY_NOTES or (self.layers, self.units) == (1, 2):
            return self, []
        return replace(self, start="normal"), [
            "The study notes' start is for one hidden layer of two units; here the weights "
            "start 1 wide (normal)."
        ]


def numbers(settings: Settings) -> Numbers:
    """All numbers of the drawn network; `settings` must be settled."""
    *x, target = SAMPLES[settings.sample]
    sizes = [2, *[settings.units] * settings.layers, 1]
    net = mlp(sizes, settings.activation, initializer_of(settings.start), settings.seed)
    sample = np.array([x]), np.array([[target]])
    return one_pass(net, settings.activation, *sample, settings.drawn_lr)


def picture(numbers: Numbers, brief: bool = False) -> Walk:
    """The drawing and its steps; on a projector long sums are left to what a touched unit shows."""
    return backprop_walk(numbers, short=brief)


def caption(numbers: Numbers, brief: bool = False) -> str:
    """The answer, how much of its error each end of the network hears, and what a step brings.

    On a projector the drawing needs the room.
    """
    one = numbers
    first, *_, last = layer_norms(one.net)
    loss, after = float(one.numbers["loss"]), float(one.after["loss"])
    both = f"{number(first)} and {number(last)}"
    lengths = f"lengths {both}" if brief else f"their gradients are {both} long"
    share = f"the first layer hears {heard(first, last)} the last one hears ({lengths})"
    if brief:
        return f"Loss **{number(loss)}**; {share}. After the step: **{number(after)}**."
    units = sum(slope.size for slope in one.slopes)
    locked = sum(int((np.abs(slope) < SATURATED).sum()) for slope in one.slopes)
    locks = f" **{locked}** of {units} hidden units are saturated (locked)." if locked else ""
    impossible = " (too long a step: no loss is below 0)" if one.predicted < 0 else ""
    return (
        f"The answer is **{number(one.numbers['output'].item())}** where {one.target:g} is right: "
        f"loss (how wrong it is) **{number(loss)}**. Of this error {share}.{locks} One step with "
        f"learning rate {number(one.lr, 4)}: predicted loss {number(one.predicted)}{impossible}, "
        f"real **{number(after)}**."
    )


def try_this(settings: Settings, one: Numbers) -> TryThis:
    """A smaller step, where this one made it worse; else the same way back through more layers."""
    loss, rates = float(one.numbers["loss"]), Settings.values_of("drawn_lr")
    if not float(one.after["loss"]) < loss:
        for lr in reversed(rates[: rates.index(settings.drawn_lr)]):
            smaller = replace(settings, drawn_lr=lr)
            after = float(numbers(smaller).after["loss"])
            if after < loss:
                why = f"this step then takes the loss from {number(loss)} to {number(after)}."
                return TryThis(f"*learning rate* {number(lr)}", why, smaller, "backpropagation")
    deep = vanishing.Settings(activation=settings.activation)
    why = f"an error's way back through {deep.depth} layers, each with its number."
    return TryThis("*vanishing*", why, deep, vanishing.VIEW.name)


MATHS = [
    "Forward, layer by layer, with the target $t$ and the loss at the end:",
    r"$$z_l = a_{l-1} W_l + b_l, \quad a_l = f(z_l), \quad \hat y = \sigma(z_n), \quad "
    r"L = -t \ln \hat y - (1 - t) \ln(1 - \hat y)$$",
    "Back, the chain rule: each layer turns what it is told into what it passes on,",
    r"$$\frac{\partial L}{\partial z_n} = \hat y - t, \qquad \frac{\partial L}{\partial a_l} = "
    r"\frac{\partial L}{\partial z_{l+1}} W_{l+1}^\top, \qquad \frac{\partial L}{\partial z_l} "
    r"= \frac{\partial L}{\partial a_l} \odot f'(z_l)$$",
    r"$$\frac{\partial L}{\partial W_l} = a_{l-1}^\top \frac{\partial L}{\partial z_l}, \qquad "
    r"\frac{\partial L}{\partial b_l} = \frac{\partial L}{\partial z_l}$$",
    r"Under a unit stands $\partial L / \partial z$, its bias's gradient, too. The check:",
    r"$$\frac{\partial L}{\partial w} \approx \frac{L(w + h) - L(w - h)}{2h}, \quad h = 10^{-5}$$",
    r"The step $\theta \leftarrow \theta - \eta g$ should bring $L - \eta \lVert g \rVert^2$, "
    "if the loss were a straight line.",
]

CODE: list[Piece] = [one_pass, Sequential.backward]

VIEW = View(
    name="backpropagation",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    heights=("63vh", "68vh"),
)
