"""The loss over a plane of parameter space, and trainings as paths on it: drawn, and in words."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.axes import log_axis, tick_text
from figures.labels import label_ends
from figures.theme import BACKGROUND, CATEGORICAL, GREY, GRID, TEMPLATE, TEXT, VALLEYS
from figures.words import number
from recipes.ground import ASPECT, Ground, Landscape, Path
from recipes.judgement import SOLVED, UNSOLVED

LEFT, RIGHT = [0.0, 0.52], [0.68, 0.9]  # shares of the width: the landscape, the losses


def height(loss: np.ndarray) -> np.ndarray:
    """What is drawn as height and colour: log₁₀ of the loss, NaN where that is not finite."""
    loss = np.asarray(loss, float)
    known = np.isfinite(loss) & (loss > 0)
    return np.log10(loss, out=np.full(loss.shape, np.nan), where=known)


def landscape_figure(
    land: Landscape, paths: list[Path], name: str, surface: bool = False
) -> go.Figure:
    """The landscape from above or as a surface, with all paths; beside it their losses.

    A reader's zoom is kept from one figure to the next of the same `name`.
    """
    colours = [TEXT] if len(paths) == 1 else [*CATEGORICAL]
    curves = "x" if surface else "x2"
    traces = _surface(land, paths, colours) if surface else _contours(land, paths, colours)
    traces += [
        go.Scatter(
            x=np.arange(len(path.loss)), y=np.where(path.loss > 0, path.loss, np.nan),
            name=f"loss of {path.name}", mode="lines",
            line={"color": colour, "width": 2, "dash": _dash(path)},
            hovertemplate=f"{path.name}<br>step %{{x}}<br>loss %{{y:.8g}}<extra></extra>",
            xaxis=curves, yaxis=curves.replace("x", "y"),
        )
        for path, colour in zip(paths, colours, strict=False)
    ]  # fmt: skip
    losses = log_axis(np.concatenate([path.loss for path in paths]), "loss (log scale)")
    layout = {
        "template": TEMPLATE, "title": _title(land), "uirevision": name,
        curves.replace("x", "xaxis"): {
            "title": "step", "domain": RIGHT, "anchor": curves.replace("x", "y"),
        },
        curves.replace("x", "yaxis"): losses | {"anchor": curves},
    }  # fmt: skip
    layout |= _scene(land) if surface else _plane_axes(land)
    figure = go.Figure(traces, layout)
    if not surface:
        figure.update_layout(annotations=_mark_names(land))
    if len(paths) > 1:
        shown = [(p, c) for p, c in zip(paths, colours, strict=True) if p.loss[-1] > 0]
        names, ends = [p.name for p, _ in shown], [np.log10(p.loss[-1]) for p, _ in shown]
        shades = [colour for _, colour in shown]
        label_ends(figure, 1 if surface else 2, names, ends, losses["range"], 0.06, shades)
    return figure


def _title(land: Landscape) -> str:
    if land.true:
        return "The loss on the plane through a start, a solution and a stuck run"
    return "The loss around a solution, in two random directions (start and stuck run: nearest)"


def _plane_axes(land: Landscape) -> dict[str, Any]:
    return {
        "xaxis": {"title": _axis_title(land, 0), "range": [land.a[0], land.a[-1]], "domain": LEFT},
        "yaxis": {"title": _axis_title(land, 1), "range": [land.b[0], land.b[-1]]},
    }


def _scene(land: Landscape) -> dict[str, Any]:
    """Seen from over the start, high enough to look into the valley of the solution."""
    titles = ("to the solution", "across") if land.true else ("direction 1", "direction 2")
    grid = {
        "nticks": 3, "gridcolor": GRID, "backgroundcolor": "rgba(0,0,0,0)", "color": TEXT,
        "tickfont": {"size": 14},
    }  # fmt: skip
    return {
        "scene": {
            "domain": {"x": [0, LEFT[1] + 0.06], "y": [0, 1]},
            "xaxis": grid | {"title": _scene_title(titles[0])},
            "yaxis": grid | {"title": _scene_title(titles[1])},
            "zaxis": grid | {"title": _scene_title("loss")} | _loss_ticks(land.loss, every=2),
            "aspectmode": "manual",
            "aspectratio": {"x": ASPECT, "y": 1, "z": 0.7},
            "annotations": _surface_names(land),
            "camera": {"eye": {"x": -1.05, "y": -1.45, "z": 1.15}, "center": {"z": -0.25}},
        },
        "margin": {"l": 8},
    }


def _scene_title(text: str) -> dict[str, Any]:
    """The size is its own: a scene draws its type larger than the rest of a figure does."""
    return {"text": text, "font": {"size": 16}}


def _surface_names(land: Landscape) -> list[dict[str, Any]]:
    """The three names, in front of everything: a hill may hide a mark, not its name."""
    marks = _marks(land)
    heights = height(_nearest(land, np.stack([at for _, at, _ in marks])))
    return [
        {
            "text": name, "x": at[0], "y": at[1], "z": z, "ax": 0, "ay": -28,
            "font": {"color": TEXT}, "bgcolor": BACKGROUND,
            "opacity": 0.85, "arrowcolor": TEXT, "arrowhead": 0,
        }
        for (name, at, _), z in zip(marks, heights, strict=True)
    ]  # fmt: skip


def _axis_title(land: Landscape, direction: int) -> str:
    if not land.true:
        return ("random direction 1 (1 is as long as the weights)", "random direction 2")[direction]
    return "distance from the start towards the solution" if direction == 0 else "distance sideways"


def _marks(land: Landscape) -> list[tuple[str, np.ndarray, str]]:
    return [
        ("start", land.start, "circle"),
        ("solution", land.solution, "star"),
        ("stuck run", land.stuck, "x"),
    ]


def _contours(land: Landscape, paths: list[Path], colours: list[str]) -> list:
    traces = [
        go.Contour(
            x=land.a, y=land.b, z=height(land.loss).astype(np.float32), customdata=land.loss,
            name="landscape", colorscale=VALLEYS, ncontours=24,
            line={"width": 0.5, "color": GREY},
            colorbar=_loss_bar(land.loss),
            hovertemplate="(%{x:.3f}, %{y:.3f})<br>loss %{customdata:.8g}<extra></extra>",
        )
    ]  # fmt: skip
    for path, colour in zip(paths, colours, strict=False):
        traces += (
            [_line(path, colour)] if _dash(path) != "solid" else [_halo(path), _line(path, colour)]
        )
    for name, at, symbol in _marks(land):
        traces.append(
            go.Scatter(
                x=[at[0]], y=[at[1]], name=name, mode="markers",
                marker={"size": 13, "symbol": symbol, "color": BACKGROUND,
                        "line": {"color": TEXT, "width": 2}},
                hovertemplate=f"{name}<br>(%{{x:.4f}}, %{{y:.4f}})<extra></extra>",
            )
        )  # fmt: skip
    return traces


def _loss_bar(loss: np.ndarray) -> dict[str, Any]:
    """A colour bar whose ticks are losses, though colours go by their logarithm."""
    return {
        "x": LEFT[1] + 0.01, "xanchor": "left", "thickness": 10, "outlinewidth": 0,
        "title": {"text": "loss", "side": "top"}, **_loss_ticks(loss),
    }  # fmt: skip


def _loss_ticks(loss: np.ndarray, every: int = 1) -> dict[str, Any]:
    """Losses at heights that go by their logarithm; a surface, seen aslant, has room for fewer."""
    ticks = log_axis(loss, "")["tickvals"][::every]
    return {"tickvals": np.log10(ticks), "ticktext": [tick_text(tick) for tick in ticks]}


def _mark_names(land: Landscape) -> list[dict[str, Any]]:
    """The three names, each above its mark, on a ground of their own."""
    return [
        {
            "text": name, "x": at[0], "y": at[1], "yshift": 20, "showarrow": False,
            "bgcolor": BACKGROUND, "opacity": 0.85, "borderpad": 1,
        }
        for name, at, _ in _marks(land)
    ]  # fmt: skip


def _dash(path: Path) -> str:
    return "12px,12px" if path.dashed else "solid"


def _halo(path: Path) -> go.Scatter:
    """A pale line under a path, so that it stands out on dark and on light ground."""
    line = {"color": BACKGROUND, "width": 5}
    return go.Scatter(
        x=path.at[:, 0],
        y=path.at[:, 1],
        mode="lines",
        line=line,
        name="halo",
        hoverinfo="skip",
        opacity=0.7,
    )


def _line(path: Path, colour: str) -> go.Scatter:
    return go.Scatter(
        x=path.at[:, 0], y=path.at[:, 1], name=path.name,
        mode="lines" if _dash(path) != "solid" else "lines+markers",  # dots would fill the gaps
        line={"color": colour, "width": 2.5, "dash": _dash(path)}, marker={"size": 4},
        customdata=np.column_stack([np.arange(len(path.loss)), path.loss, path.distance]),
        hovertemplate=f"{path.name}, step %{{customdata[0]:.0f}}<br>"
        "loss %{customdata[1]:.8g}<br>%{customdata[2]:.4f} from the plane<extra></extra>",
    )  # fmt: skip


def _surface(land: Landscape, paths: list[Path], colours: list[str]) -> list:
    """The landscape as hills and valleys; a path floats at its own, true loss."""
    traces = [
        go.Surface(
            x=land.a, y=land.b, z=height(land.loss).astype(np.float32), customdata=land.loss,
            name="landscape", colorscale=VALLEYS, showscale=False, opacity=0.85,
            contours={"z": {"show": True, "color": GREY, "width": 1}},
            hovertemplate="loss %{customdata:.8g}<extra></extra>",
        )
    ]  # fmt: skip
    for path, colour in zip(paths, colours, strict=False):
        seen = (land.a[0] <= path.at[:, 0]) & (path.at[:, 0] <= land.a[-1])
        seen &= (land.b[0] <= path.at[:, 1]) & (path.at[:, 1] <= land.b[-1])
        at = np.where(seen[:, np.newaxis], path.at, np.nan)
        traces.append(
            go.Scatter3d(
                x=at[:, 0], y=at[:, 1], z=height(path.loss) + 0.03, name=path.name, mode="lines",
                line={"color": colour, "width": 5}, customdata=path.loss,
                hovertemplate=f"{path.name}<br>loss %{{customdata:.8g}}<extra></extra>",
            )
        )  # fmt: skip
    marks = _marks(land)
    at = np.stack([mark for _, mark, _ in marks])
    traces.append(
        go.Scatter3d(
            x=at[:, 0], y=at[:, 1], z=height(_nearest(land, at)) + 0.05, name="marks",
            mode="markers", text=[name for name, _, _ in marks],
            marker={"size": 5, "color": TEXT},
            hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    return traces


def _nearest(land: Landscape, at: np.ndarray) -> np.ndarray:
    """The loss at the grid points nearest to these coordinates."""
    columns = np.abs(land.a - at[:, :1]).argmin(axis=1)
    rows = np.abs(land.b - at[:, 1:]).argmin(axis=1)
    return land.loss[rows, columns]


def off_picture(parameters: int, off: float, width: float, who: str) -> str:
    """How far the picture is from the truth; `who` is what is up to so far off it."""
    return (
        f"A picture has 2 of this network's {parameters} directions; in the others {who} up to "
        f"**{number(off)}** away from it, and it is {number(width)} wide itself."
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
