"""A reader's guess in the page's address, so that whoever loads the page again is not asked again.

Python, which would write all of the address, does not know yet what a control that has just been
moved has written there.
"""

from pathlib import Path

import streamlit as st

from ui.browser.part import part

_guess = part(Path(__file__).parent)


def guess_in_address(guess: str) -> None:
    """Put it there; "" takes it out."""
    with st.container(key="guess_in_address"):
        _guess(key="guess", data={"name": "guess", "value": guess})
