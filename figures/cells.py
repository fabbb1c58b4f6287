"""A setting's values in words, as the sides and the cells of a grid have them."""

from typing import Any

from recipes.boundaries import BoundariesSettings
from recipes.cells import Side
from recipes.meanings import in_plain_words, with_its_name
from recipes.settings import plain, spoken

COUNTED = {  # one of them, and several
    "hidden": ("hidden unit", "hidden units"),
    "layers": ("hidden layer", "hidden layers"),
    "epochs": ("epoch", "epochs"),
    "points": ("point", "points"),
}


def value(given: Any) -> str:
    """A value by itself, as it stands along a side: 0.01, 1,000, tanh, all zero."""
    return f"{given:,}" if isinstance(given, int) else in_plain_words(plain(given))


def with_value(field: str, given: Any) -> str:
    """A setting and its value within a sentence: learning rate 0.1, 2 hidden units."""
    if field in COUNTED:
        return f"{value(given) if given else 'no'} {COUNTED[field][given != 1]}"
    if field == "train":
        return f"{given}% of the points for training"
    named = with_its_name(given) if isinstance(given, str) else value(given)
    return f"{spoken(BoundariesSettings.allowed()[field].label)} {named}"


def message_of(side: Side) -> dict[str, Any]:
    """What the browser writes along a side."""
    label = BoundariesSettings.allowed()[side.field].label
    return {"label": label, "values": [value(given) for given in side.values]}


def named(grid: tuple[Side, Side], place: int) -> tuple[str, str]:
    """The two settings of a cell in words, across first."""
    across, up = grid
    row, column = divmod(place, len(across.values))
    return (
        with_value(across.field, across.values[column]),
        with_value(up.field, up.values[row]),
    )


def titled(grid: tuple[Side, Side], place: int, own: int | None) -> str:
    """A cell's two settings as the beginning of a sentence, and whether it is the reader's."""
    name = ", ".join(named(grid, place))
    return name[0].upper() + name[1:] + (", yours" if place == own else "")
