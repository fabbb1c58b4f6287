"""The wall of weights: every hidden unit's weights as a picture, through time in the browser."""

from pathlib import Path
from typing import Any

import streamlit as st

from ui.place import place_for
from ui.presenter import presenting

HERE = Path(__file__).parent

_wall = st.components.v2.component(
    "glassbox_wall",
    html=(HERE / "wall.html").read_text(encoding="utf-8"),
    css=(HERE / "wall.css").read_text(encoding="utf-8"),
    js=(HERE / "wall.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_wall(wall: dict[str, Any], key: str) -> None:
    """Put a wall (`WeightWall.message`) in the place that `key` names for good."""
    size, height = ("24px", "63vh") if presenting() else ("0.9rem", "61.5vh")
    with place_for(key):
        _wall(key=key, data={"wall": wall, "height": height, "size": size, "big": presenting()})
