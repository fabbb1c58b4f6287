"""Pictures in which a reader can open something: a start, a cell, an image, a unit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import TYPE, presenting

# What each sends: which of its trainings was opened, or what is asked to be looked at next.
OPENS = {"lottery": "opened", "map": "opened", "sweep": "opened"}
OPENS |= {"mistakes": "asked", "through": "asked"}
OPENS |= {"units": "asked", "gradients": "asked"}
OPENS |= {"space": "asked", "before": "asked"}
PARTS = {name: part(Path(__file__).parent / name) for name in OPENS}


def many_data(
    message: dict[str, Any], height: str, big: bool, opens: bool = True, leads: bool = True
) -> dict[str, Any]:
    """What the browser gets of such a picture; `big` for a projector."""
    size = TYPE if big else "0.875rem"
    place = {"height": height, "size": size, "big": big}
    return {"shown": message, "opens": opens, "leads": leads, **place}


def show_many(
    name: str,
    message: dict[str, Any],
    key: str,
    height: str,
    presenter_height: str,
    heard: Callable[[Any], None] | None,
    leads: bool = True,
) -> None:
    """Put the picture of that name, of this message, in the place that `key` names for good.

    `heard` gets what the reader has opened, as the picture sends it (`OPENS`); without it nothing
    can be opened. An image `leads` to its own view, where that can be opened.
    """
    tall = height_of(height, presenter_height)
    data = many_data(message, tall, presenting(), heard is not None, leads)

    def hear() -> None:
        if heard is not None:
            heard(st.session_state[key][OPENS[name]])

    listeners: dict[str, Any] = {f"on_{OPENS[name]}_change": hear}
    with place_for(key):
        PARTS[name](key=key, data=data, **listeners)
