"""What is said of a reader's own points: what their colours and axes are, and how they were scaled.

Their names are a reader's, so they are never Markdown.
"""

import numpy as np

from datasets.own_points import DRAWN, EXAMPLE, Axis, OwnPoints
from datasets.plane import Unit
from figures.judgement import COLOURS
from figures.words import advice, as_written, in_full, number, sentences
from recipes.reasons import alike

NAMED = 4  # classes whose names have room beside their signs on a projector
TOLD = 16  # letters of a name in a caption
AN_EXAMPLE = sentences(
    f"{len(EXAMPLE.x)} points as an example.",
    advice("*Place points* and *Bring a table* make them your own.", "place"),
)


def what_they_are(points: OwnPoints) -> str:
    """What a picture of these points has to be read by; "" if it says it itself."""
    if points is EXAMPLE:
        return AN_EXAMPLE
    return sentences(colours(points), learned(points), scales(points), clash(points))


def scales(points: OwnPoints) -> str:
    """Which column is which axis, and how its numbers came onto the plane."""
    if not points.axes:
        return ""
    (x1, ends1), (x2, ends2) = ((f"*{_named(a.name)}*", _ends(a)) for a in points.axes)
    drawn = f"drawn from −{DRAWN:g} to {DRAWN:g}"
    if all(axis.low < axis.high for axis in points.axes):
        return f"x₁ is {x1} ({ends1}), x₂ {x2} ({ends2}), each {drawn}."
    across, up = (drawn if axis.low < axis.high else "drawn at 0" for axis in points.axes)
    return f"x₁ is {x1} ({ends1}), {across}; x₂ is {x2} ({ends2}), {up}."


def learned(points: OwnPoints) -> str:
    """Which column is learned as a number, and how its numbers came onto the plane's scale."""
    if not points.number:
        return ""
    name, low, high = points.number
    return (
        f"*{_named(name)}* is learned as a number: **{in_full(low)}** is −1, orange, and "
        f"**{in_full(high)}** is 1, blue."
    )


def off_by(off: float, unit: Unit | None, unseen: float | None = None) -> str:
    """How far answers are off, on a reader's own scale, too, if there is one; at unseen points."""
    about = 0.0 if unit is None else float(f"{off * unit.size:.3g}")
    more = [] if unit is None else [f"**{in_full(about)}** of *{_named(unit.name)}*"]
    more += [] if unseen is None else [f"at unseen points {number(unseen)}"]
    return f"off by about **{number(off)}**" + (f" ({'; '.join(more)})" if more else "")


def _named(name: str) -> str:
    return as_written(name, TOLD)


def _ends(axis: Axis) -> str:
    if axis.low == axis.high:
        return f"**{in_full(axis.low)}** in every row"
    return f"**{in_full(axis.low)}** to **{in_full(axis.high)}**"


def colours(points: OwnPoints) -> str:
    """Which colour each class with a name has; "" where none has one."""
    if not points.classes:
        return ""
    named = zip(COLOURS, points.classes, strict=False)
    (first, name), *others = [(colour, f"*{_named(name)}*") for colour, name in named]
    return f"{first.capitalize()} is {name}, {', '.join(' '.join(other) for other in others)}."


def clash(points: OwnPoints) -> str:
    """That points of different colours lie upon each other, or different numbers, if any do."""
    spots = _mixed(points)
    if not spots:
        return ""
    where = "At one spot" if spots == 1 else f"At {spots:,} spots"
    which = "that spot" if spots == 1 else "those spots"
    what = "numbers" if points.number else "colours"
    return (
        f"{where} points of different {what} lie on each other: no network gets all points of "
        f"{which} right."
    )


def _mixed(points: OwnPoints) -> int:
    """At how many spots there are points of more than one label."""
    if not points.number:
        found = alike(points.x, points.label)
        return found.spots if found else 0
    told_apart = np.unique(np.column_stack([points.x + 0, points.label]), axis=0)  # −0 is 0
    _, different = np.unique(told_apart[:, :2], axis=0, return_counts=True)
    return int((different > 1).sum())
