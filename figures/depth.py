"""How large the gradient is in every layer, for networks of every depth, and while they learn."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.labels import powers_of_ten
from figures.playing import play_bar
from figures.theme import FIRST, SECOND, SEQUENTIAL, TEMPLATE
from nn_core import layer_norms, log_spaced
from runs.gradients import FILM_FRAMES, FILM_STEPS, LOSS, cloud_points, deep_network, deep_trainer
from runs.gradients_config import DEEPEST

COLOURS = (FIRST, SECOND)
FILM_STEPS_AT = log_spaced(FILM_STEPS, FILM_FRAMES)
MAP_STEPS = 100  # of the film of all depths: thirty trainings a side take their time
DECADES = 12  # powers of ten that the colours span, counted from the largest gradient


class DepthMap(NamedTuple):
    """Gradient norms by layer for networks of 1 to 30 hidden layers, before the first step."""

    name: str
    norms: np.ndarray  # (depths, layers); NaN where a network has no such layer


class DepthFilm(NamedTuple):
    """The same for one network, while it learns."""

    name: str
    steps: np.ndarray  # (frames,)
    norms: np.ndarray  # (frames, layers), layer 1 hears the input
    loss: np.ndarray  # (frames,)
    diverged_at: int | None

    def at(self, step: int) -> np.ndarray:
        """The norms at this step, or the last recorded ones if training had diverged by then."""
        return self.norms[self._frame(step)]

    def loss_at(self, step: int) -> float:
        """The loss then."""
        return float(self.loss[self._frame(step)])

    def _frame(self, step: int) -> int:
        return int(np.searchsorted(self.steps, step, side="right")) - 1


class MapFilm(NamedTuple):
    """Networks of every depth while they learn; one that diverged keeps its last gradients."""

    steps: np.ndarray  # (frames,)
    norms: np.ndarray  # (frames, depths, layers); NaN where a network has no such layer


class Side(NamedTuple):
    """One of the two recipes: all depths at the start, one depth through time, or all of them."""

    map: DepthMap
    film: DepthFilm
    map_film: MapFilm | None = None


def recipe(activation: str, init: str) -> str:
    """What a side is called."""
    return f"{activation}, {init}"


def start_norms(activation: str, init: str, depth: int, width: int, seed: int) -> list[float]:
    """The length of each layer's gradient before the first step, from a real backward pass."""
    net = deep_network(activation, init, depth, width, seed)
    x, t = cloud_points(64)
    trace = net.forward(x)
    net.backward(trace, LOSS.grad(trace[-1], t), input_gradient=False)
    return layer_norms(net)


def depth_map(activation: str, init: str, width: int, seed: int) -> DepthMap:
    """A backward pass through a network of every depth."""
    norms = np.full((DEEPEST, DEEPEST + 1), np.nan)
    for depth in range(1, DEEPEST + 1):
        norms[depth - 1, : depth + 1] = start_norms(activation, init, depth, width, seed)
    return DepthMap(recipe(activation, init), norms)


def depth_film(
    activation: str,
    init: str,
    depth: int,
    width: int,
    seed: int,
    lr: float,
    steps: int = FILM_STEPS,
) -> DepthFilm:
    """Norms by layer while a network of this depth learns; its first frame is the start."""
    start = start_norms(activation, init, depth, width, seed)
    trainer = deep_trainer(deep_network(activation, init, depth, width, seed), lr)
    trainer.run(steps=steps)
    history = trainer.history
    norms = np.array([start, *history["grad_norm"][1:]])
    seen, losses = np.array(history["step"]), np.array(history["loss"])
    return DepthFilm(recipe(activation, init), seen, norms, losses, trainer.diverged_at)


def map_film(
    activation: str, init: str, width: int, seed: int, lr: float, told: Callable[[float], None]
) -> MapFilm:
    """The first 100 steps of networks of every depth; `told` hears how far it is, 0 to 1."""
    steps = [step for step in FILM_STEPS_AT if step <= MAP_STEPS]
    norms = np.full((len(steps), DEEPEST, DEEPEST + 1), np.nan)
    for depth in range(1, DEEPEST + 1):
        film = depth_film(activation, init, depth, width, seed, lr, MAP_STEPS)
        for frame, step in enumerate(steps):
            norms[frame, depth - 1, : depth + 1] = film.at(step)
        told(depth / DEEPEST)
    return MapFilm(np.array(steps), norms)


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
        "uirevision": "depth",
        "xaxis": {"title": "layer (1 hears the input)", "range": layers, "domain": [0, 0.26]},
        "yaxis": {"title": "hidden layers in the network", "range": depths},
        "xaxis2": {
            "title": "layer", "range": layers, "domain": [0.295, 0.555], "anchor": "y2",
        },
        "yaxis2": {"range": depths, "anchor": "x2"},
        "xaxis3": {
            "title": "layer, marked network", "range": [0.5, depth + 1.5],
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
    logs = [logarithm(side.map.norms) for side in sides]
    every = np.concatenate([log[np.isfinite(log)] for log in logs])
    top = float(every.max()) if every.size else 0.0
    bottom = max(float(every.min()) if every.size else -1.0, top - DECADES)
    traces = [_map(side.map, logs[i], i, bottom, top) for i, side in enumerate(sides)]
    with_maps = all(side.map_film for side in sides)
    steps = sorted({int(step) for side in sides for step in side.film.steps})
    if with_maps:
        steps = sides[0].map_film.steps.tolist()
    traces += [_curve(side.film, i, steps[0]) for i, side in enumerate(sides)]
    figure = go.Figure(traces, _layout(depth, [side.film.norms for side in sides]))
    figure.frames = [
        go.Frame(
            name=f"{step:,}",
            traces=[2, 3, *([0, 1] if with_maps else [])],
            data=[
                *(_curve(side.film, i, step) for i, side in enumerate(sides)),
                *(_map_frame(side.map_film.norms[at]) for side in sides if with_maps),
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
            text=side.map.name.replace(", ", ", weights "), x=0.5, xref=f"{axes['xref']} domain",
            y=1.01, yanchor="bottom", yref="paper", showarrow=False,
            font={"color": COLOURS[i], "size": 15},
        )  # fmt: skip
    return figure.update_layout(
        **play_bar(steps, left=0.68, redraw=True),
        annotations=[*figure.layout.annotations, *_names(sides)],
    )


def _map(shown: DepthMap, log: np.ndarray, i: int, bottom: float, top: float) -> go.Heatmap:
    axis = str(i + 1) if i else ""
    return go.Heatmap(
        x=np.arange(1, DEEPEST + 2),
        y=np.arange(1, DEEPEST + 1),
        z=log.astype(np.float32),
        customdata=shown.norms,
        name=shown.name,
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


def _curve(film: DepthFilm, i: int, step: int) -> go.Scatter:
    """Norms by layer at this step."""
    norms = film.at(step)
    return go.Scatter(
        x=np.arange(1, len(norms) + 1),
        y=logarithm(norms),
        customdata=norms,
        name=f"{film.name} at one depth",
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
    names = zip(*(side.film.name.split(", ") for side in sides), strict=True)
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
