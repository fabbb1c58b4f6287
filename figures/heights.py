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


def loss_ticks(loss: np.ndarray, every: int = 1) -> dict[str, Any]:
    """Losses at heights that go by their logarithm; a surface, seen aslant, has room for fewer."""
    ticks = log_axis(loss, "")["tickvals"][::every]
    return {"tickvals": np.log10(ticks), "ticktext": [tick_text(tick) for tick in ticks]}


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
