"""Three learning rates, three trainings, one chart; and the race on digits."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.axes import log_axis
from figures.labels import label_ends
from figures.theme import CATEGORICAL, TEMPLATE
from figures.words import number

SMOOTH = 10  # batches that a curve of batch losses is averaged over


class RateCurves(NamedTuple):
    """Losses by step, one column a learning rate, NaN once a training has diverged."""

    rates: np.ndarray  # (3,)
    loss: np.ndarray  # (steps + 1, 3)


def label(rate: float) -> str:
    """A learning rate as it is written at its curve: "learning rate 0.3"."""
    return f"learning rate {number(rate, 4)}"


def rates_figure(curves: RateCurves) -> go.Figure:
    """The three curves on a log axis, each labelled with its value."""
    steps = np.arange(len(curves.loss))
    axis = log_axis(curves.loss, "loss (log scale)")
    figure = go.Figure(
        layout={
            "template": TEMPLATE, "uirevision": "rates", "margin": {"r": 90},
            "title": "The same network, the same start, three learning rates",
            "xaxis": {"title": "step", "range": [0, len(curves.loss) - 1]}, "yaxis": axis,
        }
    )  # fmt: skip
    names, ends, colours = [], [], []
    for rate, loss, colour in zip(curves.rates, curves.loss.T, CATEGORICAL, strict=False):
        loss = np.where(loss > 0, loss, np.nan)
        figure.add_scatter(
            x=steps, y=loss, name=label(rate), mode="lines", line={"color": colour, "width": 3},
            hovertemplate=f"{label(rate)}<br>step %{{x}}<br>loss %{{y:.8g}}<extra></extra>",
        )  # fmt: skip
        known = loss[np.isfinite(loss)]
        if known.size:
            names.append(number(rate, 4))
            ends.append(np.log10(known[-1]))
            colours.append(colour)
    label_ends(figure, 1, names, ends, axis["range"], 0.06, colours)
    return figure


class DigitRace(NamedTuple):
    """Batch losses of several optimizers on the same batches, averaged over ten."""

    step: np.ndarray  # (points,) the last of the ten steps
    loss: dict[str, np.ndarray]  # (points,) by optimizer; shorter if it diverged
    accuracy: dict[str, float]  # on the test digits, at the end
    total: int  # steps in the whole race


def averaged(batch_loss: list[float]) -> np.ndarray:
    """Means over ten losses each; what is left over is not shown."""
    full = len(batch_loss) // SMOOTH
    return np.array(batch_loss[: full * SMOOTH]).reshape(full, SMOOTH).mean(axis=1)


def digit_race_figure(race: DigitRace) -> go.Figure:
    """Loss by step for every optimizer, its name and its test accuracy at the end of its curve."""
    every = np.concatenate(list(race.loss.values()))
    axis = log_axis(every, "loss (log scale)")
    figure = go.Figure(
        layout={
            "template": TEMPLATE, "uirevision": "digit race", "margin": {"r": 150},
            "title": "The same digits in the same order; at each end, how many test digits it "
            "reads right",
            "xaxis": {"title": "step (one batch of 100 digits each)", "range": [0, race.total]},
            "yaxis": axis,
        }
    )  # fmt: skip
    names, ends, colours = [], [], []
    for (name, loss), colour in zip(race.loss.items(), CATEGORICAL, strict=True):
        figure.add_scatter(
            x=race.step[: len(loss)], y=loss, name=name, mode="lines",
            line={"color": colour, "width": 3},
            hovertemplate=f"{name}<br>steps to %{{x}}<br>loss %{{y:.6g}}, mean of {SMOOTH} "
            "batches<extra></extra>",
        )  # fmt: skip
        if len(loss) and 0 < loss[-1] < np.inf:
            names.append(f"{name} {race.accuracy[name]:.1%}")
            ends.append(np.log10(loss[-1]))
            colours.append(colour)
    label_ends(figure, 1, names, ends, axis["range"], 0.06, colours)
    return figure
