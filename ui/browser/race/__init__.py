"""The race: two stages whose films move together, and the curves of both in one plot."""

from pathlib import Path
from typing import Any

from ui.browser.part import part
from ui.place import place_for
from ui.presenter import TYPE, presenting

HERE = Path(__file__).parent

_race = part(HERE, within=HERE.parent / "stage")


def race_data(
    race: dict[str, Any], key: str, height: str, big: bool, at: str = "", fixed: bool = False
) -> dict[str, Any]:
    """What the browser gets of a race, as `show_race` says; `big` for a projector."""
    return {
        "key": key,
        "race": race,
        "height": height,
        "size": TYPE if big else "0.82rem",
        "big": big,
        "at": at,
        "fixed": fixed,
    }


def show_race(
    race: dict[str, Any], key: str, height: str, at: str = "", fixed: bool = False
) -> None:
    """Put a race (`Race.message`) in the place that `key` names for good.

    It opens `at` a moment of the left film, as `stage/moment.js` writes it; weights that are
    `fixed` cannot be changed.
    """
    with place_for(key):
        _race(key=key, data=race_data(race, key, height, presenting(), at, fixed))
