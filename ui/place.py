"""The room that a picture has before it comes, so that nothing below it jumps when it does."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def place_for(key: str) -> DeltaGenerator:
    """Where the picture that `key` names goes; `ui/page.py` keeps such places high."""
    return st.container(key=f"picture_{key}")
