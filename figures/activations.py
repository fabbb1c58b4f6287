"""An activation over its derivative, and the tangent at one point."""

import functools
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.theme import FIRST, GREY, SECOND, TEMPLATE, TEXT
from nn_core import activation

SATURATED = 0.1  # |f′| below this counts as saturated


class ActivationCurves(NamedTuple):
    """f and f′ over x, and their values at the probe."""

    name: str
    x: np.ndarray
    f: np.ndarray
    slope: np.ndarray
    probe_x: float
    probe_f: float
    probe_slope: float


def activation_curves(name: str, probe_x: float, points: int = 1000) -> ActivationCurves:
    """The named activation over [−10, 10], and at the probe; ValueError for an unknown name."""
    function = activation(name)
    x = np.append(np.linspace(-10, 10, points), probe_x)
    f = function.forward(x)
    slope = function.derivative(x, f)
    return ActivationCurves(
        name, x[:-1], f[:-1], slope[:-1], probe_x, f[-1].item(), slope[-1].item()
    )


def saturated_spans(curves: ActivationCurves) -> list[tuple[float, float]]:
    """The stretches of x on which |f′| < 0.1, as (from, to)."""
    flat = np.concatenate([[False], np.abs(curves.slope) < SATURATED, [False]])
    starts = np.flatnonzero(flat[1:] & ~flat[:-1])
    ends = np.flatnonzero(flat[:-1] & ~flat[1:]) - 1
    return [(curves.x[s].item(), curves.x[e].item()) for s, e in zip(starts, ends, strict=True)]


@functools.cache
def _panels() -> dict:
    """The layout that all these figures share; laying out panels takes longer than filling them."""
    panels = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, row_heights=[0.6, 0.4])
    panels.update_yaxes(title="output f(x)", row=1).update_yaxes(title="slope f′(x)", row=2)
    panels.update_xaxes(range=[-10, 10]).update_xaxes(title="input x", row=2)
    panels.update_layout(template=TEMPLATE, uirevision="activations")
    return panels.layout.to_plotly_json()


def activation_figure(curves: ActivationCurves) -> go.Figure:
    """f with its tangent above, f′ below, the probe on both, saturation shaded."""
    upper, lower = {"xaxis": "x", "yaxis": "y"}, {"xaxis": "x2", "yaxis": "y2"}
    probe, reach = curves.probe_x, 2.5
    line = {"width": 3, "simplify": False}
    tangent = curves.probe_f + curves.probe_slope * np.array([-reach, reach])
    traces = [
        go.Scatter(
            x=curves.x,
            y=curves.f,
            name=f"f = {curves.name}",
            line=line | {"color": FIRST},
            hovertemplate="x = %{x:.4f}<br>f(x) = %{y:.8f}<extra></extra>",
            **upper,
        ),
        go.Scatter(
            x=curves.x,
            y=curves.slope,
            name="f′, its slope",
            line=line | {"color": SECOND},
            hovertemplate="x = %{x:.4f}<br>f′(x) = %{y:.8f}<extra></extra>",
            **lower,
        ),
        go.Scatter(
            x=[probe - reach, probe + reach],
            y=tangent,
            name="tangent",
            mode="lines",
            line={"color": TEXT, "width": 2, "dash": "dash"},
            hoverinfo="skip",
            **upper,
        ),
        _probe("f", probe, curves.probe_f, upper),
        _probe("f′", probe, curves.probe_slope, lower),
    ]
    figure = go.Figure(traces, _panels())
    for start, end in saturated_spans(curves):
        figure.add_shape(
            x0=start, x1=end, y0=0, y1=1, yref="paper", fillcolor=GREY, opacity=0.18, line_width=0
        )
    margin, steepest = 0.12 * np.ptp(curves.f), max(curves.slope.max(), 0.25)
    return figure.update_layout(
        title_text=f"{curves.name}, and below it how steep it is (grey: nearly flat, |f′| < 0.1)",
        yaxis_range=[curves.f.min() - margin, curves.f.max() + margin],
        yaxis2_range=[min(curves.slope.min(), 0) - 0.1 * steepest, 1.15 * steepest],
    )


def _probe(name: str, x: float, y: float, axes: dict) -> go.Scatter:
    return go.Scatter(
        x=[x],
        y=[y],
        name=f"probe {name}",
        mode="markers",
        marker={"color": TEXT, "size": 12},
        hovertemplate=f"x = %{{x}}<br>{name}(x) = %{{y:.10g}}<extra></extra>",
        **axes,
    )
