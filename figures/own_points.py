"""What is said of a reader's own points: what their colours and axes are, and how they were scaled.

Their names are a reader's, so they are never Markdown.
"""

from datasets.own_points import DRAWN, EXAMPLE, Axis, OwnPoints
from figures.judgement import COLOURS
from figures.words import as_written, number, sentences
from recipes.reasons import alike

TOLD = 16  # letters of a name in a caption
AN_EXAMPLE = (
    f"{len(EXAMPLE.x)} points as an example: *Place points* and *Bring a table* make them your own."
)


def what_they_are(points: OwnPoints) -> str:
    """What a picture of these points has to be read by; "" if it says it itself."""
    if points is EXAMPLE:
        return AN_EXAMPLE
    return sentences(_colours(points), scales(points), clash(points))


def scales(points: OwnPoints) -> str:
    """Which column is which axis, and how its numbers came onto the plane."""
    if not points.axes:
        return ""
    (x1, ends1), (x2, ends2) = ((f"*{as_written(a.name, TOLD)}*", _ends(a)) for a in points.axes)
    return f"x₁ is {x1} ({ends1}), x₂ {x2} ({ends2}), each drawn from −{DRAWN:g} to {DRAWN:g}."


def _ends(axis: Axis) -> str:
    if axis.low == axis.high:
        return f"**{number(axis.low)}** everywhere, so at 0"
    return f"**{number(axis.low)}** to **{number(axis.high)}**"


def _colours(points: OwnPoints) -> str:
    if not points.classes:
        return ""
    named = zip(COLOURS, points.classes, strict=False)
    (first, name), *others = [(colour, f"*{as_written(name, TOLD)}*") for colour, name in named]
    return f"{first.capitalize()} is {name}, {', '.join(' '.join(other) for other in others)}."


def clash(points: OwnPoints) -> str:
    """That points of different colours lie upon each other, if any do."""
    found = alike(points.x, points.label)
    if not found:
        return ""
    spots = found.spots
    where = "At one spot" if spots == 1 else f"At {spots:,} spots"
    which = "that spot" if spots == 1 else "those spots"
    return (
        f"{where} points of different colours lie on each other: no network gets all points of "
        f"{which} right."
    )
