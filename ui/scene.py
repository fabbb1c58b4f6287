"""The scene of a talk that is on, and what was guessed of it, for whatever on a page has to know.

`ui/talk.py` sets it.
"""

import streamlit as st

from talks.talk import Question, Scene

ON = "scene_on"
GUESSED = "scene_guess"


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


def scene_asks() -> Question | None:
    """What the scene that is on asks before it is shown, None if that is nothing."""
    scene = scene_on()
    return scene.question if scene else None


def scene_hides() -> bool:
    """Whether the scene's question is open: nothing that answers it is sent yet."""
    return scene_asks() is not None and not scene_guess()


def bar_asks() -> bool:
    """Whether the talk's bar asks for the guess still; what is to be drawn, the stage asks for."""
    asks = scene_asks()
    return asks is not None and not asks.sketch and not scene_guess()


def scene_guess() -> str:
    """The guess that was taken of the scene, "" as long as its question is open."""
    return st.session_state.get(GUESSED, "")


def take_scene_guess(guess: str) -> None:
    """Take a guess of the scene that is on; "" opens its question again."""
    st.session_state[GUESSED] = guess


def guess_in_words() -> str:
    """The guess as it stands beside the scene's title; "" where there is none to be said."""
    asks = scene_asks()
    return asks.said(scene_guess()) if asks else ""
