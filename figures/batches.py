"""The gradient of a batch beside the gradient of all the data: how far off, how much longer."""

import functools
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.axes import log_axis
from figures.theme import FIRST, GREY, TEMPLATE, TEXT
from nn_core import Sequential, angle_between, sample_gradients
from runs.gradients import LOSS
from runs.gradients_config import BatchesConfig

DRAWS = 60  # batches of each size
STROKE = 1.06  # how far a stroke that stands for one of them reaches, as a factor
SIZES = BatchesConfig.settings()["batch"].values


class BatchNoise(NamedTuple):
    """Batches of every size against all the data. Rows are sizes, columns draws."""

    sizes: np.ndarray  # (sizes,)
    angle: np.ndarray  # (sizes, draws) degrees from the gradient of all points
    length: np.ndarray  # (sizes, draws) in lengths of that gradient
    side: np.ndarray  # (sizes, draws) +1 or −1: on which side of it an arrow is drawn
    full: float  # the length of the gradient of all points
    points: int


def batch_noise(net: Sequential, x: np.ndarray, t: np.ndarray, seed: int) -> BatchNoise:
    """60 batches of each size, drawn without replacement within a batch."""
    rng = np.random.default_rng(seed)
    rows = sample_gradients(net, LOSS, x, t)
    full = rows.mean(axis=0)
    order = np.argsort(rng.random((DRAWS, len(x))), axis=1)
    batches = np.stack([_means(rows, order[:, :size]) for size in SIZES])
    length = np.linalg.norm(full)
    across = rng.standard_normal(len(full))
    side = np.where((batches - full) @ across < 0, -1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        lengths = np.linalg.norm(batches, axis=-1) / length
    return BatchNoise(
        np.array(SIZES), angle_between(batches, full), lengths, side, float(length), len(x)
    )


def medians_of(values: np.ndarray) -> np.ndarray:
    """The median of each row, (sizes,), of what is known in it; NaN where nothing is."""
    known = [row[np.isfinite(row)] for row in values]
    return np.array([np.median(row) if row.size else np.nan for row in known])


def _means(rows: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The gradient of each batch: the mean of its samples' gradients, (draws, parameters)."""
    if chosen.shape[1] == len(rows):  # all points, in any order, and to the last bit
        return np.tile(rows.mean(axis=0), (len(chosen), 1))
    return np.stack([rows[one].mean(axis=0) for one in chosen])


@functools.cache
def _panels() -> dict:
    """The layout that all these figures share."""
    panels = make_subplots(
        rows=2, cols=2, specs=[[{"rowspan": 2}, {}], [None, {}]], column_widths=[0.45, 0.55],
        horizontal_spacing=0.1, vertical_spacing=0.09, shared_xaxes=True,
    )  # fmt: skip
    sizes = {"type": "log", "tickvals": SIZES, "ticktext": [str(size) for size in SIZES]}
    panels.update_xaxes(**sizes, col=2)
    panels.update_xaxes(title="points in the batch (log scale)", row=2, col=2)
    panels.update_yaxes(title="angle, °", rangemode="tozero", row=1, col=2)
    panels.update_yaxes(title="length, ×", row=2, col=2)
    panels.update_xaxes(title="along the gradient of all points, in its lengths", row=1, col=1)
    panels.update_yaxes(title="across", scaleanchor="x", row=1, col=1)
    panels.update_layout(
        template=TEMPLATE, uirevision="batches", title="Where batches would send the network"
    )
    return panels.layout.to_plotly_json()


def batches_figure(noise: BatchNoise, batch: int) -> go.Figure:
    """A fan of arrows, one a batch of this size; beside it angle and length for every size."""
    at = int(np.flatnonzero(noise.sizes == batch)[0])
    turn = np.radians(noise.angle[at]) * noise.side[at]
    along, across = noise.length[at] * np.cos(turn), noise.length[at] * np.sin(turn)
    gap = np.full(DRAWS, np.nan)
    fan = go.Scatter(
        x=np.column_stack([np.zeros(DRAWS), along, gap]).ravel(),
        y=np.column_stack([np.zeros(DRAWS), across, gap]).ravel(),
        name="batches", mode="lines", line={"color": GREY, "width": 1}, opacity=0.7,
        hoverinfo="skip",
    )  # fmt: skip
    tips = go.Scatter(
        x=along, y=across, name="tips", mode="markers", marker={"color": FIRST, "size": 6},
        customdata=np.column_stack([noise.angle[at], noise.length[at]]),
        hovertemplate="%{customdata[0]:.4f}° off<br>%{customdata[1]:.4f} times as long"
        "<extra></extra>",
    )  # fmt: skip
    whole = go.Scatter(
        x=[0, 1], y=[0, 0], name="all points", mode="lines+markers+text",
        text=["", "all points"], textposition="top right", textfont={"color": TEXT},
        line={"color": TEXT, "width": 4}, marker={"size": [0, 12], "symbol": "arrow-right"},
        hovertemplate=f"the gradient of all {noise.points} points<br>length {noise.full:.8g}"
        "<extra></extra>",
    )  # fmt: skip
    traces = [fan, tips, whole]
    for values, name, axis, unit in (
        (noise.angle, "angle", "2", "°"),
        (noise.length, "length", "3", " lengths"),
    ):
        traces += _by_size(noise, values, name, axis, unit, at)
    figure = go.Figure(traces, _panels())
    return figure.update_layout(yaxis3=log_axis(noise.length, "length, ×"))


def _by_size(
    noise: BatchNoise, values: np.ndarray, name: str, axis: str, unit: str, at: int
) -> list[go.Scatter]:
    """All draws as dots, the medians as a line, the chosen size stronger."""
    axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    hover = f"%{{x}} points<br>%{{y:.4f}}{unit}<extra></extra>"
    # A short stroke each, all in one line with gaps: the browser draws that at once, and would
    # handle hundreds of dots one by one.
    size = np.repeat(noise.sizes, DRAWS)
    dots = go.Scatter(
        x=np.column_stack([size / STROKE, size * STROKE, np.full(size.size, np.nan)]).ravel(),
        y=np.repeat(values.ravel(), 3), name=f"every {name}", mode="lines",
        customdata=np.repeat(size, 3), line={"color": GREY, "width": 3}, opacity=0.5,
        hovertemplate=hover.replace("%{x}", "%{customdata}"), **axes,
    )  # fmt: skip
    medians = go.Scatter(
        x=noise.sizes, y=medians_of(values), name=f"median {name}", mode="lines+markers",
        line={"color": FIRST, "width": 3},
        marker={"size": [14 if i == at else 6 for i in range(len(noise.sizes))]},
        hovertemplate=f"median of {DRAWS}<br>{hover}", **axes,
    )  # fmt: skip
    return [dots, medians]
