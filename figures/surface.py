"""A landscape as hills and valleys, seen aslant; a path floats at its own, true loss."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.heights import height, loss_ticks, marks, nearest
from figures.theme import ACCENT, BACKGROUND, GREY, GRID, TEXT, VALLEYS
from recipes.ground import ASPECT, Landscape, Path

SHARE = 0.6  # of the figure's width
EYE = {"x": -0.88, "y": -1.26, "z": 0.94}
LIFTED = 0.06  # so high is a path over the surface, in powers of ten: it would flicker in it


def surface_traces(land: Landscape, path: Path) -> list[Any]:
    """The surface, the path on it, its ball, and the three marks."""
    at = np.where(land.holds(path.at)[:, np.newaxis], path.at, np.nan).astype(np.float32)
    along = (height(path.loss) + LIFTED).astype(np.float32)
    three = np.stack([mark for _, mark, _ in marks(land)])
    return [
        go.Surface(
            x=land.a, y=land.b, z=height(land.loss).astype(np.float32), customdata=land.loss,
            name="landscape", colorscale=VALLEYS, showscale=False, opacity=0.9,
            contours={"z": {"show": True, "color": GREY, "width": 1}},
            lighting={"ambient": 0.85, "diffuse": 0.4, "specular": 0.05},
            hovertemplate="loss %{customdata:.8g}<extra></extra>",
        ),
        go.Scatter3d(
            x=at[:, 0], y=at[:, 1], z=along, name=path.name, mode="lines",
            line={"color": TEXT, "width": 7}, customdata=path.loss.astype(np.float32),
            hovertemplate=f"{path.name}<br>loss %{{customdata:.6g}}<extra></extra>",
        ),
        go.Scatter3d(
            x=at[-1:, 0], y=at[-1:, 1], z=along[-1:], name="ball", mode="markers",
            marker={"size": 11, "color": ACCENT, "line": {"color": BACKGROUND, "width": 2}},
            hoverinfo="skip",
        ),
        go.Scatter3d(
            x=three[:, 0], y=three[:, 1], z=height(nearest(land, three)) + LIFTED, name="marks",
            mode="markers", text=[name for name, _, _ in marks(land)],
            marker={"size": 5, "color": TEXT}, hovertemplate="%{text}<extra></extra>",
        ),
    ]  # fmt: skip


def surface_layout(land: Landscape, path: Path) -> dict[str, Any]:
    """Seen from over the start, high enough to look into the valley of the solution."""
    grid = {
        "nticks": 3, "gridcolor": GRID, "backgroundcolor": "rgba(0,0,0,0)", "color": TEXT,
        "tickfont": {"size": 14},
    }  # fmt: skip
    plain = grid | {"showticklabels": False, "title": ""}  # how far is read from the map
    heights = np.concatenate([height(land.loss).ravel(), height(path.loss[land.holds(path.at)])])
    known = heights[np.isfinite(heights)]
    low, high = (float(known.min()), float(known.max())) if known.size else (-1.0, 0.0)
    upright = {"range": [low - 0.1, high + 0.1], **loss_ticks(land.loss, every=2)}
    return {
        "scene": {
            "domain": {"x": [0, SHARE], "y": [0, 1]},
            "xaxis": plain | {"range": [land.a[0], land.a[-1]]},
            "yaxis": plain | {"range": [land.b[0], land.b[-1]]},
            "zaxis": grid | {"title": _title("loss")} | upright,
            "aspectmode": "manual",
            "aspectratio": {"x": 1.25 * ASPECT, "y": 1.25, "z": 0.8},
            "annotations": _names(land),
            "camera": {"eye": EYE, "center": {"x": 0.02, "z": -0.1}},
        },
        "margin": {"l": 8},
    }  # fmt: skip


def _title(text: str) -> dict[str, Any]:
    """The size is its own: a scene draws its type larger than the rest of a figure does."""
    return {"text": text, "font": {"size": 16}}


def _names(land: Landscape) -> list[dict[str, Any]]:
    """The three names, in front of everything: a hill may hide a mark, not its name."""
    heights = height(nearest(land, np.stack([at for _, at, _ in marks(land)])))
    return [
        {
            "text": name, "x": at[0], "y": at[1], "z": z, "ax": 0, "ay": -34,
            "font": {"color": TEXT, "size": 16}, "bgcolor": BACKGROUND,
            "opacity": 0.85, "arrowcolor": TEXT, "arrowhead": 0,
        }
        for (name, at, _), z in zip(marks(land), heights, strict=True)
    ]  # fmt: skip
