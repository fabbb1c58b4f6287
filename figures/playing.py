"""A play button and a slider for figures whose frames move in the browser, without Python."""

from collections.abc import Sequence
from typing import Any

from figures.theme import TEXT

FRAME_MS = 120
AT_ONCE = {"mode": "immediate", "transition": {"duration": 0}}


def play_bar(steps: Sequence[int], left: float, redraw: bool = False) -> dict[str, Any]:
    """Layout for a figure with one frame for each of these steps, named f"{step:,}".

    The bar stands above the plot, from `left` (a share of the width) to the right end.
    A figure with heatmaps needs `redraw`, or they vanish, also where no frame touches them; lines
    alone move faster without.
    """
    still = AT_ONCE | {"frame": {"duration": 0, "redraw": redraw}}
    playing = AT_ONCE | {"frame": {"duration": FRAME_MS, "redraw": redraw}, "fromcurrent": True}
    button = {
        "type": "buttons",
        "direction": "left",
        "x": left,
        "y": 1.04,
        "xanchor": "left",
        "yanchor": "bottom",
        "showactive": False,
        "pad": {"t": 0, "b": 0},
        "bgcolor": "var(--st-secondary-background-color)",
        "bordercolor": "var(--st-border-color)",
        "buttons": [
            {"label": "▶ Play", "method": "animate", "args": [None, playing]},
            {"label": "❚❚", "method": "animate", "args": [[None], still]},
        ],
    }
    slider = {
        "active": 0,
        "x": left + 0.15,
        "y": 1.02,
        "yanchor": "bottom",
        "len": 1 - left - 0.15,
        "pad": {"t": 0, "b": 0},
        "currentvalue": {"prefix": "step ", "font": {"color": TEXT}, "offset": 2},
        "ticklen": 0,
        "minorticklen": 0,
        "font": {"color": "rgba(0,0,0,0)"},
        "bgcolor": "var(--st-secondary-background-color)",
        "bordercolor": "var(--st-border-color)",
        "steps": [
            {
                "label": f"{step:,}",
                "method": "animate",
                "args": [[f"{step:,}"], still],
            }
            for step in steps
        ],
    }
    return {"updatemenus": [button], "sliders": [slider]}
