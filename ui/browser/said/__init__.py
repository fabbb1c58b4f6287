"""What is said of a film: of its sentences the one that is due at the frame on screen.

    show_said([Said(0, "…"), Said(49, "…")], "boundaries_stage", edited="…")

Streamlit writes all of them, each in a place that carries the step from which on it holds; the
JavaScript here shows the one that is due. Tests read what is visible in `.st-key-caption`.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from figures.words import Said
from ui.browser.part import part
from ui.told import told

_said = part(Path(__file__).parent)


def show_said(
    sentences: Sequence[Said], film: str, edited: str = "", opens_first: bool = False
) -> None:
    """Put the sentences of the film of this key where a caption goes.

    `edited` is said instead of all of them while the reader's own weights are on the stage. Until
    the film says where it is that is at its end, or, if it `opens_first`, at its beginning.
    """
    with st.container(key="caption"):
        with st.container(key="said"):
            for since, words in sentences if opens_first else reversed(sentences):
                with st.container(key=f"said_{since}"):
                    st.markdown(told(words))
            if edited:
                with st.container(key="said_edited"):
                    st.markdown(told(edited))
        _said(key="film_said", data={"film": film})
