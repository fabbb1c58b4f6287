"""Three learning rates, three trainings, one chart: too small, right, too large."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.axes import log_axis
from figures.judgement import rate_words
from figures.labels import label_ends
from figures.milestones import first, firsts, gathered, together
from figures.playing import playing, with_dots
from figures.theme import CATEGORICAL, GREY, TEMPLATE
from figures.unchecked import figure_of
from figures.words import Said, number
from nn_core import SGD, Ensemble, mlp
from recipes.clouds import LOSS, cloud_points
from recipes.judgement import VISIBLE, Went, at_a_rate
from recipes.settings import (
    ROW,
    Settings as AnySettings,
    activation_setting,
    choices,
    learning_rate_setting,
    seed_setting,
)
from views.predict import Answer, Came, Choice, Predict, Question
from views.view import TryThis, View, in_one_piece


@dataclass(frozen=True)
class Settings(AnySettings):
    """Three learning rates, each so many times the one before."""

    page = "gradients"
    rate: float = learning_rate_setting(3.0, "The middle one; the others follow it.", stands=ROW)
    apart: int = choices(
        100,
        (3, 10, 30, 100, 1000),
        "Apart",
        "The smaller one is divided, the larger multiplied.",
        stands=ROW,
    )
    activation: str = activation_setting("sigmoid", stands=ROW)
    seed: int = seed_setting("Another seed draws other starting weights.")
    rate_steps: int = choices(300, (30, 100, 300, 1000), "Steps", "Each with all points.")


class Numbers(NamedTuple):
    """Losses by step, one column a learning rate, NaN once a training has diverged."""

    rates: np.ndarray  # (3,)
    loss: np.ndarray  # (steps + 1, 3)


def numbers(settings: Settings) -> Numbers:
    """The three trainings."""
    rates = rates_of(settings)
    loss = three_rates(rates, settings.activation, settings.seed, settings.rate_steps)
    return Numbers(rates, loss)


def before(settings: Settings) -> Numbers:
    """The three before their first step: of all later losses none is known."""
    rates = rates_of(settings)
    loss = np.full((settings.rate_steps + 1, 3), np.nan)
    loss[:1] = three_rates(rates, settings.activation, settings.seed, 0)
    return Numbers(rates, loss)


def rates_of(settings: Settings) -> np.ndarray:
    """The three learning rates, the smallest first."""
    return settings.rate * np.array([1 / settings.apart, 1, settings.apart])


def three_rates(rates: np.ndarray, activation: str, seed: int, steps: int) -> np.ndarray:
    """The loss at every step, (steps + 1, 3); NaN once diverged.

    One network three times, 2-4-1, trained at once as one ensemble, on all points at every step.
    """
    x, t = cloud_points()
    start = mlp([2, 4, 1], activation, "glorot_uniform", seed).theta
    networks = Ensemble.at([2, 4, 1], activation, np.tile(start, (3, 1)))
    history = networks.train(LOSS, SGD(rates), x, t, steps, range(steps + 1))
    losses = np.array(history["loss"])
    return np.where(np.isfinite(losses), losses, np.nan)


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """The three curves on a log axis, each labelled with its value."""
    steps = np.arange(len(numbers.loss))
    axis = log_axis(numbers.loss, "how wrong (loss)" if brief else "loss (log scale)")
    traces: list[dict[str, Any]] = []
    names, ends, colours, curves = [], [], [], []
    for rate, loss, colour in zip(numbers.rates, numbers.loss.T, CATEGORICAL, strict=False):
        loss = np.where(loss > 0, loss, np.nan)
        traces.append(dict(
            type="scatter", x=steps, y=loss, name=label(rate), mode="lines",
            line={"color": colour, "width": 3},
            hovertemplate=f"{label(rate)}<br>step %{{x}}<br>loss %{{y:.8g}}<extra></extra>",
        ))  # fmt: skip
        known = loss[np.isfinite(loss)]
        if known.size:
            names.append(number(rate, 4))
            ends.append(np.log10(known[-1]))
            colours.append(colour)
            curves.append(len(traces) - 1)
    layout: dict[str, Any] = {
        "template": TEMPLATE, "uirevision": "rates", "margin": {"r": 90},
        "title": {"text": "The same network, the same start, three learning rates"},
        "xaxis": {"title": {"text": "step"}, "range": [0, len(numbers.loss) - 1]}, "yaxis": axis,
    }  # fmt: skip
    if np.isnan(numbers.loss[1:]).all():  # there is nothing to play
        look = {"color": GREY, "size": 11}
        traces = [curve | dict(mode="markers", marker=look, cliponaxis=False) for curve in traces]
    else:
        layout["meta"] = playing(steps, with_dots(traces))
    label_ends(layout, 1, names, ends, axis["range"], 0.06, colours, curves)
    return figure_of(traces, layout)


def label(rate: float) -> str:
    """A learning rate as it is written at its curve: "learning rate 0.3"."""
    return f"learning rate {number(rate, 4)}"


def caption(numbers: Numbers, brief: bool = False) -> list[Said]:
    """Who came down first by then, and who was thrown up; at the end what each of the three did."""
    losses = {label(rate): loss for rate, loss in zip(numbers.rates, numbers.loss.T, strict=True)}
    start = float(numbers.loss[0, 0])
    begun = f"All three are one network so far, loss (how wrong it is) **{number(start)}**."
    up = {name: first(loss > (1 + VISIBLE) * start) for name, loss in losses.items()}
    lost = {name: first(~np.isfinite(loss)) for name, loss in losses.items()}
    strands = [
        [Said(0, begun), *firsts(losses)],
        gathered("Thrown up above the start", up),
        gathered("Diverged", lost),
    ]
    return together(strands, Said(len(numbers.loss) - 1, at_the_end(numbers, brief)))


def at_the_end(numbers: Numbers, brief: bool) -> str:
    """What each of the three did, judged by its own curve and by how far the others came."""
    ends = numbers.loss[-1]
    name = number if brief else label
    said = [
        f"**{name(rate)}** {rate_words(at_a_rate(loss, ends[i + 1 :]), loss)}"
        for i, (rate, loss) in enumerate(zip(numbers.rates, numbers.loss.T, strict=True))
    ]
    which = ", by learning rate" if brief else ""
    return f"After {len(numbers.loss) - 1:,} steps{which}: " + "; ".join(said) + "."


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """The rate that alone came furthest, between nearer ones; or the same between ones far away."""
    nearest, *_, furthest = Settings.values_of("apart")
    best = [rate for rate in Settings.values_of("rate") if np.isclose(rate, _best(numbers))]
    if best and (best[0], nearest) != (settings.rate, settings.apart):
        what = f"*learning rate* {number(best[0], 4)} with *apart* {nearest}"
        why = "the best of these three, between two that are nearer to it."
        changed = replace(settings, rate=best[0], apart=nearest)
        return TryThis(what, why, changed, "learning rates")
    apart = furthest if settings.apart != furthest else nearest
    how = "far from" if apart == furthest else "near"
    why = f"the same learning rate in the middle, {how} the others."
    return TryThis(f"*apart* {apart:,}", why, replace(settings, apart=apart), "learning rates")


def _best(numbers: Numbers) -> float:
    """The learning rate that came furthest; NaN if several did, or all diverged."""
    ends = np.where(np.isfinite(numbers.loss[-1]), numbers.loss[-1], np.inf)
    alike = [number(end) for end in ends].count(number(ends.min()))  # as they are written
    return float(numbers.rates[ends.argmin()]) if np.isfinite(ends).any() and alike == 1 else np.nan


LEARNS, SLOW, BOUNCES, WORSE = "learns", "slow", "bounces", "worse"  # as an address has them
MIDDLE = 1  # of the three, which the control sets

ANSWERS = {
    LEARNS: Answer("It learns", "less than half of its loss is left"),
    SLOW: Answer("It comes less far", "half of its loss or more is left"),
    BOUNCES: Answer("It bounces", "up at 1 step in 10, or above its start"),
    WORSE: Answer("It gets worse", "it ends above its start"),
}
CAME = {
    Went.LEARNED: Came(LEARNS, "it learned"),
    Went.BOUNCED: Came(BOUNCES, "it bounced"),
    Went.OVERSHOT: Came(BOUNCES, "it was thrown up above its first loss, and came down again"),
    Went.ROSE: Came(WORSE, "it ended above its first loss"),
    Went.DIVERGED: Came(WORSE, "its numbers left what a computer can hold"),
}
LESS_FAR = Came(SLOW, "it came less far")


def guess(settings: Settings) -> Question:
    """What is asked before the three are trained."""
    middle = number(settings.rate, 4)
    return Question(f"What will learning rate {middle} do?", [Choice(ANSWERS, came_to)])


def came_to(numbers: Numbers) -> Came:
    """What became of the middle one, judged as in the caption."""
    return CAME.get(at_a_rate(numbers.loss[:, MIDDLE], numbers.loss[-1, MIDDLE + 1 :]), LESS_FAR)


MATHS = [
    "One step of gradient descent, and what it does to the loss if the step is small:",
    r"$$\theta \leftarrow \theta - \eta\, g, \qquad L(\theta - \eta g) = L(\theta) - \eta \lVert g "
    r"\rVert^2 + \tfrac12 \eta^2\, g^\top H g - \dots$$",
    "The first term falls with η, the second rises with η². Too small: hardly any fall. Too large: "
    "the curvature $H$ wins, and the loss goes up.",
]

CODE = [three_rates]

VIEW = View(
    name="learning rates",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    predict=Predict(guess, before),
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    growing=in_one_piece(numbers),
)
