"""Pictures of many trainings, each of which a reader can open: a lottery, a map, a sweep."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting

PARTS = {name: part(Path(__file__).parent / name) for name in ("lottery", "map", "sweep")}


def show_many(
    name: str,
    message: dict[str, Any],
    key: str,
    height: str,
    presenter_height: str,
    opened: Callable[[int], None],
) -> None:
    """Put the picture of that name, of this message, in the place that `key` names for good.

    `opened` gets which of the trainings a reader has opened, as the picture counts them.
    """
    big = presenting()
    data = {
        "shown": message,
        "height": height_of(height, presenter_height),
        "size": TYPE if big else "0.875rem",
        "big": big,
    }

    def hear() -> None:
        opened(st.session_state[key].opened)

    with place_for(key):
        PARTS[name](key=key, data=data, on_opened_change=hear)
