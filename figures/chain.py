"""What an activation does to learning: the product of slopes along a chain of neurons."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.activations import COLOURS
from figures.labels import label_ends, powers_of_ten
from figures.theme import GREY, TEMPLATE, TEXT
from nn_core import Activation

SIGMOIDS_STEEPEST = 0.25  # σ′ is largest at 0, and 1/4 there
MOST_TICKS = 12
GAP = 0.055  # between two names, as a share of the picture's height


class Chain(NamedTuple):
    """A row of neurons, each hearing the one before: a ← f(w · a). One number a neuron."""

    name: str
    slopes: np.ndarray  # (depth,): f′ of the first 1, 2, … neurons multiplied
    weighted: np.ndarray  # (depth,): the same with each neuron's weight multiplied in


def chain(function: Activation, x: float, weight: float, depth: int) -> Chain:
    """Send x through so many neurons of one weight, and multiply the slopes met on the way."""
    a, slopes = np.array([x]), []
    for _ in range(depth):
        z = weight * a
        a = function.forward(z)
        slopes.append(function.derivative(z, a).item())
    return Chain(function.name, np.cumprod(slopes), np.cumprod(weight * np.array(slopes)))


def chain_figure(chains: list[Chain]) -> go.Figure:
    """Products over depth on a log axis: slopes alone dashed, with weights solid, 0.25ⁿ dotted."""
    depth = np.arange(1, len(chains[0].slopes) + 1)
    ceiling = SIGMOIDS_STEEPEST**depth
    figure = go.Figure(layout={"template": TEMPLATE, "uirevision": "chain", "margin_r": 190})
    lines = [(TEXT, "dot", 2, "0.25ⁿ, sigmoid's ceiling", ceiling)]
    for one, colour in zip(chains, COLOURS, strict=False):
        lines.append((colour, "dash", 2.5, f"{one.name}: slopes", one.slopes))
        lines.append((colour, "solid", 3.5, f"{one.name}: with weights", one.weighted))
    ends = []
    for colour, dash, width, name, values in lines:
        seen = np.where(np.abs(values) > 0, np.abs(values), np.nan)  # a log axis has no 0
        figure.add_scatter(
            x=depth,
            y=seen,
            name=name,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": width},
            marker={"size": 5, "color": colour},
            hovertemplate=f"{name}<br>after %{{x}} layers: %{{y:.6g}}<extra></extra>",
        )
        known = seen[np.isfinite(seen)]
        ends.append(np.log10(known[-1]) if known.size else 0.0)
    low, high = _decades(figure)
    named, colours = [line[3] for line in lines], [line[0] for line in lines]
    label_ends(figure, 1, named, ends, (low, high), GAP, colours)
    figure.add_shape(
        type="line", xref="x domain", x0=0, x1=1, y0=1, y1=1, line={"color": GREY, "width": 1}
    )
    whole = {"dtick": 1} if len(depth) <= MOST_TICKS else {}  # a layer is never a fraction
    figure.update_xaxes(title="layers n", range=[0.5, len(depth) + 0.5], **whole)
    ticks = powers_of_ten(low, high)
    figure.update_yaxes(title="share that arrives", type="log", range=[low, high], **ticks)
    figure.update_yaxes(automargin=True)
    return figure.update_layout(
        title_text="How much of an error of 1 at the end arrives n layers further down"
    )


def _decades(figure: go.Figure) -> tuple[float, float]:
    """The powers of ten between which all curves lie, with some air."""
    every = np.concatenate([np.asarray(trace.y, float) for trace in figure.data])
    powers = np.log10(every[np.isfinite(every)])
    return min(powers.min(), -1) - 0.5, max(powers.max(), 0) + 0.5
