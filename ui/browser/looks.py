"""Pictures that look into a trained network: its mistakes, and one image all the way through."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting

PARTS = {name: part(Path(__file__).parent / name) for name in ("mistakes", "through")}


def show_look(name: str, message: dict[str, Any], key: str, asked: Callable[[Any], None]) -> None:
    """Put the picture of that name, of this message, in the place that `key` names for good.

    `asked` gets what the reader asks to look at next, as the picture sends it.
    """
    big = presenting()
    data = {
        "shown": message,
        "height": height_of("max(58vh, 30em)", "61vh"),
        "size": TYPE if big else "0.875rem",
        "big": big,
    }

    def hear() -> None:
        asked(st.session_state[key].asked)

    with place_for(key):
        PARTS[name](key=key, data=data, on_asked_change=hear)
