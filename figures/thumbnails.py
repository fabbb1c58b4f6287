"""Data sets as small pictures: their points, in the colours and shapes of their classes."""

import functools
from urllib.parse import quote

import numpy as np

from datasets.own_points import OWN, own_data, own_points
from datasets.plane import PlaneData, plane_data
from figures.theme import NEGATIVE, POSITIVE

SIDE = 100  # of the picture, in its own units
POINTS = 120  # so many show the spiral's two arms
FEW = 20  # so many points are drawn larger
SHADES = 4  # of a number, from hardly anything to all


@functools.cache
def thumbnail(name: str) -> str:
    """A data set's picture, or that of the points which are an example of one's own, as SVG.

    A class is a colour and a shape, orange circles and blue squares; a number is a colour that is
    the paler the nearer it is to 0.
    ValueError if the name is unknown.
    """
    data = own_data(own_points(""), 1.0, 0) if name == OWN else plane_data(name, POINTS, 0, 1.0, 0)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {SIDE} {SIDE}'>"
        f"{''.join(_marks(data))}</svg>"
    )


def _marks(data: PlaneData) -> list[str]:
    """The points of each colour, shape and shade as the caps of lines without length."""
    x, t = data.x_train, data.t_train[:, 0]
    share = (x - data.left) / (data.right - data.left)
    at = np.column_stack([share[:, 0], 1 - share[:, 1]]) * SIDE
    positive = t > (data.low + data.high) / 2
    shade = np.ones(len(t)) if data.classes else np.ceil(np.abs(t) * SHADES) / SHADES
    wide = 14 if len(t) < FEW else 6
    marks = []
    for side, colour, cap in ((False, NEGATIVE, "round"), (True, POSITIVE, "square")):
        for strength in np.unique(shade[positive == side]):
            chosen = at[(positive == side) & (shade == strength)]
            path = "".join(f"M{x:.0f},{y:.0f}h0" for x, y in chosen)
            width = wide if cap == "round" else 0.85 * wide
            marks.append(
                f"<path d='{path}' stroke='{colour}' stroke-width='{width:g}' "
                f"stroke-linecap='{cap}' stroke-opacity='{strength:g}'/>"
            )
    return marks


def as_address(svg: str) -> str:
    """A picture as an address that has all of it, to stand between double quotes."""
    return "data:image/svg+xml," + quote(svg, safe="/:=,' ")
