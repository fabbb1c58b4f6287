"""The digits every visitor of this server trains on, found once."""

import threading

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits
from datasets.mnist import find_digits


class _Shelf:
    digits: Digits | None = None

    def __init__(self) -> None:
        self.lock = threading.Lock()


@st.cache_resource(show_spinner=False)
def _shelf() -> _Shelf:
    return _Shelf()


def digits(place: DeltaGenerator) -> Digits:
    """MNIST, or the bundled digits; in `place` the first visitor sees what there is to wait for."""
    shelf = _shelf()
    with shelf.lock:
        if shelf.digits is None:
            place.progress(0.0, "Looking for MNIST")
            shelf.digits = find_digits(
                lambda name, fraction: place.progress(
                    fraction, f"Downloading {name}: {fraction:.0%}"
                )
            )
            place.empty()
        return shelf.digits


def look_again() -> None:
    """Forget the digits, so that the next visit looks for MNIST anew. For a callback."""
    _shelf().digits = None
