"""Softmax: scores become shares of 1, and every share depends on every score."""

import functools
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.narrow import narrow
from figures.theme import DIVERGING, FIRST, TEMPLATE, TEXT
from figures.unchecked import figure_of
from figures.words import not_whole, number
from nn_core import SoftmaxCrossEntropy
from recipes.settings import ROW, Settings as AnySettings, choices, text
from views.view import Piece, TryThis, View

STEEPEST = 0.25  # times 1/T: no slope of softmax is larger, whatever the scores
MOST_LOGITS, LARGEST_LOGIT = 8, 100


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
class Settings(AnySettings):
    """The scores, and how decided softmax is about them."""

    page = "activations"
    temperature: float = choices(
        1.0,
        (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0),
        "Temperature",
        "What every score is divided by: hot evens out, cold decides.",
        stands=ROW,
    )
    logits: str = text(
        "2, 1, 0, -1",
        parse_logits,
        "Scores",
        "Two to eight numbers, one for each class.",
        stands=ROW,
    )


class Numbers(NamedTuple):
    """Scores z and temperature T, the shares p (classes,), and ∂p/∂z (classes, classes)."""

    z: np.ndarray
    temperature: float
    p: np.ndarray
    jacobian: np.ndarray


def numbers(settings: Settings) -> Numbers:
    """The shares of the settings' scores."""
    return softmax(parse_logits(settings.logits), settings.temperature)


def softmax(z: list[float], temperature: float) -> Numbers:
    """p = softmax(z / T), and its Jacobian ∂pᵢ/∂zⱼ = pᵢ ([i = j] − pⱼ) / T."""
    scores = np.array(z)
    p = SoftmaxCrossEntropy().output(scores[None] / temperature)[0]
    jacobian = (np.diag(p) - np.outer(p, p)) / temperature
    return Numbers(scores, temperature, p, jacobian)


# On a phone the table stands below the bars; a larger one, of tiny numbers there, is scrolled.
FEW = 5
NARROW = narrow({
    "xaxis": {"domain": [0, 1]}, "yaxis": {"domain": [0.6, 1]},
    "xaxis2": {"domain": [0, 1]}, "yaxis2": {"domain": [0, 0.42]},
    "meta": {"least": 300, "lowest": 600},
})  # fmt: skip


@functools.cache
def _panels() -> dict:
    panels = make_subplots(cols=2, horizontal_spacing=0.1, column_widths=[0.5, 0.5])
    panels.update_yaxes(title="share p", range=[0, 1.08], col=1)
    panels.update_xaxes(title="class and its score z", col=1, type="category")
    panels.update_xaxes(title="score z that moves", col=2, type="category")
    panels.update_yaxes(title="share p that follows", col=2, type="category", autorange="reversed")
    panels.update_layout(template=TEMPLATE, uirevision="softmax")
    return panels.layout.to_plotly_json()


def picture(numbers: Numbers, brief: bool = False) -> go.Figure:
    """The shares as bars, and how each follows each score as a heatmap centred at 0.

    What is flat is pale. The steepest that softmax can be at this temperature has half of the
    colour: so the number in each cell can be read in both themes.
    """
    classes = [f"{i + 1}" for i in range(len(numbers.z))]
    bars = dict(
        type="bar",
        x=[f"{name}: {z:g}".replace("-", "−") for name, z in zip(classes, numbers.z, strict=True)],
        y=numbers.p,
        name="p",
        marker={"color": FIRST},
        text=[_on_bar(p) for p in numbers.p],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="class %{x}<br>p = %{y:.8f}<extra></extra>",
        xaxis="x",
        yaxis="y",
    )
    largest = STEEPEST / numbers.temperature
    jacobian = dict(
        type="heatmap",
        x=[f"z{name}" for name in classes],
        y=[f"p{name}" for name in classes],
        z=numbers.jacobian,
        name="Jacobian",
        zmin=-2 * largest,
        zmax=2 * largest,
        zmid=0,
        colorscale=DIVERGING,
        text=[[_in_cell(slope) for slope in row] for row in numbers.jacobian],
        texttemplate="%{text}",
        textfont={"color": TEXT},
        showscale=False,
        hovertemplate="∂%{y}/∂%{x} = %{z:.8f}<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )
    temperature = f"{numbers.temperature:g}"
    title = f"Softmax at temperature {temperature}: shares, and how each follows each score"
    meta = NARROW if len(classes) <= FEW else {}
    return figure_of([bars, jacobian], _panels() | {"title": {"text": title}, "meta": meta})


def _on_bar(p: float) -> str:
    """Three digits after the point; a share is never all, nor nothing."""
    return "> 0.999" if p > 0.9995 else "< 0.001" if p < 5e-4 else f"{p:.3f}"


def _in_cell(slope: float) -> str:
    """Three digits after the point; of what would read 0.000 only that it is near 0."""
    return "≈ 0" if abs(slope) < 5e-4 else f"{slope:.3f}".replace("-", "−")


def caption(numbers: Numbers, brief: bool = False) -> str:
    """Which class leads, and what one more point for it would do to all shares."""
    p, jacobian, steepest = numbers.p, numbers.jacobian, STEEPEST / numbers.temperature
    leader = int(np.argmax(p))
    own = number(jacobian[leader, leader])
    ties = np.isclose(p, p[leader]).sum() > 1
    lead = f"Class {leader + 1} {'is one of several that lead' if ties else 'leads'}"
    said = (
        f"{lead} with **{not_whole(100 * p[leader])}%**; all shares add up to 1. 0.1 more on "
        f"its score makes its share grow by about {number(0.1 * jacobian[leader, leader])} "
        f"(slope {own}), and what it gains the others lose"
    )
    if brief:
        return f"{said}. No colour means flat, the stronger the steeper."
    return (
        f"{said}: every row and column of the table adds up to 0. No colour means "
        "flat, the stronger the steeper; at this temperature no slope is steeper than "
        f"{number(steepest)}."
    )


def try_this(settings: Settings, numbers: Numbers) -> TryThis:
    """The next colder temperature; from the coldest one, the hottest."""
    values = Settings.values_of("temperature")
    temperature = values[values.index(settings.temperature) - 1]
    p = softmax(numbers.z.tolist(), temperature).p
    leader = int(np.argmax(p))
    why = f"class {leader + 1} then gets {not_whole(100 * p[leader])}%."
    colder = replace(settings, temperature=temperature)
    return TryThis(f"*temperature* {number(temperature)}", why, colder, "softmax")


def maths(numbers: Numbers) -> list[str]:
    """Softmax and its Jacobian, with the numbers of class 1."""
    exponents = " + ".join(rf"e^{{{z:g}/{numbers.temperature:g}}}" for z in numbers.z)
    first, own = numbers.p[0], numbers.jacobian[0, 0]
    return [
        r"$$p_i = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}}$$",
        rf"$$p_1 = \frac{{e^{{{numbers.z[0]:g}/{numbers.temperature:g}}}}}{{{exponents}}} = "
        rf"{first:.8f}$$",
        "Softmax has no single slope: every share follows every score, so there is a table of "
        "slopes, the Jacobian:",
        r"$$\frac{\partial p_i}{\partial z_j} = \frac{p_i\,([i = j] - p_j)}{T}$$",
        rf"$$\frac{{\partial p_1}}{{\partial z_1}} = \frac{{{first:.4f} \cdot (1 - {first:.4f})}}"
        rf"{{{numbers.temperature:g}}} = {own:.8f}$$",
    ]


CODE: list[Piece] = [softmax, SoftmaxCrossEntropy.output]

VIEW = View(
    name="softmax",
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=CODE,
    stepped="temperature",
    heights=("57vh", "60vh"),
)
