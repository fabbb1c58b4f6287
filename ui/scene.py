"""The scene of a talk that is on, for whatever on a page has to know; `ui/talk.py` sets it."""

import streamlit as st

from talks.talk import Scene

ON = "scene_on"


def set_scene(on: tuple[int, Scene] | None) -> None:
    """Say which scene is on, counted from 1, or that none is. With every run of the script."""
    st.session_state[ON] = on


def scene_on() -> Scene | None:
    """The scene that is on, None outside of a talk."""
    on: tuple[int, Scene] | None = st.session_state.get(ON)
    return on[1] if on else None


def scene_mark() -> str:
    """What ends the key of what begins anew with each scene; "" outside of a talk."""
    on: tuple[int, Scene] | None = st.session_state.get(ON)
    return f"_scene{on[0]}" if on else ""
