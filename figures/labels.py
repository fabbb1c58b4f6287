"""Names at the ends of curves: a reader need not look for them in a legend."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go


def apart(values: Sequence[float], gap: float, highest: float = np.inf) -> np.ndarray:
    """Values moved as little as this: at least `gap` between neighbours, the last below `highest`.

    They keep their order, and their places in the list.
    """
    order = np.argsort(values, kind="stable")
    placed = np.array(values, float)[order]
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    for i in reversed(range(len(placed))):
        most = highest if i == len(placed) - 1 else placed[i + 1] - gap
        placed[i] = min(placed[i], most)
    back = np.empty_like(placed)
    back[order] = placed
    return back


def label_ends(
    figure: go.Figure,
    axis: int,
    names: Sequence[str],
    ends: Sequence[float],
    gap: float,
    highest: float = np.inf,
    colours: Sequence[str] = (),
) -> None:
    """Write each name right of the panel, where its curve ends; `axis` is the panel's number."""
    number = "" if axis == 1 else str(axis)
    for i, (name, y) in enumerate(zip(names, apart(ends, gap, highest), strict=True)):
        figure.add_annotation(
            x=1,
            xref=f"x{number} domain",
            xanchor="left",
            xshift=6,
            y=y,
            yref=f"y{number}",
            text=name,
            showarrow=False,
            font_color=colours[i] if colours else None,
        )
