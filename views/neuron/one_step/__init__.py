"""One step of one neuron: a walk through all of its arithmetic, every number open."""

from dataclasses import dataclass, replace

import numpy as np

from figures.neuron_words import cannot, change, neuron_maths
from figures.words import LOWERED, as_written, number, sentences
from nn_core import Dense, Sigmoid
from recipes.judgement import SATURATED
from recipes.neuron import NeuronSettings, starting_theta
from recipes.neuron_table import MOST_ROWS, samples
from recipes.settings import Preset, between
from views.neuron import many_steps
from views.neuron.one_step.arithmetic import Numbers, one_step
from views.neuron.one_step.walk import PARAMETERS, WALK_STEPS, picture
from views.neuron.own_table import OWN_TABLE
from views.view import Piece, TryThis, View, point_of

DRAW = 1  # of the study notes' weights


@dataclass(frozen=True)
class Settings(NeuronSettings):
    """One sigmoid neuron with three inputs, and where the walk through its step opens."""

    step: int = between(
        1, 1, WALK_STEPS, 1, "Step to begin at", "Also for who gets the link; Next and Back go on."
    )
    row: int = between(
        1,
        1,
        MOST_ROWS,
        1,
        "Open with row",
        "Which sample is in the drawing at first.",
    )


PRESETS = {
    "One neuron by hand": Preset(Settings()),
    "Saturated": Preset(
        Settings(weights="-12, 0, 6, 0", step=7),
        "Every answer is nearly as wrong as can be, where the sigmoid is nearly flat.",
    ),
    "Too large a step": Preset(
        Settings(lr=100.0),
        "The gradient is right only near the weights it was taken at, and this step goes far.",
    ),
}


def numbers(settings: Settings, own: str | None = None) -> Numbers:
    """The step from the settings' weights, on their table or on the reader's own."""
    x, t, table_notes = samples(settings, own)
    step = one_step(x, t, starting_theta(settings, DRAW), settings.lr)
    return step._replace(point=point_of(PRESETS, settings), table_notes=table_notes)


def caption(numbers: Numbers, brief: bool = False) -> str:
    """The loss before and after the step, and what holds the neuron back or what it aims at."""
    table_notes = (as_written(note, 200) for note in numbers.table_notes)
    return sentences(*table_notes, _in_a_line(numbers) if brief else _in_full(numbers))


def _in_a_line(step: Numbers) -> str:
    return f"This step takes the loss (how wrong it is) {change(step.mean, step.new_mean)}."


def _in_full(step: Numbers) -> str:
    n, locked = len(step.x), int((step.slope < SATURATED).sum())
    way = "falls" if step.new_mean < step.mean else "rises"
    moved = change(step.mean, step.new_mean)
    moved = f"{way} {moved}" if step.new_mean != step.mean else f"stays at **{number(step.mean)}**"
    parts = [
        f"{step.point} The loss (how wrong it is) {moved}"
        if step.point
        else f"One step with learning rate {number(step.lr)}: the loss (how wrong the neuron is: "
        f"the *mean* of squared errors) {moved}"
    ]
    impossible = cannot(step.x, step.t, briefly=True)
    if locked:
        are = "is" if locked == 1 else "are"
        parts.append(f". **{locked}** of {n} samples {are} *saturated*: slope below {SATURATED:g}.")
    elif impossible:
        parts.append(".")
    else:
        sums = change(step.mean * n, step.new_mean * n, mark="")
        errors = "the *sum* of squared errors" if step.point else "their *sum*"
        parts.append(f"; {errors}, which a step tries to make smaller, goes {sums}.")
    return "".join(parts) + f" {impossible}".rstrip()


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """A smaller step, where this one made it worse; else many steps."""
    rates = Settings.values_of("lr")
    theta = np.concatenate([numbers.W.ravel(), numbers.b.ravel()])
    for lr in reversed(rates[: rates.index(settings.lr)]):
        first, last = numbers.mean, one_step(numbers.x, numbers.t, theta, lr).new_mean
        if last < first <= numbers.new_mean:
            why = f"this step then takes the loss from {number(first)} to {number(last)}."
            return TryThis(
                f"*learning rate* {number(lr)}", why, replace(settings, lr=lr), "one step"
            )
    many = many_steps.Settings(settings.table, settings.lr, settings.weights)
    what = f"*many steps*, {many.steps:,} of them"
    where = "" if many.weights else ", from other weights"
    return TryThis(what, f"every one with all samples{where}.", many, many_steps.VIEW.name)


def three_answers(step: Numbers) -> dict[str, str]:
    """What a gradient is, which way it points, why a saturated neuron stops learning."""
    gradients = np.array([*step.dW[:, 0], *step.db])
    values = np.array([*step.W[:, 0], *step.b])
    most = int(np.argmax(np.abs(gradients)))
    name, gradient = PARAMETERS[most].translate(LOWERED), gradients[most]
    more = "larger" if gradient > 0 else "smaller"
    away = (
        "down, because its gradient is positive"
        if gradient > 0
        else ("up, because its gradient is negative")
    )
    new = values[most] - step.lr * gradient
    flattest = int(np.argmin(step.slope))
    h, slope, dy, dh = (a[flattest, 0] for a in (step.h, step.slope, step.dy, step.dh))
    return {
        "What is a gradient?": "How fast the error changes when one number grows a little. "
        f"Here ∂E/∂{name} (say “E per {name}”) = {number(gradient)}: with {name} "
        f"0.01 larger the error is {more} by about {number(abs(0.01 * gradient))}.",
        "Which way does it point?": "Uphill, to where the error grows. A weight has two ways to "
        "go: a positive gradient says uphill is to make it larger, a negative one, to make it "
        "smaller. To get better the neuron goes the other way: "
        f"{name} moves {change(values[most], new)}, {away}.",
        "Why does a saturated neuron stop learning?": "*Saturated* means that the sum h lies so "
        "far from 0 that the sigmoid is nearly flat there. On its way back the error is multiplied "
        f"by the slope of the sigmoid. For sample {flattest + 1} the sum is {number(h)} and the "
        f"slope {number(slope)}: of ∂E/∂y = {number(dy)} only {number(dh)} arrives at the weights. "
        "The further h is from 0, the flatter the curve: at h = 10 the slope is 4.54 × 10⁻⁵, and "
        "even a neuron that is as wrong as can be hardly moves.",
    }


def maths(numbers: Numbers) -> list[str]:
    """The formulas, and the numbers before this step."""
    return neuron_maths(numbers.mean, len(numbers.x), numbers.lr)


CODE: list[Piece] = [one_step, Dense, Sigmoid]

VIEW = View(
    name="one step",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=CODE,
    presets=PRESETS,
    written=OWN_TABLE,
    asked=three_answers,
    heights=("61vh", "68vh"),
)
