"""The digits every visitor of this server trains on, and how far the search for MNIST is."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits, Kind
from runs.shelf import shelf
from runs.work import PATIENCE

BETWEEN_LOOKS = 0.5  # seconds between two looks at how far the search is


def digits(place: DeltaGenerator) -> Digits:
    """The digits that are here by now.

    While MNIST is being looked for, `place` says how far that is, and then the page runs again.
    """
    here = shelf().digits(PATIENCE)
    if not shelf().looking:
        return shelf().digits()
    with place.container(key="looking_for_mnist"):
        _how_far()
    return here


@st.fragment(run_every=BETWEEN_LOOKS)
def _how_far() -> None:
    if not shelf().looking:
        st.rerun()
    share, doing, done = shelf().how_far
    st.progress(share, f"{doing}: {done}" if done else doing)


def where_they_are_from(digits: Digits) -> None:
    """A line on the digits that are here, if there is something to say, and what can be done."""
    if shelf().looking:
        st.markdown(f"MNIST is being looked for.{UNTIL if digits.kind is Kind.BUNDLED else ''}")
    elif digits.note:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(digits.note)
            st.button("Look for MNIST again", key="mnist_look_again", on_click=shelf().look_again)


UNTIL = " Until it is here you see the 1,797 smaller digits that scikit-learn ships instead."
