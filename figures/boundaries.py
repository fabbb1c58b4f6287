"""What a small network answers on the plane and at the four points, and how it got there."""

import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from figures.theme import DIVERGING, NEGATIVE, POSITIVE, SYMBOLS, TEMPLATE, TEXT
from nn_core import Trainer

LOW, HIGH, GRID = -0.5, 1.5, 41  # the plane around the four points, and the lines across it
COLOURS = (NEGATIVE, POSITIVE)
SECOND_PANEL = {"xaxis": "x2", "yaxis": "y2"}
THIRD_PANEL = {"xaxis": "x3", "yaxis": "y3"}


class BoundaryView(NamedTuple):
    """One moment of a network on the XOR points."""

    step: int
    axis: np.ndarray  # (GRID,) the values of x₁, and of x₂
    probability: np.ndarray  # (GRID, GRID) the answer at row x₂, column x₁
    x: np.ndarray  # (points, 2)
    targets: np.ndarray  # (points,) 0 or 1
    outputs: np.ndarray  # (points,) the answers there, from 0 to 1


class BoundaryHistory(NamedTuple):
    """The loss over the steps of training."""

    steps: np.ndarray
    loss: np.ndarray


def boundary_view(trainer: Trainer, step: int) -> BoundaryView:
    """The trainer's network as its snapshot at `step` has it; the trainer is left as it is."""
    net = trainer.net.copy()
    net.theta = trainer.snapshots[step]
    axis = np.linspace(LOW, HIGH, GRID)
    plane = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    answer = trainer.loss.output(net.predict(plane)).reshape(GRID, GRID)
    outputs = trainer.loss.output(net.predict(trainer.x))[:, 0]
    return BoundaryView(step, axis, answer, trainer.x, trainer.t[:, 0], outputs)


def boundary_history(history: Mapping[str, Sequence[float]]) -> BoundaryHistory:
    """The loss against the step, from a trainer's history."""
    return BoundaryHistory(np.array(history["step"]), np.array(history["loss"]))


def _plane(view: BoundaryView) -> go.Contour:
    """The answer everywhere, and the line where it is ½."""
    return go.Contour(
        x=view.axis,
        y=view.axis,
        z=view.probability.astype(np.float32),
        zmin=0,
        zmax=1,
        colorscale=DIVERGING,
        showscale=False,
        contours={"start": 0.5, "end": 0.5, "size": 1, "coloring": "heatmap"},
        line={"color": TEXT, "width": 3},
        name="answer",
        hovertemplate="x₁ = %{x:.3f}, x₂ = %{y:.3f}<br>answer %{z:.6f}<extra></extra>",
    )


def _points(view: BoundaryView) -> list:
    """The four points: colour and shape say what the right answer is."""
    traces = []
    for label in (0, 1):
        chosen = view.targets == label
        traces.append(
            go.Scatter(
                x=view.x[chosen, 0],
                y=view.x[chosen, 1],
                mode="markers",
                marker={
                    "color": COLOURS[label],
                    "symbol": SYMBOLS[label],
                    "size": 18,
                    "line": {"color": TEXT, "width": 2},
                },
                name=f"should be {label}",
                hovertemplate=f"(%{{x}}, %{{y}}) should be {label}<extra></extra>",
            )
        )
    return traces


def _answers(view: BoundaryView) -> list:
    """One bar a point, from ½ up or down to its answer, and a mark where it should end."""
    names = [f"{a:g}, {b:g}" for a, b in view.x]
    return [
        go.Bar(
            x=names,
            y=view.outputs - 0.5,
            base=0.5,
            marker={"color": [COLOURS[int(out > 0.5)] for out in view.outputs]},
            customdata=view.outputs,
            text=[f"{out:.3f}" for out in view.outputs],
            textposition="outside",
            textangle=0,
            constraintext="none",
            cliponaxis=False,
            name="answers",
            hovertemplate="(%{x}) → %{customdata:.10f}<extra></extra>",
            **SECOND_PANEL,
        ),
        go.Scatter(
            x=names,
            y=view.targets,
            mode="markers",
            marker={
                "symbol": "line-ew",
                "size": 28,
                "line": {"color": TEXT, "width": 3},
            },
            name="should be",
            hovertemplate="(%{x}) should be %{y:g}<extra></extra>",
            **SECOND_PANEL,
        ),
    ]


def _cursor(view: BoundaryView, history: BoundaryHistory) -> go.Scatter:
    """Where on the loss curve this moment is. A logarithmic axis has no 0: step 0 sits at 1."""
    loss = np.interp(view.step, history.steps, history.loss)
    return go.Scatter(
        x=[max(view.step, 1)],
        y=[loss],
        mode="markers",
        marker={"color": TEXT, "size": 12},
        name="now",
        hovertemplate=f"step {view.step:,}<br>loss {loss:.10g}<extra></extra>",
        **THIRD_PANEL,
    )


@functools.cache
def _panels() -> dict:
    """The layout that all these figures share; laying out panels takes longer than filling them."""
    panels = make_subplots(
        cols=3,
        column_widths=[0.38, 0.32, 0.3],
        horizontal_spacing=0.1,
        subplot_titles=["Its answer everywhere", "Its four answers", "How wrong it was"],
    )
    span = {"range": [LOW, HIGH], "tickvals": [0, 1], "showgrid": False, "zeroline": False}
    panels.update_xaxes(title="input x₁", col=1, **span)
    panels.update_yaxes(title="input x₂", col=1, **span)
    panels.update_xaxes(title="point x₁, x₂", tickangle=0, type="category", col=2)
    panels.update_yaxes(title="answer", range=[-0.16, 1.16], tickvals=[0, 0.5, 1], col=2)
    panels.update_xaxes(title="step, each mark ×10", type="log", dtick=1, col=3)
    panels.update_yaxes(title="loss", rangemode="tozero", col=3)
    panels.update_layout(template=TEMPLATE, uirevision="boundaries")
    return panels.layout.to_plotly_json()


def boundary_figure(view: BoundaryView, history: BoundaryHistory) -> go.Figure:
    """From left to right: the plane and its boundary, the four answers, the loss on the way."""
    loss = go.Scatter(
        x=history.steps[1:],
        y=history.loss[1:],
        line={"color": TEXT, "width": 3},
        name="loss",
        hovertemplate="step %{x:,}<br>loss %{y:.10g}<extra></extra>",
        **THIRD_PANEL,
    )
    traces = [_plane(view), *_points(view), *_answers(view), loss, _cursor(view, history)]
    return go.Figure(traces, _panels()).update_layout(title_text=f"After {view.step:,} steps")


def boundary_film(views: Sequence[BoundaryView], history: BoundaryHistory) -> go.Figure:
    """The same picture through time: opens on its last moment, plays and scrubs in the browser."""
    figure = boundary_figure(views[-1], history)
    cursor = len(figure.data) - 1
    figure.frames = [
        go.Frame(
            name=f"{view.step:,}",
            data=[_plane(view), _answers(view)[0], _cursor(view, history)],
            traces=[0, 3, cursor],
            layout={"title": {"text": f"After {view.step:,} steps"}},
        )
        for view in views
    ]
    at_once = {"mode": "immediate", "transition": {"duration": 0}}
    still = at_once | {"frame": {"duration": 0, "redraw": True}}
    playing = at_once | {"frame": {"duration": 60, "redraw": True}}
    figure.update_layout(
        updatemenus=[
            {
                "type": "buttons",
                "direction": "left",
                "x": 0.17,
                "y": 1.2,
                "xanchor": "left",
                "yanchor": "bottom",
                "showactive": False,
                "bgcolor": "var(--st-secondary-background-color)",
                "bordercolor": "var(--st-border-color)",
                "buttons": [
                    {"label": "▶ Play", "method": "animate", "args": [None, playing]},
                    {"label": "❚❚", "method": "animate", "args": [[None], still]},
                ],
            }
        ],
        sliders=[
            {
                "active": len(views) - 1,
                "x": 0.34,
                "y": 1.22,
                "yanchor": "bottom",
                "len": 0.66,
                "currentvalue": {"visible": False},
                "ticklen": 0,
                "minorticklen": 0,
                "font": {"color": "rgba(0,0,0,0)"},
                "steps": [
                    {
                        "label": f"{view.step:,}",
                        "method": "animate",
                        "args": [[f"{view.step:,}"], still],
                    }
                    for view in views
                ],
            }
        ],
        margin={"t": 108},
    )
    return figure
