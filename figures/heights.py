"""What a landscape is drawn with, from above and as a surface: heights, their ticks, its marks."""

from typing import Any

import numpy as np

from figures.axes import log_axis, tick_text
from recipes.ground import Landscape


def height(loss: np.ndarray) -> np.ndarray:
    """What is drawn as height and colour: log₁₀ of the loss, NaN where that is not finite."""
    loss = np.asarray(loss, float)
    known = np.isfinite(loss) & (loss > 0)
    return np.log10(loss, out=np.full(loss.shape, np.nan), where=known)


LEFT = [0.0, 0.45]  # the landscape's share of a figure's width


def loss_bar(loss: np.ndarray) -> dict[str, Any]:
    """A colour bar whose ticks are losses, though colours go by their logarithm."""
    ticks = log_axis(loss, "")["tickvals"]
    return {
        "x": LEFT[1] + 0.01, "xanchor": "left", "thickness": 10, "outlinewidth": 0,
        "title": {"text": "loss", "side": "top"},
        "tickvals": np.log10(ticks), "ticktext": [tick_text(tick) for tick in ticks],
    }  # fmt: skip


def marks(land: Landscape) -> list[tuple[str, np.ndarray, str]]:
    """Name, place and symbol of the three points of a landscape."""
    return [
        ("start", land.start, "circle"),
        ("solution", land.solution, "star"),
        ("stuck run", land.stuck, "x"),
    ]


def nearest(land: Landscape, at: np.ndarray) -> np.ndarray:
    """The loss at the grid points nearest to these coordinates."""
    columns = np.abs(land.a - at[:, :1]).argmin(axis=1)
    rows = np.abs(land.b - at[:, 1:]).argmin(axis=1)
    return land.loss[rows, columns]
