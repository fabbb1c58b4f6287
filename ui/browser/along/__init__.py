"""The keys for one step, where nothing plays: they move a control of the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.browser.part import part

_along = part(Path(__file__).parent)
ASKED = "asked"


def hear_steps(key: str, place: int, places: int, go_to: Callable[[int], None]) -> None:
    """Have left, right, Home and End, and what a clicker sends, ask for another of so many places.

    `place` is the one that the control is at; `go_to` gets the one that is asked for, in a
    callback.
    """

    def hear() -> None:
        asked, _ = _asked(key)
        if 0 <= asked < places:
            go_to(asked)

    _, heard = _asked(key)
    data = {"place": place, "places": places, "heard": heard}
    _along(key=key, data=data, on_asked_change=hear)


def _asked(key: str) -> tuple[int, int]:
    """Which place was asked for last, −1 for none, and how often one was asked for."""
    state: Any = st.session_state.get(key) or {}
    match state.get(ASKED):
        case {"place": int(place), "count": int(count)}:
            return place, count
    return -1, 0
