"""The digits every visitor of this server trains on, found once."""

import threading

import streamlit as st

from datasets.digits import Digits
from datasets.mnist import find_digits


class _Shelf:
    digits: Digits | None = None

    def __init__(self) -> None:
        self.lock = threading.Lock()


@st.cache_resource(show_spinner=False)
def _shelf() -> _Shelf:
    return _Shelf()


def digits() -> Digits:
    """MNIST, or the bundled digits; the first visitor waits for it, and sees what for."""
    shelf = _shelf()
    with shelf.lock:
        if shelf.digits is None:
            bar = st.container(key="search").empty()
            bar.progress(0.0, "Looking for MNIST")
            shelf.digits = find_digits(
                lambda name, fraction: bar.progress(fraction, f"Downloading {name}: {fraction:.0%}")
            )
            bar.empty()
        return shelf.digits


def look_again() -> None:
    """Forget the digits, so that the next visit looks for MNIST anew. For a callback."""
    _shelf().digits = None
