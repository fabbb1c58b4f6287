"""The wall of weights: every hidden unit's weights as a picture, through time in the browser."""

from pathlib import Path
from typing import Any

from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import presenting

_wall = part(Path(__file__).parent)


def show_wall(wall: dict[str, Any], key: str, activation: str) -> None:
    """Put a wall (`WeightWall.message`) in the place that `key` names for good.

    Whatever listens is told which moment is on screen by the event `glassbox-moment`, whose detail
    is null at the last one, else its epoch and, with the hidden units' `activation`, what the
    network of then reads on the pad's paper.
    """
    wall = wall | {"activation": activation}
    size, height = "24px" if presenting() else "0.9rem", height_of("61.5vh", "60vh")
    with place_for(key):
        _wall(key=key, data={"wall": wall, "height": height, "size": size, "big": presenting()})
