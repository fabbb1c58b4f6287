"""A landscape as hills and valleys, seen aslant; the path and its ball lie on them."""

from typing import Any

import numpy as np

from figures.heights import LEFT, height, loss_bar, marks, nearest
from figures.playing import changes
from figures.theme import ACCENT, BACKGROUND, GREY, HILLS, TEXT
from recipes.ground import Landscape, Path

EYE = np.array([-0.5, -1.5, 2.2])  # from where it is seen, far enough that nothing is cut
SHAPE = np.array([2.0, 1.0, 0.5])  # its sides: a screen is wide; how far is read from the map
LIFTED = 0.25  # so far towards the eye is what lies on it, else it would sink into its slopes
PATH = 0.8  # of that: the ball rolls in front of its path
NEARER = LIFTED * EYE / np.linalg.norm(EYE)


def surface_traces(land: Landscape, path: Path, on_map: np.ndarray) -> list[Any]:
    """The surface, the path on it, its ball, and the three marks; `on_map` is the loss under it."""
    along, ball = _along(land, path, on_map, PATH), _along(land, path, on_map)[-1:]
    three = np.stack([mark for _, mark, _ in marks(land)])
    at = _lifted(land, three, nearest(land, three))
    return [
        dict(
            type="surface",
            x=land.a, y=land.b, z=height(land.loss).astype(np.float32), customdata=land.loss,
            name="landscape", colorscale=HILLS, colorbar=loss_bar(land.loss),
            contours={"z": {"show": True, "color": GREY, "width": 1}},
            lighting={"ambient": 0.8, "diffuse": 0.5, "specular": 0.05},
            hovertemplate="loss %{customdata:.8g}<extra></extra>",
        ),
        dict(
            type="scatter3d", **_points(along), name=path.name, mode="lines",
            line={"color": TEXT, "width": 7}, customdata=path.loss.astype(np.float32),
            hovertemplate=f"{path.name}<br>loss %{{customdata:.6g}}<extra></extra>",
        ),
        dict(
            type="scatter3d", **_points(ball), name="ball", mode="markers", hoverinfo="skip",
            marker={"size": 12, "color": ACCENT, "line": {"color": BACKGROUND, "width": 2}},
        ),
        dict(
            type="scatter3d",
            **_points(at), name="marks", mode="markers", text=[name for name, _, _ in marks(land)],
            marker={"size": 5, "color": TEXT}, hovertemplate="%{text}<extra></extra>",
        ),
    ]  # fmt: skip


def rolls(trace: int, land: Landscape, path: Path, on_map: np.ndarray) -> dict[str, Any]:
    """How the ball, which is this trace, moves."""
    x, y, z = _along(land, path, on_map).T[:, :, np.newaxis]
    return changes(trace, x=x, y=y, z=z)


def surface_layout(land: Landscape) -> dict[str, Any]:
    """Seen from over the start, high enough to look into the valley of the solution."""
    starts, ends = _room(land)
    shown = {
        f"{way}axis": {"visible": False, "range": [start, end]}
        for way, start, end in zip("xyz", starts.tolist(), ends.tolist(), strict=True)
    }
    return {
        "scene": {
            "domain": {"x": LEFT, "y": [0, 1]},
            **shown,
            "aspectmode": "manual",
            "aspectratio": dict(zip("xyz", (SHAPE + np.abs(NEARER)).tolist(), strict=True)),
            "annotations": _names(land),
            "camera": {
                "eye": dict(zip("xyz", EYE.tolist(), strict=True)),
                "projection": {"type": "orthographic"},
            },
        },
        "margin": {"l": 8},
    }


def seen_in(land: Landscape) -> dict[str, Any]:
    """What `chart/scene.js` needs to make it fit: eye, sides, and how far it reaches, seen so."""
    (starts, ends), sides = _room(land), SHAPE + np.abs(NEARER)
    heights = height(land.loss)
    a, b = np.meshgrid(land.a, land.b)
    known = np.isfinite(heights)
    points = np.column_stack([a[known], b[known], heights[known]])
    placed = ((points - starts) / (ends - starts) - 0.5) * sides
    back = EYE / np.linalg.norm(EYE)
    across = np.cross([0, 0, 1], back)
    across /= np.linalg.norm(across)
    up = np.cross(back, across)
    reach = [(along.min().item(), along.max().item()) for along in (placed @ across, placed @ up)]
    ways = [across.tolist(), up.tolist()]
    return {"eye": EYE.tolist(), "sides": sides.tolist(), "ways": ways, "reach": reach}


def _span(land: Landscape) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest coordinates of the surface, (3,) each."""
    heights = height(land.loss)
    known = heights[np.isfinite(heights)]
    low, high = (known.min(), known.max()) if known.size else (-1.0, 0.0)
    return np.array([land.a[0], land.b[0], low]), np.array([land.a[-1], land.b[-1], high])


def _lift(land: Landscape) -> np.ndarray:
    """How much nearer to the eye is what lies on the surface, in its coordinates."""
    low, high = _span(land)
    return NEARER * (high - low) / SHAPE


def _room(land: Landscape) -> tuple[np.ndarray, np.ndarray]:
    """The bounds of the surface and of what lies on it: what is beyond them is not drawn."""
    (low, high), lift = _span(land), _lift(land)
    return low + np.minimum(lift, 0), high + np.maximum(lift, 0)


def _along(land: Landscape, path: Path, on_map: np.ndarray, share: float = 1) -> np.ndarray:
    """Where a path lies on the surface, (steps, 3); NaN where it is beyond it."""
    seen = land.holds(path.at)[:, np.newaxis]
    return _lifted(land, np.where(seen, path.at, np.nan), on_map, share)


def _lifted(land: Landscape, at: np.ndarray, loss: np.ndarray, share: float = 1) -> np.ndarray:
    """Points (points, 3) over these places, as high as these losses, and nearer to the eye.

    Seen from there, which is where a figure opens, they stay where they are.
    """
    return np.column_stack([at, height(loss)]) + share * _lift(land)


def _points(points: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip("xyz", points.T.astype(np.float32), strict=True))


def _names(land: Landscape) -> list[dict[str, Any]]:
    """The three names, in front of everything: a hill may hide a mark, not its name."""
    places = np.stack([at for _, at, _ in marks(land)])
    return [
        {
            "text": name, "x": x, "y": y, "z": z, "ax": 0, "ay": -26,
            "font": {"color": TEXT, "size": 16}, "bgcolor": BACKGROUND,
            "opacity": 0.85, "borderpad": 1, "arrowcolor": TEXT, "arrowhead": 0,
        }
        for (name, _, _), (x, y, z) in zip(
            marks(land), _lifted(land, places, nearest(land, places)).tolist(), strict=True
        )
    ]  # fmt: skip
