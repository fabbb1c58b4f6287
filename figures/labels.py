"""Names at the ends of curves, so that nobody looks for a legend; powers of ten as ticks."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.words import RAISED

END = "end of a curve"  # marks these annotations among all others
ROOMS = "rooms of labels"  # in a figure's meta: of each panel, its range, and the room of a name
MOST_TICKS = 6


def apart(
    values: Sequence[float], gap: float, highest: float = np.inf, lowest: float = -np.inf
) -> np.ndarray:
    """Values moved as little as this: `gap` or more between neighbours, none beyond the bounds.

    They keep their order, and their places in the list.
    """
    order = np.argsort(values, kind="stable")
    wanted = np.array(values, float)[order]
    # Names that would touch form a stack around the middle of where its members would like to be.
    stacks: list[list[float]] = []
    for value in wanted:
        stacks.append([value])
        while len(stacks) > 1 and _bottom(stacks[-1], gap) < _top(stacks[-2], gap) + gap:
            stacks[-2:] = [stacks[-2] + stacks[-1]]
    placed = np.concatenate(
        [_bottom(stack, gap) + gap * np.arange(len(stack)) for stack in stacks] or [np.empty(0)]
    )
    for i in range(len(placed)):
        placed[i] = max(placed[i], lowest if i == 0 else placed[i - 1] + gap)
    for i in reversed(range(len(placed))):
        most = highest if i == len(placed) - 1 else placed[i + 1] - gap
        placed[i] = min(placed[i], most)
    back = np.empty_like(placed)
    back[order] = placed
    return back


def _bottom(stack: list[float], gap: float) -> float:
    return sum(stack) / len(stack) - gap * (len(stack) - 1) / 2


def _top(stack: list[float], gap: float) -> float:
    return sum(stack) / len(stack) + gap * (len(stack) - 1) / 2


def label_ends(
    layout: dict[str, Any],
    axis: int,
    names: Sequence[str],
    ends: Sequence[float],
    bounds: tuple[float, float],
    gap: float,
    colours: Sequence[str] = (),
    curves: Sequence[int] = (),
    on_the_way: Sequence[str] = (),
) -> None:
    """Write each name into a figure's layout, right of the panel, where its curve ends.

    `axis` is the panel's number, `bounds` its range (powers of ten if it is logarithmic), and
    `gap` the room that a name takes, as a share of that range. Where the figure plays, `curves` are
    the traces that the names are of, and they go with these; `on_the_way` is what is written until
    the end is reached, if that is not the name.
    """
    number, (low, high) = "" if axis == 1 else str(axis), bounds
    gap *= high - low
    common = {
        "name": END,
        "x": 1,
        "xref": f"x{number} domain",
        "xanchor": "left",
        "xshift": 9,
        "yref": f"y{number}",
        "showarrow": False,
    }
    labels = [
        common | {"text": name, "y": y}
        for name, y in zip(names, apart(ends, gap, high, low), strict=True)
    ]
    for label, colour in zip(labels, colours, strict=False):
        label["font"] = {"color": colour}
    layout["annotations"] = [*layout.get("annotations", []), *labels]
    room = {"gap": gap, "low": low, "high": high, "curves": [*curves], "on_the_way": [*on_the_way]}
    meta = layout.get("meta", {})
    layout["meta"] = meta | {ROOMS: meta.get(ROOMS, {}) | {f"y{number}": room}}


def spread_labels(figure: go.Figure, times: float) -> None:
    """Give these names so many times their room; where not all fit, the first ones go."""
    rooms = (figure.layout.meta or {}).get(ROOMS, {})
    for panel, room in rooms.items():
        labels = [a for a in figure.layout.annotations if a.name == END and a.yref == panel]
        gap, low, high = room["gap"], room["low"], room["high"]
        fit = max(1, int((high - low) / (times * gap)))
        for label in labels[:-fit]:
            label.update(text="")
        kept = labels[-fit:]
        places = apart([label.y for label in kept], times * gap, high, low)
        for label, y in zip(kept, places, strict=True):
            label.update(y=float(y))


def powers_of_ten(low: float, high: float, most: int = MOST_TICKS) -> dict[str, list]:
    """At most so many ticks from 10^low to 10^high, written 10⁻⁴ in letters of full size."""
    step = max(1, int(np.ceil((high - low) / most)))
    powers = [power for power in range(int(np.ceil(low)), int(high) + 1) if power % step == 0]
    texts = ["1" if power == 0 else f"10{str(power).translate(RAISED)}" for power in powers]
    return {"tickvals": [10.0**power for power in powers], "ticktext": texts}
