"""The room that a picture has before it comes, so that nothing below it jumps when it does."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.presenter import presenting


def place_for(key: str) -> DeltaGenerator:
    """Where the picture that `key` names goes; `ui/page.py` keeps such places high."""
    return st.container(key=f"picture_{key}")


def height_of(height: str, presenter_height: str) -> str:
    """A picture's height, as CSS. On a projector it gives way to its words (`page/fit.js`)."""
    fitted = "+ var(--glassbox-taller, 0px) - var(--glassbox-over, 0px)"
    return f"calc({presenter_height} {fitted})" if presenting() else height
