"""The lottery: many trainings of one setting, each to be touched and opened as its film."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting

_lottery = part(Path(__file__).parent)


def show_lottery(
    lottery: dict[str, Any],
    key: str,
    height: str,
    presenter_height: str,
    opened: Callable[[int], None],
) -> None:
    """Put a lottery (`Lottery.message`) in the place that `key` names for good.

    `opened` gets the seed of a start that the reader has opened.
    """
    big = presenting()
    data = {
        "lottery": lottery,
        "height": height_of(height, presenter_height),
        "size": TYPE if big else "0.875rem",
        "big": big,
    }

    def hear() -> None:
        opened(st.session_state[key].seed)

    with place_for(key):
        _lottery(key=key, data=data, on_seed_change=hear)
