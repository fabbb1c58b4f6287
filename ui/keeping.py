"""Keep training: a changed setting goes on from the network on screen, not from a fresh start.

As soon as the reader reaches for a control the stage tells where its network stands; if a setting
changes then, that is what training begins with, and it is shared as changed weights are.
"""

from typing import Any

import streamlit as st

from recipes.keeping import sent_at, went_on
from recipes.settings import Settings, Switch
from ui.brought import begin_with
from ui.controls import MOVED, misread
from ui.held import hold_one
from ui.lock import KEEP, free
from views.view import View

NOW, BEFORE = "keep_now", "keep_before"
ELSEWHERE = "keep_moved_elsewhere"  # whether a control was moved where no network was on screen
SWITCH = Switch(
    "Keep training",
    "A changed setting goes on from the network as it is on screen, instead of from a fresh start. "
    "Another shape of the network starts over.",
)
UNSEEN = "A setting was changed where no network was on screen, so training starts over."
LOST = "The network on screen cannot be trained on, so training starts over."


def keep_switch(view: View) -> list[str]:
    """The switch, where a view can go on; a sentence if the link says it so that nobody can."""
    if view.starts_over is None:
        return []
    key = view.settings.key(KEEP)
    asked = st.query_params.get_all(key)
    if not free(KEEP):
        hold_one(key, SWITCH, False)
    else:
        st.toggle(SWITCH.label, key=key, bind="query-params", help=SWITCH.help)
    return [misread(SWITCH, text, False) for text in asked if text not in ("true", "false")]


def keeping(view: View) -> bool:
    """Whether training goes on."""
    return view.starts_over is not None and bool(st.session_state.get(view.settings.key(KEEP)))


def keep_in_link(view: View) -> dict[str, str]:
    """What the page's link has of it."""
    return {view.settings.key(KEEP): "true"} if keeping(view) else {}


def hear_now(sent: Any) -> None:
    """Remember where the stage says its network stands: its step, and all parameters or None."""
    st.session_state[NOW] = sent


def go_on(view: View, settings: Settings) -> list[str]:
    """Begin with the network on screen if the reader has moved a control; why not, if it cannot.

    What no control has moved, a preset or a link, has its own start.
    """
    state = st.session_state
    moved = state.pop(MOVED, False)
    if view.starts_over is None or view.trains_on is None:
        state[ELSEWHERE] = moved or state.get(ELSEWHERE, False)
        return []
    elsewhere, before = state.pop(ELSEWHERE, False), state.get(BEFORE, settings)
    state[BEFORE] = settings
    if not (keeping(view) and (moved or elsewhere)) or before == settings:
        return []
    if why := view.starts_over(before, settings):
        return [why]
    if not moved:
        return [UNSEEN]
    match state.get(NOW):
        case {"step": int(step), "theta": str(theta)} if view.trains_on(
            settings, sent := sent_at(step, theta)
        ):
            begin_with(settings, sent, went_on(settings, step))
            return []
    return [LOST]
