"""The loss over a plane of parameter space, and trainings that roll over it: drawn, and said."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.axes import log_axis
from figures.heights import LEFT, height, loss_bar, marks
from figures.labels import label_ends
from figures.narrow import narrow
from figures.playing import follows, grows, playing, points
from figures.surface import rolls, seen_in, surface_layout, surface_traces
from figures.theme import ACCENT, BACKGROUND, CATEGORICAL, GREY, TEMPLATE, TEXT, VALLEYS
from figures.unchecked import figure_of
from figures.words import Said, number
from recipes.ground import SEARCH_STEPS, Ground, Landscape, Path
from recipes.judgement import SOLVED, UNSOLVED
from recipes.rolling import Astray, Rolling

RIGHT = [0.649, 0.893]  # the losses' share of the width
BELOW = {"domain": [0, 0.3]}  # the losses, where there is no room beside the landscape
ARROW = 0.14  # its length, as a share of the picture's width


def landscape_figure(land: Landscape, paths: Sequence[Path], name: str) -> go.Figure:
    """The landscape from above with all paths; beside it their losses; all play in step.

    A reader's zoom is kept from one figure to the next of the same `name`.
    """
    traces, moving = [_ground(land)], []
    for path, colour in zip(paths, _colours(paths), strict=False):
        traces += [] if path.dashed else [_halo(path)]
        traces.append(_line(path, colour))
        moving += [grows(k) for k in range(len(traces) - (1 if path.dashed else 2), len(traces))]
    curves = {path.name: k for k, path in _lines(traces, paths)}
    traces += _marks(land)
    for path, colour in zip(paths, _colours(paths), strict=False):
        traces.append(_ball(path, colour))
        moving.append(follows(len(traces) - 1, curves[path.name]))
    return _with_losses(land, paths, name, traces, moving, _from_above(land))


def rolling_figure(land: Landscape, path: Path, beside: Rolling, surface: bool) -> go.Figure:
    """One training on the landscape, with its gradient at every moment, or on the surface.

    Beside it are the true loss and the one that the map has under the path.
    """
    if surface:
        traces: list[Any] = surface_traces(land, path, beside.on_map)
        figure = _with_losses(
            land, [path], "surface", traces, [grows(1), rolls(2, land, path, beside.on_map)],
            surface_layout(land), beside.on_map,
        )  # fmt: skip
        figure.layout.meta["scene"] = seen_in(land)
    else:
        reach = ARROW * (land.a[-1] - land.a[0]) * beside.uphill
        traces = [_ground(land), _halo(path), _line(path, TEXT), *_marks(land)]
        ball = len(traces)
        traces += [
            _arrow(path, reach[-1], "gradient", GREY, "top center"),
            _arrow(path, -reach[-1], "training", ACCENT, "bottom center"),
            _ball(path, ACCENT),
        ]
        moving = [grows(1), grows(2), points(ball, 2, reach), points(ball + 1, 2, -reach)]
        figure = _with_losses(
            land, [path], "contours", traces, [*moving, follows(ball + 2, 2)],
            _from_above(land), beside.on_map,
        )  # fmt: skip
    figure.layout.meta["film"]["readings"]["gradient"] = beside.length.astype(np.float32)
    return figure


def _with_losses(
    land: Landscape,
    paths: Sequence[Path],
    name: str,
    traces: list[Any],
    moving: list[dict[str, Any]],
    layout: dict[str, Any],
    on_map: np.ndarray | None = None,
) -> go.Figure:
    """The panel of losses beside a landscape, and what plays in both."""
    surface, steps = "scene" in layout, max(len(path.loss) for path in paths)
    axis = "" if surface else "2"
    on_axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    every = [path.loss for path in paths]
    if on_map is not None:
        every.append(on_map[land.holds(paths[0].at)])
        traces.append(_curve(on_map, "on the map", GREY, "dot", on_axes))
        moving.append(grows(len(traces) - 1))
    for path, colour in zip(paths, _colours(paths), strict=False):
        traces.append(_curve(path.loss, f"loss of {path.name}", colour, _dash(path), on_axes))
        mark = {"color": ACCENT if len(paths) == 1 else colour, "size": 11}
        at = {"x": [len(path.loss) - 1], "y": path.loss[-1:]}
        traces.append(
            dict(
                type="scatter",
                **at, **on_axes, name="now", mode="markers", marker=mark, hoverinfo="skip",
                cliponaxis=False,
            )
        )  # fmt: skip
        moving += [grows(len(traces) - 2), follows(len(traces) - 1, len(traces) - 2)]
    losses = log_axis(np.concatenate(every), "loss (log scale)")
    readings = {"loss": paths[0].loss} if len(paths) == 1 else {}
    layout = {
        "template": TEMPLATE, "title": {"text": _title(land, surface)}, "uirevision": name,
        f"xaxis{axis}": {
            "title": {"text": "step"}, "domain": RIGHT, "anchor": f"y{axis}",
            "range": [0, steps - 1], "nticks": 4,
        },
        f"yaxis{axis}": losses | {"anchor": f"x{axis}"},
        "meta": playing(np.arange(steps), moving, readings) | _narrow(land, axis),
    } | layout  # fmt: skip
    ends = {f"loss of {path.name}": (path.name, path.loss[-1]) for path in paths}
    if on_map is not None:
        true = f"loss of {paths[0].name}"
        ends = {true: ("true", paths[0].loss[-1]), "on the map": ("on map", on_map[-1])}
    shown = {curve: end for curve, end in ends.items() if np.isfinite(end[1]) and end[1] > 0}
    low, high = losses["range"]
    places = [[trace["name"] for trace in traces].index(curve) for curve in shown]
    label_ends(
        layout, 1 if surface else 2, [name for name, _ in shown.values()],
        [float(np.clip(np.log10(loss), low, high)) for _, loss in shown.values()], (low, high),
        0.06, [traces[place]["line"]["color"] for place in places], places,
    )  # fmt: skip
    return figure_of(traces, layout)


def _narrow(land: Landscape, axis: str) -> dict[str, Any]:
    """On a phone the losses, which have the axes of that number, stand below the landscape.

    The scale of colours lies above it, so that the landscape has all of the width.
    """
    above, along = [0.42, 0.87], "towards the solution" if land.true else "random direction 1"
    losses = [0, 0.72]  # of the width: their names stand beside them
    if axis:
        upper = {"xaxis": {"domain": [0, 1], "title": {"text": along}}, "yaxis": {"domain": above}}
        margin = {"l": 60, "r": 16}
    else:
        upper = {"scene": {"domain": {"x": [0, 1], "y": above}}}
        margin, losses = {"l": 8, "r": 16}, [0.17, 0.76]
    below = {f"xaxis{axis}": {"domain": losses}, f"yaxis{axis}": BELOW}
    room = {"margin": margin, "meta": {"least": 288, "lowest": 700}}
    bar = {"orientation": "h", "x": 0.5, "xanchor": "center", "y": 1, "yanchor": "top", "len": 0.9}
    return narrow(upper | below | room, bar=bar)


def _colours(paths: Sequence[Path]) -> list[str]:
    return [TEXT] if len(paths) == 1 else [*CATEGORICAL]


def _lines(traces: list[Any], paths: Sequence[Path]) -> list[tuple[int, Path]]:
    """Each path, and which trace draws it."""
    names = [trace["name"] for trace in traces]
    return [(names.index(path.name), path) for path in paths]


def _title(land: Landscape, surface: bool) -> str:
    where = "" if land.true else ", in two random directions from a solution"
    if surface:
        return (
            f"The loss (how wrong the network is) as hills and valleys: strong colour is low{where}"
        )
    return f"A map of the loss (how wrong the network is): strong colour is low{where}"


def _from_above(land: Landscape) -> dict[str, Any]:
    titles = (
        ("distance from the seed's start towards the solution", "sideways")
        if land.true
        else ("random direction 1 (1 is as long as the weights)", "random direction 2")
    )
    return {
        "xaxis": {
            "title": {"text": titles[0]},
            "range": [land.a[0], land.a[-1]],
            "domain": LEFT,
        },
        "yaxis": {"title": {"text": titles[1]}, "range": [land.b[0], land.b[-1]]},
        "annotations": _mark_names(land),
    }


def _ground(land: Landscape) -> dict[str, Any]:
    return dict(
        type="contour",
        x=land.a, y=land.b, z=height(land.loss).astype(np.float32), customdata=land.loss,
        name="landscape", colorscale=VALLEYS, ncontours=24,
        line={"width": 0.5, "color": GREY},
        colorbar=loss_bar(land.loss),
        hovertemplate="(%{x:.3f}, %{y:.3f})<br>loss %{customdata:.8g}<extra></extra>",
    )  # fmt: skip


def _marks(land: Landscape) -> list[dict[str, Any]]:
    return [
        dict(
            type="scatter", x=[at[0]], y=[at[1]], name=name, mode="markers",
            marker={"size": 13, "symbol": symbol, "color": BACKGROUND,
                    "line": {"color": TEXT, "width": 2}},
            hovertemplate=f"{name}<br>(%{{x:.4f}}, %{{y:.4f}})<extra></extra>",
        )
        for name, at, symbol in marks(land)
    ]  # fmt: skip


def _mark_names(land: Landscape) -> list[dict[str, Any]]:
    """The three names, each beside its mark (`chart/beside.js`), on a ground of their own."""
    look = {"showarrow": False, "bgcolor": BACKGROUND, "opacity": 0.85, "borderpad": 1}
    return [
        {"name": "a mark", "text": name, "x": at[0], "y": at[1], **look}
        for name, at, _ in marks(land)
    ]


def _dash(path: Path) -> str:
    return "12px,12px" if path.dashed else "solid"


def _on_plane(path: Path) -> dict[str, np.ndarray]:
    across, up = path.at.astype(np.float32).T
    return {"x": across, "y": up}


def _halo(path: Path) -> dict[str, Any]:
    """A pale line under a path, so that it stands out on dark and on light ground."""
    return dict(
        type="scatter",
        **_on_plane(path), mode="lines", line={"color": BACKGROUND, "width": 6}, name="halo",
        hoverinfo="skip", opacity=0.7,
    )  # fmt: skip


def _line(path: Path, colour: str) -> dict[str, Any]:
    return dict(
        type="scatter", **_on_plane(path), name=path.name,
        mode="lines" if path.dashed else "lines+markers",  # dots would fill the gaps
        line={"color": colour, "width": 3, "dash": _dash(path)}, marker={"size": 4},
        customdata=np.column_stack([path.loss, path.distance]).astype(np.float32),
        hovertemplate=f"{path.name}, step %{{pointNumber}}<br>"
        "loss %{customdata[0]:.6g}<br>%{customdata[1]:.4f} from the plane<extra></extra>",
    )  # fmt: skip


def _ball(path: Path, colour: str) -> dict[str, Any]:
    """Where training is at the moment."""
    return dict(
        type="scatter",
        x=path.at[-1:, 0], y=path.at[-1:, 1], name="ball", mode="markers", hoverinfo="skip",
        marker={"size": 17, "color": colour, "line": {"color": BACKGROUND, "width": 2}},
    )  # fmt: skip


def _arrow(path: Path, reach: np.ndarray, name: str, colour: str, beside: str) -> dict[str, Any]:
    """From the ball, named at its tip."""
    x, y = path.at[-1]
    return dict(
        type="scatter",
        x=[x, x + reach[0]], y=[y, y + reach[1]], name=name, mode="lines+markers+text",
        text=["", f"<b>{name}</b>"], textposition=beside, textfont={"color": TEXT},
        line={"color": TEXT, "width": 3},
        marker={"symbol": "arrow", "angleref": "previous", "size": [0, 18], "color": colour,
                "line": {"color": TEXT, "width": 1}},
        hoverinfo="skip",
    )  # fmt: skip


def _curve(
    loss: np.ndarray, name: str, colour: str, dash: str, axes: dict[str, str]
) -> dict[str, Any]:
    """A loss by step."""
    return dict(
        type="scatter",
        x=np.arange(len(loss)), y=np.where(loss > 0, loss, np.nan), name=name, mode="lines",
        line={"color": colour, "width": 2.5, "dash": dash},
        hovertemplate=f"{name}<br>step %{{x}}<br>loss %{{y:.8g}}<extra></extra>", **axes,
    )  # fmt: skip


def off_picture(parameters: int, off: float, width: float, who: str) -> str:
    """How far the picture is from the truth; `who` is what is up to so far off it."""
    return (
        f"A picture has 2 of this network's {parameters} directions; {who} up to **{number(off)}** "
        f"off it ({number(width)} wide)."
    )


def misleads(found: Astray | None, who: str = "training") -> str:
    """That the map says another loss than is true, where it does; "" elsewhere."""
    if found is None:
        return ""
    return (
        f"**The map misleads here**: {who} is not on its plane. At step {found.step:,} the map "
        f"shows a loss of {number(found.on_map)}, the true one is **{number(found.true)}**."
    )


def misled(found: Astray | None, who: str = "training") -> list[Said]:
    """The same for a film: from the step on at which the map is first wrong, and at its worst."""
    both = [one for one in (found and found.first, found) if one]
    return [Said(one.step, misleads(one, who)) for one in both]


def what_the_star_is(ground: Ground, land: Landscape) -> str:
    """Why the mark of the solution is not where the colour is strongest."""
    if ground.solution_loss >= SOLVED:
        return ""
    lowest = float(np.nanmin(land.loss))
    lower = f"; the map goes lower, to {number(lowest)}"
    return (
        f"The *solution* is where a training of {SEARCH_STEPS:,} steps ended, at loss "
        f"{number(ground.solution_loss)}{lower if lowest < ground.solution_loss else ''}."
    )


def found_less(ground: Ground) -> str:
    """What the plane was made of, where the search found less than its names say."""
    sentence = ""
    if ground.solution_loss >= SOLVED:
        sentence = (
            " None of 32 runs solved XOR, so the best end stands for the solution "
            f"(loss {number(ground.solution_loss)})."
        )
    if ground.stuck_loss <= UNSOLVED:
        sentence += (
            " None of 32 runs got stuck, so the worst end stands for the stuck run "
            f"(loss {number(ground.stuck_loss)})."
        )
    return sentence
