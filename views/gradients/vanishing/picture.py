"""Two maps of gradient norms, every depth by every layer, and one depth as curves that play."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.labels import powers_of_ten
from figures.narrow import narrow
from figures.playing import changes, playing
from figures.theme import FIRST, SECOND, SEQUENTIAL, TEMPLATE, TEXT
from figures.unchecked import figure_of
from recipes.meanings import briefly
from views.gradients.vanishing.norms import DEEPEST, Side, film_steps, filmed

COLOURS = (FIRST, SECOND)
DECADES = 12  # powers of ten that the colours span, counted from the largest gradient
FEW = 3  # ticks, for the maps are low on a phone


# Below each other, on a phone: every panel as wide as it is.
NARROW = narrow(
    {
        "margin": {"t": 84, "r": 62},
        "xaxis": {"domain": [0, 1]},
        "yaxis": {"domain": [0.75, 1]},
        "xaxis2": {"domain": [0, 1], "title": {"text": "layer (1 hears the input)"}},
        "yaxis2": {"domain": [0.375, 0.625], "title": {"text": "hidden layers"}},
        "xaxis3": {"domain": [0, 1]},
        "yaxis3": {"domain": [0, 0.25]},
        "meta": {"lowest": 930},
    },
    bar={"x": 1.02, "y": 1, "yanchor": "top", "len": 0.625},
)


def logarithm(norms: np.ndarray) -> np.ndarray:
    """log₁₀; NaN, which is not drawn, where a norm is exactly 0."""
    return np.log10(norms, out=np.full(np.shape(norms), np.nan), where=norms > 0)


def _layout(depth: int, norms: list[np.ndarray]) -> dict[str, Any]:
    """Three panels: the two maps, and the curves."""
    layers, depths = [0.5, DEEPEST + 1.5], [0.5, DEEPEST + 0.5]
    span = _span(norms)
    return {
        "template": TEMPLATE,
        "title": {
            "text": "The teaching signal (gradient) in each layer: where the colour fades, little "
            "is left"
        },
        "margin": {"t": 84},
        "uirevision": "vanishing",
        "xaxis": {
            "title": {"text": "layer (1 hears the input)"}, "range": layers, "domain": [0, 0.26],
        },
        "yaxis": {"title": {"text": "hidden layers"}, "range": depths},
        "xaxis2": {
            "title": {"text": "layer"}, "range": layers, "domain": [0.295, 0.555], "anchor": "y2",
        },
        "yaxis2": {"range": depths, "anchor": "x2"},
        "xaxis3": {
            "title": {"text": "layer (1 hears the input)"}, "range": [0.5, depth + 1.5],
            "domain": [0.74, 1], "anchor": "y3",
        },
        "yaxis3": {
            "title": {"text": "length of gradient"}, "range": span, "anchor": "x3",
            **_powers(*span),
        },
    }  # fmt: skip


def _powers(low: float, high: float) -> dict[str, list]:
    """Ticks for an axis of logarithms, written as what they are logarithms of: 10⁻⁴."""
    ticks = powers_of_ten(low, high, FEW)
    return ticks | {"tickvals": [float(np.log10(tick)) for tick in ticks["tickvals"]]}


def depth_figure(sides: tuple[Side, Side], depth: int) -> go.Figure:
    """Two maps, all depths before the first step; beside them one depth, played through time."""
    logs = [logarithm(side.start) for side in sides]
    every = np.concatenate([log[np.isfinite(log)] for log in logs])
    top = float(every.max()) if every.size else 0.0
    bottom = max(float(every.min()) if every.size else -1.0, top - DECADES)
    traces = [_map(side, logs[i], i, bottom, top) for i, side in enumerate(sides)]
    steps = film_steps(sides)
    traces += [_curve(side, i) for i, side in enumerate(sides)]
    logs_at = [[logarithm(side.one.at(step)) for step in steps] for side in sides]
    moving = [changes(i, "y", y=np.array(logs_at[i - 2])) for i in (2, 3)]
    if filmed(sides):
        reels = [side.all.norms for side in sides if side.all]
        moving += [changes(i, "z", z=logarithm(norms)) for i, norms in enumerate(reels)]
    else:
        traces += [_row(traces[i], logs_at[i][0], depth) for i in (0, 1)]
        moving += [changes(i, "z", z=np.array(logs_at[i - 4])[:, np.newaxis]) for i in (4, 5)]
    frames, words = [], []
    for i, side in enumerate(sides):
        axes = {"xref": f"x{i + 1 if i else ''}", "yref": f"y{i + 1 if i else ''}"}
        frames.append({
            "x0": 0.5, "x1": depth + 1.5, "y0": depth - 0.5, "y1": depth + 0.5,
            "line": {"color": COLOURS[i], "width": 2}, **axes,
        })  # fmt: skip
        words.append(_head(side.recipe.name, axes["xref"], axes["yref"], COLOURS[i]))
        if not filmed(sides):
            words.append(_moments(axes))
    layers = "1 hidden layer" if depth == 1 else f"{depth} hidden layers"
    words += [_head(f"framed: {layers}", "x3", "y3", TEXT), *_names(sides)]
    layout = _layout(depth, [side.one.norms for side in sides])
    meta = playing(steps, moving, seconds=5, opens=0) | NARROW
    return figure_of(traces, layout | {"shapes": frames, "annotations": words, "meta": meta})


def _head(text: str, across: str, up: str, colour: str) -> dict[str, Any]:
    """What stands over a panel."""
    return {
        "text": text, "x": 0.5, "xref": f"{across} domain", "y": 1.01, "yanchor": "bottom",
        "yref": f"{up} domain", "showarrow": False, "font": {"color": colour, "size": 15},
    }  # fmt: skip


def _moments(axes: dict[str, str]) -> dict[str, Any]:
    """Which moment a map shows, in its corner that no network reaches."""
    return {
        "text": "framed: now<br>others: step 0", "x": DEEPEST + 1.4, "xanchor": "right",
        "y": 0.5, "yanchor": "bottom", "align": "right", "showarrow": False, **axes,
    }  # fmt: skip


def _map(side: Side, log: np.ndarray, i: int, bottom: float, top: float) -> dict[str, Any]:
    axis = str(i + 1) if i else ""
    return dict(
        type="heatmap",
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
        "gradient %{customdata:.5g} long<extra></extra>",
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
    )


def _row(over: dict[str, Any], log: np.ndarray, depth: int) -> dict[str, Any]:
    """The framed network's row of a map, which plays while the others stay at the start."""
    return over | {
        "x": np.arange(1, len(log) + 1), "y": [depth], "z": log[np.newaxis].astype(np.float32),
        "customdata": 10.0 ** log[np.newaxis], "showscale": False,
        "name": f"{over['name']}, framed",
    }  # fmt: skip


def _curve(side: Side, i: int) -> dict[str, Any]:
    """Norms by layer before the first step."""
    norms = side.one.norms[0]
    return dict(
        type="scatter",
        x=np.arange(1, len(norms) + 1),
        y=logarithm(norms),
        customdata=norms,
        name=f"{side.recipe.name} at one depth",
        mode="lines+markers",
        line={"color": COLOURS[i], "width": 3},
        marker={"size": 7, "symbol": ("circle", "square")[i]},
        hovertemplate="layer %{x}<br>gradient %{customdata:.5g} long<extra></extra>",
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
    return [float(every.min() - margin), float(every.max() + 3.5 * margin)]


def _names(sides: tuple[Side, Side]) -> list[dict]:
    """What sets each curve apart, in the upper corners, in the curve's own colour."""
    recipes = [side.recipe for side in sides]
    names = [[one.activation for one in recipes], [briefly(one.init) for one in recipes]]
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
