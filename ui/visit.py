"""This visit: what it brings and trains is counted together."""

import streamlit as st

from runs.files import new_mark

MARK = "mark"


def mark() -> str:
    """The mark on the names of all that this visit brings or trains."""
    made: str = st.session_state.setdefault(MARK, new_mark())
    return made
