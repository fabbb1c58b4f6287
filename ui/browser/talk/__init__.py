"""The bar of a talk, in the header's place: which scene is on, the way to the others, the clock."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

import streamlit as st

from ui.browser.part import part

_talk = part(Path(__file__).parent)


class AskedOnStage(TypedDict):
    """A scene's question as the bar has it."""

    ask: str  # before it is shown, "" if nothing is asked
    answers: list[str]
    number: int  # the most that can be guessed, 0 if no number is asked for
    of: str  # of what the number is
    sketch: str  # what is drawn on the stage before it is shown, "" if nothing is
    over: bool  # whether the picture is seen meanwhile, as it begins


class SceneOnStage(AskedOnStage):
    """A scene as the bar has it."""

    title: str
    caption: str
    notes: str  # what to say
    link: str  # seen from any page


def show_talk_part(
    name: str,
    title: str,
    number: int,
    scenes: Sequence[SceneOnStage],
    end: str,
    guess: str,
    guessed: Callable[[int, str], None],
) -> None:
    """Put it on a page. Scene `number` is on, counted from 1; `end` is where Leave leads.

    `guess` is what was guessed of the scene, "" as long as its question is open; `guessed` gets the
    number of a scene and what was guessed of it.
    """
    data = {
        "name": name,
        "title": title,
        "at": number - 1,
        "scenes": list(scenes),
        "end": end,
        "guess": guess,
        "now": time.monotonic_ns(),
        "inFile": False,
    }

    def hear() -> None:
        said = st.session_state["talk"].guess
        guessed(said["scene"], said["guess"])

    _talk(key="talk", data=data, on_guess_change=hear)
