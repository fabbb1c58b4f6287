"""The wall of weights: every hidden unit's weights as a picture, through time in the browser."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ui.browser.chart import Drawn
from ui.browser.chart.script import ADDRESS
from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting

_wall = part(Path(__file__).parent)


def wall_data(wall: dict[str, Any], key: str, height: str, big: bool) -> dict[str, Any]:
    """What the browser gets of a wall on which no unit is open; `big` for a projector."""
    return {
        "wall": wall,
        "key": key,
        "opened": 0,
        "details": None,
        "height": height,
        "size": TYPE if big else "0.9rem",
        "big": big,
    }


def show_wall(
    wall: dict[str, Any],
    key: str,
    activation: str,
    figure: Drawn,
    opened: int,
    details: dict[str, Any] | None,
    heard: Mapping[str, Callable[[], None]],
) -> None:
    """Put a wall (`WeightWall.message`) in the place that `key` names for good.

    `opened` is the unit that is open, from 1 on, 0 if none is: its weights are drawn into `figure`,
    which is blank, and `details` (`OpenedUnit.message`) are what only Python knows of it. Once the
    reader has opened another, or closed it, `heard["unit"]` finds `{"unit": …}` in the state of
    `key`; `heard["layer"]` the hidden layer that they chose, `heard["off"]` which units are off.

    Whatever listens is told which moment is on screen by the event `glassbox-moment`, whose detail
    is null at the last one, else its step and epoch; and, as a film of this `key`, which step that
    is. The hidden units' `activation` is what an opened one answers by.
    """
    wall = wall | {"activation": activation, "figure": figure.figure, "script": ADDRESS}
    place = height_of("58vh", "64vh")
    data = wall_data(wall, key, place, presenting()) | {"opened": opened, "details": details}
    with place_for(key):
        _wall(
            key=key,
            data=data,
            on_unit_change=heard["unit"],
            on_layer_change=heard["layer"],
            on_off_change=heard["off"],
        )
