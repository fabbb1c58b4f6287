"""A network on handwritten digits: how training goes, and what each hidden unit's weights are."""

import functools
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.theme import DIVERGING, FIRST, SECOND, TEMPLATE, TEXT, empty_figure
from runs.run import Progress

ASPECT = 1.25  # width to height of the space for the tiles, which are as large as fits
POINTS = 400  # a curve of more would be finer than the screen


class TrainingCurves(NamedTuple):
    """Loss of the batches and accuracy at the epochs, both against passes over the data."""

    epoch: np.ndarray  # (points,) where each point of the loss lies
    loss: np.ndarray  # (points,) the mean over `batches` batches
    batches: int
    epochs: np.ndarray  # (rows,) where accuracy was measured
    accuracy: np.ndarray  # (rows,) on the training digits, 0 to 1
    val_accuracy: np.ndarray  # (rows,) on the test digits
    span: float  # epochs to show: some more than there are, while the run goes on


def training_curves(progress: Progress) -> TrainingCurves:
    """The curves of a run so far; batches are averaged in equal groups to at most 400 points."""
    batches = max(1, -(-progress.step // POINTS))
    full = progress.step // batches
    loss = progress.batch_loss[: full * batches].reshape(full, batches).mean(axis=1)
    epoch = (np.arange(full) + 0.5) * batches / progress.steps_per_epoch
    history = progress.history
    return TrainingCurves(
        epoch,
        loss,
        batches,
        np.array(history["step"]) / progress.steps_per_epoch,
        np.array(history["accuracy"]),
        np.array(history["val_accuracy"]),
        min(max(2, 1.2 * progress.epoch), progress.steps / progress.steps_per_epoch),
    )


@functools.cache
def _panels() -> dict:
    """The layout that all these figures share; laying out panels takes longer than filling them."""
    panels = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.07)
    panels.update_yaxes(title="loss", rangemode="tozero", row=1)
    panels.update_yaxes(
        title="read right", tickformat=".0%", range=[0, 1.08], tickvals=[0, 0.5, 1], row=2
    )
    panels.update_xaxes(title="epochs (passes over the training digits)", row=2)
    panels.update_layout(
        template=TEMPLATE, title="How wrong it is, and how many it reads right", uirevision="mnist"
    )
    return panels.layout.to_plotly_json()


def training_figure(curves: TrainingCurves) -> go.Figure:
    """Loss above, accuracy on training and test digits below, each named at its end."""
    loss = go.Scatter(
        x=curves.epoch,
        y=curves.loss,
        name="loss",
        line={"color": TEXT, "width": 2},
        hovertemplate="epoch %{x:.2f}<br>loss %{y:.6f}"
        f"<br>mean of {curves.batches} batches<extra></extra>",
    )
    accuracies = [
        go.Scatter(
            x=curves.epochs,
            y=values,
            name=name,
            mode="lines+markers",
            line={"color": colour, "width": 3, "dash": dash},
            hovertemplate=f"epoch %{{x:g}}<br>{name} %{{y:.4%}}<extra></extra>",
            xaxis="x2",
            yaxis="y2",
        )
        for name, values, colour, dash in (
            ("training digits", curves.accuracy, FIRST, "dot"),
            ("test digits", curves.val_accuracy, SECOND, "solid"),
        )
    ]
    right_half = curves.epochs.size and curves.epochs[-1] > curves.span / 2
    names = [
        {
            "x": curves.epochs[-1],
            "y": trace.y[-1],
            "xref": "x2",
            "yref": "y2",
            "text": f"{trace.name} {trace.y[-1]:.1%}",
            "showarrow": False,
            "xanchor": "right" if right_half else "left",
            "yanchor": side,
            "yshift": shift,
            "font": {"color": trace.line.color},
        }
        for trace, side, shift in zip(accuracies, ("bottom", "top"), (6, -6), strict=True)
        if curves.epochs.size
    ]
    span = [0, curves.span]
    figure = go.Figure([loss, *accuracies], _panels())
    return figure.update_layout(annotations=names, xaxis_range=span, xaxis2_range=span)


class WeightTiles(NamedTuple):
    """Each hidden unit's weights as a small picture, side by side, one empty pixel between."""

    mosaic: np.ndarray  # (rows, columns) float32, NaN between the tiles
    unit: np.ndarray  # (rows, columns) which hidden unit each pixel belongs to
    limit: float  # the colours run from −limit to +limit; one weight in 200 lies beyond
    columns: int


def weight_tiles(weights: np.ndarray) -> WeightTiles:
    """Tiles for weights (side², hidden), row by row, unit 0 first.

    The range leaves out the strongest half percent, or a few pixels would bleach all the others.

    ValueError if the weights do not come from square images.
    """
    pixels, hidden = weights.shape
    side = round(pixels**0.5)
    if side * side != pixels:
        raise ValueError(f"weights: expected side² inputs, as of square images, got {pixels}")
    columns = max(range(1, hidden + 1), key=lambda c: min(ASPECT / c, 1 / -(-hidden // c)))
    rows = -(-hidden // columns)
    mosaic = np.full((rows * (side + 1) - 1, columns * (side + 1) - 1), np.nan, np.float32)
    unit = np.zeros(mosaic.shape, np.int16)
    for j in range(hidden):
        top, left = (side + 1) * (j // columns), (side + 1) * (j % columns)
        mosaic[top : top + side, left : left + side] = weights[:, j].reshape(side, side)
        unit[top : top + side, left : left + side] = j
    return WeightTiles(mosaic, unit, float(np.percentile(np.abs(weights), 99.5)), columns)


def weight_figure(tiles: WeightTiles) -> go.Figure:
    """All tiles as one heatmap, centred at 0 with one symmetric range for all."""
    if not np.isfinite(tiles.limit):
        return empty_figure("The weights are no longer finite numbers.")
    limit = tiles.limit or 1.0
    figure = go.Figure(
        go.Heatmap(
            z=tiles.mosaic,
            customdata=tiles.unit,
            zmin=-limit,
            zmax=limit,
            zmid=0,
            colorscale=DIVERGING,
            colorbar={
                "title": {"text": "orange against, blue for", "side": "right"},
                "thickness": 12,
                "tickformat": ".2~g",
                "outlinewidth": 0,
                "nticks": 5,
            },
            hoverongaps=False,
            name="weights",
            hovertemplate="hidden unit %{customdata}<br>weight %{z:.6f}<extra></extra>",
        )
    )
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x", constrain="domain")
    return figure.update_layout(
        template=TEMPLATE,
        title="What each hidden unit listens to",
        margin={"l": 8, "r": 8, "b": 8},
        uirevision="weights",
    )
