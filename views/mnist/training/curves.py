"""Training on handwritten digits: the loss of its batches, and how many digits it reads right."""

import functools
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.theme import FIRST, GREY, SECOND, TEMPLATE, TEXT
from runs.run import Progress

SMOOTH = 0.05  # of the curve: what a point of the smoothed curve is the mean of
LOOK = 0.5  # seconds between two looks at a run; in between its curves are drawn on piece by piece
POINTS = 400  # a curve of more would be finer than the screen
LEAST = 340  # pixels across: it stands beside the wall and the paper


class TrainingCurves(NamedTuple):
    """Loss of the batches and accuracy at the epochs, both against passes over the data."""

    epoch: np.ndarray  # (points,) where each point of the loss lies
    loss: np.ndarray  # (points,) the mean over `batches` batches
    smooth: np.ndarray  # (points,) the mean of the loss around each point; empty if not asked for
    batches: int
    epochs: np.ndarray  # (rows,) where accuracy was measured
    accuracy: np.ndarray  # (rows,) on the training digits, 0 to 1
    val_accuracy: np.ndarray  # (rows,) on the test digits
    span: float  # epochs to show: some more than there are, while the run goes on


def training_curves(progress: Progress, smoothed: bool = False) -> TrainingCurves:
    """The curves of a run so far; batches are averaged in equal groups to at most 400 points."""
    batches = max(1, -(-progress.step // POINTS))
    full = progress.step // batches
    loss = progress.batch_loss[: full * batches].reshape(full, batches).mean(axis=1)
    epoch = (np.arange(full) + 0.5) * batches / progress.steps_per_epoch
    history = progress.history
    return TrainingCurves(
        epoch,
        loss,
        moving_mean(loss, max(1, round(SMOOTH * full))) if smoothed else loss[:0],
        batches,
        np.array(history["step"]) / progress.steps_per_epoch,
        np.array(history["accuracy"]),
        np.array(history["val_accuracy"]),
        min(max(2, 1.2 * progress.epoch), progress.steps / progress.steps_per_epoch),
    )


def moving_mean(values: np.ndarray, reach: int) -> np.ndarray:
    """The mean of each value and as many neighbours on either side, at most `reach` of them.

    Towards the ends there are ever fewer, so that the first and the last value stay what they are.
    """
    here = np.arange(len(values))
    wide = np.minimum(np.minimum(here, here[::-1]), reach)
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    return (sums[here + wide + 1] - sums[here - wide]) / (2 * wide + 1)


@functools.cache
def _panels() -> dict:
    """The layout that all these figures share; laying out panels takes longer than filling them."""
    panels = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.07)
    panels.update_yaxes(title="loss", rangemode="tozero", row=1)
    panels.update_yaxes(
        title="read right", tickformat=".0%", range=[0, 1.08], tickvals=[0, 0.5, 1], row=2
    )
    panels.update_yaxes(automargin=True)  # a projector's 100% is wide
    panels.update_xaxes(title="epochs (passes)", row=2)
    panels.update_layout(
        template=TEMPLATE,
        title="How wrong, how right",
        uirevision="mnist",
        meta={"moments": True, "grow": {"pieces": 5, "seconds": LOOK}, "least": LEAST},
    )
    return panels.layout.to_plotly_json()


def training_figure(curves: TrainingCurves) -> go.Figure:
    """Loss above, accuracy on training and test digits below, each named at its end."""
    loss = {
        "x": curves.epoch.tolist(),
        "y": curves.loss.tolist(),
        "name": "loss",
        "line": {"color": GREY if curves.smooth.size else TEXT, "width": 2},
        "hovertemplate": "epoch %{x:.2f}<br>loss %{y:.6f}"
        f"<br>mean of {curves.batches} batches<extra></extra>",
    }
    smooth = {
        "x": curves.epoch[: curves.smooth.size].tolist(),
        "y": curves.smooth.tolist(),
        "name": "loss, smoothed",
        "line": {"color": TEXT, "width": 3},
        "hovertemplate": "epoch %{x:.2f}<br>smoothed loss %{y:.6f}<extra></extra>",
    }
    rates = [
        {
            "x": curves.epochs,
            "y": values,
            "name": name,
            "mode": "lines+markers",
            "line": {"color": colour, "width": 3, "dash": dash},
            "hovertemplate": f"epoch %{{x:g}}<br>{name} %{{y:.4%}}<extra></extra>",
            "xaxis": "x2",
            "yaxis": "y2",
        }
        for name, values, colour, dash in (
            ("training digits", curves.accuracy, FIRST, "dot"),
            ("test digits", curves.val_accuracy, SECOND, "solid"),
        )
    ]
    # Not a range: Plotly would take a new one for news, and a reader's zoom would move with it.
    room = {"autorange": True, "autorangeoptions": {"include": [0, curves.span], "clipmin": 0}}
    panels = _panels()
    layout = panels | {
        "annotations": _names(rates, curves),
        "xaxis": panels["xaxis"] | room,
        "xaxis2": panels["xaxis2"] | room,
    }
    traces = [{"type": "scatter"} | trace for trace in (loss, *rates, smooth)]
    return go.Figure(traces, layout)  # plain dictionaries: they are checked once, here


def _names(rates: list[dict], curves: TrainingCurves) -> list[dict]:
    """Each accuracy's name and last value, at the right of the half that its curve does not end in.

    At the curve itself they would lie on each other, and early in a run on the axis.
    """
    if not curves.epochs.size:
        return []
    learned = curves.val_accuracy[-1] > 0.5
    return [
        {
            "x": 1,
            "y": height,
            "xref": "x2 domain",
            "yref": "y2 domain",
            "text": f"{rate['name']} {rate['y'][-1]:.1%}",
            "showarrow": False,
            "xanchor": "right",
            "yanchor": "bottom",
            "font": {"color": rate["line"]["color"]},
        }
        for rate, height in zip(rates, (0.22, 0.04) if learned else (0.76, 0.58), strict=True)
    ]
