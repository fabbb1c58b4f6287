"""Two maps of gradient norms, every depth by every layer, and one depth as curves that play."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.labels import powers_of_ten
from figures.playing import play_bar
from figures.theme import FIRST, SECOND, SEQUENTIAL, TEMPLATE
from views.gradients.vanishing.norms import DEEPEST, Side

COLOURS = (FIRST, SECOND)
DECADES = 12  # powers of ten that the colours span, counted from the largest gradient


def logarithm(norms: np.ndarray) -> np.ndarray:
    """log₁₀; NaN, which is not drawn, where a norm is exactly 0."""
    return np.log10(norms, out=np.full(np.shape(norms), np.nan), where=norms > 0)


def _layout(depth: int, norms: list[np.ndarray]) -> dict[str, Any]:
    """Three panels: the two maps, and the curves."""
    layers, depths = [0.5, DEEPEST + 1.5], [0.5, DEEPEST + 0.5]
    span = _span(norms)
    return {
        "template": TEMPLATE,
        "title": "How large the gradient (the teaching signal) is in each layer",
        "margin": {"t": 96},
        "uirevision": "vanishing",
        "xaxis": {"title": "layer (1 hears the input)", "range": layers, "domain": [0, 0.26]},
        "yaxis": {"title": "hidden layers in the network", "range": depths},
        "xaxis2": {
            "title": "layer", "range": layers, "domain": [0.295, 0.555], "anchor": "y2",
        },
        "yaxis2": {"range": depths, "anchor": "x2"},
        "xaxis3": {
            "title": "layer, network in the frame", "range": [0.5, depth + 1.5],
            "domain": [0.74, 1], "anchor": "y3",
        },
        "yaxis3": {
            "title": "length of gradient", "range": span, "anchor": "x3",
            **_powers(*span),
        },
    }  # fmt: skip


def _powers(low: float, high: float) -> dict[str, list]:
    """Ticks for an axis of logarithms, written as what they are logarithms of: 10⁻⁴."""
    ticks = powers_of_ten(low, high)
    return ticks | {"tickvals": [float(np.log10(tick)) for tick in ticks["tickvals"]]}


def depth_figure(sides: tuple[Side, Side], depth: int) -> go.Figure:
    """Two maps, all depths before the first step; beside them one depth, played through time."""
    logs = [logarithm(side.start) for side in sides]
    every = np.concatenate([log[np.isfinite(log)] for log in logs])
    top = float(every.max()) if every.size else 0.0
    bottom = max(float(every.min()) if every.size else -1.0, top - DECADES)
    traces = [_map(side, logs[i], i, bottom, top) for i, side in enumerate(sides)]
    filmed = [side.all for side in sides if side.all]
    with_maps = len(filmed) == len(sides)
    steps = sorted({int(step) for side in sides for step in side.one.steps})
    if with_maps:
        steps = filmed[0].steps.tolist()
    traces += [_curve(side, i, steps[0]) for i, side in enumerate(sides)]
    figure = go.Figure(traces, _layout(depth, [side.one.norms for side in sides]))
    figure.frames = [
        go.Frame(
            name=f"{step:,}",
            traces=[2, 3, *([0, 1] if with_maps else [])],
            data=[
                *(_curve(side, i, step) for i, side in enumerate(sides)),
                *(_map_frame(every.norms[at]) for every in filmed if with_maps),
            ],
        )
        for at, step in enumerate(steps)
    ]
    for i, side in enumerate(sides):
        axes = {"xref": f"x{i + 1 if i else ''}", "yref": f"y{i + 1 if i else ''}"}
        figure.add_shape(
            x0=0.5, x1=depth + 1.5, y0=depth - 0.5, y1=depth + 0.5, line={"color": COLOURS[i]},
            line_width=2, **axes,
        )  # fmt: skip
        figure.add_annotation(
            text=f"{side.recipe.activation}, weights {side.recipe.init}",
            x=0.5, xref=f"{axes['xref']} domain",
            y=1.01, yanchor="bottom", yref="paper", showarrow=False,
            font={"color": COLOURS[i], "size": 15},
        )  # fmt: skip
    return figure.update_layout(
        **play_bar(steps, left=0.68, redraw=True),
        annotations=[*figure.layout.annotations, *_names(sides)],
    )


def _map(side: Side, log: np.ndarray, i: int, bottom: float, top: float) -> go.Heatmap:
    axis = str(i + 1) if i else ""
    return go.Heatmap(
        x=np.arange(1, DEEPEST + 2),
        y=np.arange(1, DEEPEST + 1),
        z=log.astype(np.float32),
        customdata=side.start,
        name=side.recipe.name,
        zmin=bottom,
        zmax=top,
        colorscale=SEQUENTIAL,
        showscale=i == 1,
        colorbar={
            "x": 0.565,
            "xanchor": "left",
            "thickness": 10,
            "outlinewidth": 0,
            "title": {"text": "length", "side": "top"},
            **_powers(bottom, top),
        },
        hoverongaps=False,
        hovertemplate="layer %{x} of a network of %{y} hidden layers<br>"
        "gradient norm %{customdata:.6g}<extra></extra>",
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
    )


def _map_frame(norms: np.ndarray) -> go.Heatmap:
    """What changes in a map from one frame to the next."""
    return go.Heatmap(z=logarithm(norms).astype(np.float32), customdata=norms.astype(np.float32))


def _curve(side: Side, i: int, step: int) -> go.Scatter:
    """Norms by layer at this step."""
    norms = side.one.at(step)
    return go.Scatter(
        x=np.arange(1, len(norms) + 1),
        y=logarithm(norms),
        customdata=norms,
        name=f"{side.recipe.name} at one depth",
        mode="lines+markers",
        line={"color": COLOURS[i], "width": 3},
        marker={"size": 7, "symbol": ("circle", "square")[i]},
        hovertemplate="layer %{x}<br>gradient norm %{customdata:.8g}<extra></extra>",
        xaxis="x3",
        yaxis="y3",
    )


def _span(norms: list[np.ndarray]) -> list[float]:
    """Room for every frame, so that the axis stands still while the film plays."""
    logs = [log[np.isfinite(log)] for log in map(logarithm, norms)]
    every = np.concatenate(logs)
    if not every.size:
        return [-1.0, 1.0]
    margin = 0.08 * max(np.ptp(every), 1.0)
    return [float(every.min() - margin), float(every.max() + 2 * margin)]


def _names(sides: tuple[Side, Side]) -> list[dict]:
    """What sets each curve apart, in the upper corners, in the curve's own colour."""
    names = zip(*(side.recipe for side in sides), strict=True)
    short = next((pair for pair in names if pair[0] != pair[1]), ("first", "second"))
    return [
        {
            "text": f"{mark} {name}",
            "x": x, "xanchor": anchor, "xref": "x3 domain",
            "y": 0.99, "yanchor": "top", "yref": "y3 domain",
            "showarrow": False, "font": {"color": colour},
        }
        for name, mark, x, anchor, colour in zip(
            short, ("●", "■"), (0.01, 0.99), ("left", "right"), COLOURS, strict=True
        )
    ]  # fmt: skip
