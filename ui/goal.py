"""The goal that a link sets, and whether what is on screen reaches it.

`goal=` is a sentence of whoever gave the link, `reach=right100-units3` what the page can check.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures.words import as_written, listed, sentences
from views.goal import Goal, in_words, is_reached, judged, read_goal
from views.view import View

GOAL, REACH = "goal", "reach"  # parameters of the page's link
LONGEST = 200  # letters


class Asked(NamedTuple):
    """What a link asks for."""

    sentence: str  # of whoever gave it; "" if there is none
    goal: Goal | None  # what can be checked; None if that is nothing


def asked_for() -> Asked:
    """What the page's link asks for."""
    return read_asked(st.query_params)


def read_asked(link: Mapping[str, str]) -> Asked:
    """What the parameters of a link ask for."""
    goal = None
    if text := link.get(REACH):
        try:
            goal = read_goal(text)
        except ValueError:
            goal = None  # `misread_goal` says so
    return Asked(link.get(GOAL, "").strip(), goal)


def goal_in_words(asked: Asked, view: View) -> str:
    """What is asked for, in the words of whoever gave the link, and what of it is checked."""
    sentence, goal = asked
    checked = in_words(goal, view.counted) if goal else ""
    said = as_written(sentence, LONGEST) if sentence else f"{checked[:1].upper()}{checked[1:]}."
    beside = f"*(Checked: {checked}.)*" if sentence and checked else ""
    return sentences(f"**Goal:** {said}", beside)


def misread_goal() -> list[str]:
    """A sentence if nobody can read what the page's link has to be checked."""
    text = st.query_params.get(REACH)
    if not text:
        return []
    try:
        read_goal(text)
    except ValueError as expected:
        return [
            f"The link has “{as_written(text)}” for what its goal asks: {expected}, so the page "
            "cannot say whether it is reached."
        ]
    return []


def place_for_goal() -> DeltaGenerator | None:
    """Where the goal stands; nowhere if there is none."""
    sentence, goal = asked_for()
    return st.container(key="goal").empty() if sentence or goal else None


def say_goal(
    place: DeltaGenerator | None, view: View, views: Sequence[View] = (), numbers: Any = None
) -> None:
    """The goal, and whether these numbers of the view reach it; None before there are any.

    `views` are all of the page: another of them may be the one that can tell.
    """
    if place is None:
        return
    asked = asked_for()
    status = _status(asked.goal, view, views, numbers)
    place.markdown(sentences(goal_in_words(asked, view), status))


def _status(goal: Goal | None, view: View, views: Sequence[View], numbers: Any) -> str:
    if goal is None:
        return ""
    if view.measured is None:
        tell = [f"*{other.name}*" for other in views if other.measured]
        return f"Whether it is reached is said on {listed(tell, 'or')}." if tell else ""
    if numbers is None:
        return ""
    found = view.measured(numbers)
    if found is None:
        return "**Not known yet.** Only what is trained here counts."
    mark = "✓ **Reached:**" if is_reached(goal, found) else "**Not yet:**"
    return f"{mark} {judged(goal, found, view.counted)}"
