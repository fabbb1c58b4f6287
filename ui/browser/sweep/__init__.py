"""The sweep that plays: small films of two settings, each of which opens as a large one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting

_sweep = part(Path(__file__).parent)


def show_sweep(
    message: dict[str, Any],
    key: str,
    height: str,
    presenter_height: str,
    opened: Callable[[int], None],
) -> None:
    """Put a sweep (`Sweep.message`) in the place that `key` names for good.

    `opened` gets the place of a film that the reader has opened.
    """
    big = presenting()
    data = {
        "sweep": message,
        "height": height_of(height, presenter_height),
        "size": TYPE if big else "0.875rem",
        "big": big,
    }

    def hear() -> None:
        opened(st.session_state[key].cell)

    with place_for(key):
        _sweep(key=key, data=data, on_cell_change=hear)
