"""The map of two settings: cells to be touched, each of which opens as a film."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting

_map = part(Path(__file__).parent)


def show_map(
    message: dict[str, Any],
    key: str,
    height: str,
    presenter_height: str,
    opened: Callable[[int], None],
) -> None:
    """Put a map (`SettingsMap.message`) in the place that `key` names for good.

    `opened` gets the place of a cell that the reader has opened.
    """
    big = presenting()
    data = {
        "map": message,
        "height": height_of(height, presenter_height),
        "size": TYPE if big else "0.875rem",
        "big": big,
    }

    def hear() -> None:
        opened(st.session_state[key].cell)

    with place_for(key):
        _map(key=key, data=data, on_cell_change=hear)
