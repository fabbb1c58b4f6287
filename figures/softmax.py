"""Softmax: scores become shares of 1, and every share depends on every score."""

import functools
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.theme import DIVERGING, FIRST, TEMPLATE
from nn_core import SoftmaxCrossEntropy

STEEPEST = 0.25  # times 1/T: no slope of softmax is larger, whatever the scores


class Softmax(NamedTuple):
    """Scores z and temperature T, the shares p (classes,), and ∂p/∂z (classes, classes)."""

    z: np.ndarray
    temperature: float
    p: np.ndarray
    jacobian: np.ndarray


def softmax(z: list[float], temperature: float) -> Softmax:
    """p = softmax(z / T), and its Jacobian ∂pᵢ/∂zⱼ = pᵢ ([i = j] − pⱼ) / T."""
    scores = np.array(z)
    p = SoftmaxCrossEntropy().output(scores[None] / temperature)[0]
    jacobian = (np.diag(p) - np.outer(p, p)) / temperature
    return Softmax(scores, temperature, p, jacobian)


@functools.cache
def _panels() -> dict:
    panels = make_subplots(cols=2, horizontal_spacing=0.1, column_widths=[0.5, 0.5])
    panels.update_yaxes(title="share p", range=[0, 1.08], col=1)
    panels.update_xaxes(title="class and its score z", col=1, type="category")
    panels.update_xaxes(title="score z that moves", col=2, type="category")
    panels.update_yaxes(title="share p that follows", col=2, type="category", autorange="reversed")
    panels.update_layout(template=TEMPLATE, uirevision="softmax")
    return panels.layout.to_plotly_json()


def softmax_figure(seen: Softmax) -> go.Figure:
    """The shares as bars, and how each follows each score as a heatmap centred at 0.

    Full colour is the steepest that softmax can be at this temperature, so what is flat is pale.
    """
    figure = go.Figure(layout=_panels())
    classes = [f"{i + 1}" for i in range(len(seen.z))]
    figure.add_bar(
        x=[f"{name}: {z:g}".replace("-", "−") for name, z in zip(classes, seen.z, strict=True)],
        y=seen.p,
        name="p",
        marker_color=FIRST,
        text=[f"{p:.3f}" for p in seen.p],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="class %{x}<br>p = %{y:.8f}<extra></extra>",
        xaxis="x",
        yaxis="y",
    )
    largest = STEEPEST / seen.temperature
    figure.add_heatmap(
        x=[f"z{name}" for name in classes],
        y=[f"p{name}" for name in classes],
        z=seen.jacobian,
        name="Jacobian",
        zmin=-largest,
        zmax=largest,
        zmid=0,
        colorscale=DIVERGING,
        text=[[_in_cell(slope) for slope in row] for row in seen.jacobian],
        texttemplate="%{text}",
        showscale=False,
        hovertemplate="∂%{y}/∂%{x} = %{z:.8f}<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )
    return figure.update_layout(
        title_text=f"Softmax at temperature {seen.temperature:g}: shares, and how each follows "
        "each score"
    )


def _in_cell(slope: float) -> str:
    """Three digits after the point; of what would read 0.000 only that it is near 0."""
    return "≈ 0" if abs(slope) < 5e-4 else f"{slope:.3f}".replace("-", "−")
