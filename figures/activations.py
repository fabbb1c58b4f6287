"""An activation over its derivative, and the tangent at one point."""

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


def activation_figure(curves: ActivationCurves) -> go.Figure:
    """f with its tangent above, f′ below, the probe on both, saturation shaded."""
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, row_heights=[0.6, 0.4])
    name = curves.name
    for row, y, label, colour in ((1, curves.f, "f", FIRST), (2, curves.slope, "f′", SECOND)):
        figure.add_scatter(
            x=curves.x,
            y=y,
            name=f"{label} = {name}" if label == "f" else f"{label}, its slope",
            line={"color": colour, "width": 3, "simplify": False},
            hovertemplate=f"x = %{{x:.4f}}<br>{label}(x) = %{{y:.8f}}<extra></extra>",
            row=row,
            col=1,
        )
    reach = 2.5
    figure.add_scatter(
        x=[curves.probe_x - reach, curves.probe_x + reach],
        y=[
            curves.probe_f - reach * curves.probe_slope,
            curves.probe_f + reach * curves.probe_slope,
        ],
        name="tangent",
        mode="lines",
        line={"color": TEXT, "width": 2, "dash": "dash"},
        hoverinfo="skip",
        row=1,
        col=1,
    )
    for row, y, label in ((1, curves.probe_f, "f"), (2, curves.probe_slope, "f′")):
        figure.add_scatter(
            x=[curves.probe_x],
            y=[y],
            name=f"probe {label}",
            mode="markers",
            marker={"color": TEXT, "size": 12},
            hovertemplate=f"x = %{{x}}<br>{label}(x) = %{{y:.10g}}<extra></extra>",
            row=row,
            col=1,
        )
    for start, end in saturated_spans(curves):
        figure.add_vrect(x0=start, x1=end, fillcolor=GREY, opacity=0.18, line_width=0)
    margin = 0.12 * np.ptp(curves.f)
    figure.update_yaxes(range=[curves.f.min() - margin, curves.f.max() + margin], row=1)
    figure.update_yaxes(
        range=[-0.08 * max(1, curves.slope.max()), 1.15 * curves.slope.max()], row=2
    )
    figure.update_yaxes(title="output f(x)", row=1).update_yaxes(title="slope f′(x)", row=2)
    figure.update_xaxes(range=[-10, 10])
    figure.update_xaxes(title="input x", row=2)
    return figure.update_layout(
        template=TEMPLATE,
        title=f"{name}: the curve, and below it how steep it is (grey: nearly flat, |f′| < 0.1)",
        uirevision="activations",
    )
