"""Three learning rates, three trainings, one chart; and the race on digits."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.axes import end_labels, log_axis
from figures.theme import CATEGORICAL, TEMPLATE

SMOOTH = 10  # batches that a curve of batch losses is averaged over


class RateCurves(NamedTuple):
    """Losses by step, one column a learning rate, NaN once a training has diverged."""

    rates: np.ndarray  # (3,)
    loss: np.ndarray  # (steps + 1, 3)


def label(rate: float) -> str:
    """A learning rate as it is written at its curve: "learning rate 0.3"."""
    return f"learning rate {rate:.4g}"


def rates_figure(curves: RateCurves) -> go.Figure:
    """The three curves on a log axis, each labelled with its value."""
    steps = np.arange(len(curves.loss))
    traces, ends = [], []
    for i, rate in enumerate(curves.rates):
        loss = np.where(curves.loss[:, i] > 0, curves.loss[:, i], np.nan)
        traces.append(
            go.Scatter(
                x=steps, y=loss, name=label(rate), mode="lines",
                line={"color": CATEGORICAL[i], "width": 3},
                hovertemplate=f"{label(rate)}<br>step %{{x}}<br>loss %{{y:.8g}}<extra></extra>",
            )
        )  # fmt: skip
        known = np.flatnonzero(np.isfinite(loss))
        if known.size:
            ends.append((label(rate), known[-1], loss[known[-1]]))
    figure = go.Figure(traces)
    figure.update_xaxes(title="step", range=[0, 1.25 * (len(steps) - 1)])
    figure.update_yaxes(log_axis(curves.loss, "loss (log scale)"))
    return figure.update_layout(
        template=TEMPLATE,
        title="The same network, the same start, three learning rates",
        annotations=end_labels(ends, list(CATEGORICAL), "x"),
        uirevision="rates",
    )


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
    traces, ends = [], []
    for (name, loss), colour in zip(race.loss.items(), CATEGORICAL, strict=True):
        steps = race.step[: len(loss)]
        traces.append(
            go.Scatter(
                x=steps, y=loss, name=name, mode="lines", line={"color": colour, "width": 3},
                hovertemplate=f"{name}<br>steps to %{{x}}<br>loss %{{y:.6g}}, mean of {SMOOTH} "
                "batches<extra></extra>",
            )
        )  # fmt: skip
        if len(loss) and loss[-1] > 0:
            ends.append((f"{name} {race.accuracy[name]:.1%}", steps[-1], loss[-1]))
    figure = go.Figure(traces)
    figure.update_xaxes(title="step (one batch of 100 digits each)", range=[0, 1.25 * race.total])
    every = np.concatenate(list(race.loss.values()))
    figure.update_yaxes(log_axis(every, "loss (log scale)"))
    return figure.update_layout(
        template=TEMPLATE,
        title="The same digits in the same order; at each end, how many test digits it reads right",
        annotations=end_labels(ends, list(CATEGORICAL), "x"),
        uirevision="digit race",
    )
