"""What moves in a chart from one moment to the next, for the browser's player."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def grows(trace: int) -> dict[str, Any]:
    """A curve that is drawn up to the moment: its own points, one a frame."""
    return {"trace": trace}


def follows(trace: int, curve: int) -> dict[str, Any]:
    """A mark at the end of that curve at every moment."""
    return {"trace": trace, "follows": curve}


def points(trace: int, curve: int, reach: np.ndarray) -> dict[str, Any]:
    """An arrow from the end of that curve, at every moment as far as `reach`, (frames, 2)."""
    across, up = np.asarray(reach, np.float32).T
    return {"trace": trace, "follows": curve, "towards": {"x": across, "y": up}}


def changes(trace: int, logarithms: str = "", **rows: np.ndarray) -> dict[str, Any]:
    """A trace with other values at every moment: arrays whose first axis are the frames.

    If `logarithms` names the array that holds log₁₀ of what is shown, hovering tells that itself.
    """
    packed = {name: np.asarray(values, np.float32) for name, values in rows.items()}
    return {"trace": trace, "rows": packed, "logarithms": logarithms}


def with_dots(traces: list[dict[str, Any]], whole: bool = False) -> list[dict[str, Any]]:
    """Adds a dot at the end of each of these curves; what moves, the curves and their dots.

    Of curves that are `whole` from the first moment on only the dots move.
    """
    count = len(traces)
    traces += [
        dict(
            type="scatter", x=curve["x"][-1:], y=curve["y"][-1:], name="now", mode="markers",
            hoverinfo="skip", marker={"color": curve["line"]["color"], "size": 11},
            cliponaxis=False, **{way: curve[way] for way in ("xaxis", "yaxis") if way in curve},
        )
        for curve in traces
    ]  # fmt: skip
    dots = [follows(count + k, k) for k in range(count)]
    return dots if whole else [*(grows(k) for k in range(count)), *dots]


def playing(
    steps: Sequence[int] | np.ndarray,
    moving: Sequence[dict[str, Any]],
    readings: Mapping[str, np.ndarray] | None = None,
    seconds: float = 8.0,
    opens: int = -1,
) -> dict[str, Any]:
    """A film for a figure's meta: one frame a step, and what moves.

    `readings` are numbers told beside the step, one a frame. It takes so many seconds, on a
    projector twice as many, and `opens` on that frame, −1 the last one.
    """
    told = {name: np.asarray(values, np.float32) for name, values in (readings or {}).items()}
    return {
        "film": {
            "steps": np.asarray(steps, np.int32),
            "moving": list(moving),
            "readings": told,
            "seconds": seconds,
            "opens": opens,
        }
    }
