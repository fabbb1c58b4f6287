"""What a reader brings: a text, which no link carries, or the weights they changed on the stage."""

import base64
from collections.abc import Callable

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from recipes.settings import Settings
from runs.starts import starts
from ui.visit import mark
from views.view import View, Written

TEXTS, START, NAMED = "own_texts", "own_start", "own_start_name"
FEW = 100  # parameters that a link carries itself, in a thousand letters; more lie on the server
NAME = "~"  # what begins the name of those; no parameters begin with it


def own_text(box: Written, settings: Settings) -> str | None:
    """What the reader has made of the usual text of these settings; None if it stands unchanged.

    A box of text and not Streamlit's grid: the grid loses the first keys of a number typed fast,
    says nothing about "abc", and once emptied cannot be filled again. The box forgets its text
    when another page is opened, so it is kept here.
    """
    kept, usual = st.session_state.setdefault(TEXTS, {}), box.usual(settings)
    key = settings.key(f"own_{box.subject(settings)}")
    if key not in st.session_state:
        st.session_state[key] = kept.get(key, usual)
    kept[key] = st.text_area(box.label, key=key, height=190, help=box.help)
    st.button(box.restore, on_click=_put_back, args=[key, usual], key=settings.key("usual"))
    return None if kept[key] == usual else kept[key]


def _put_back(key: str, usual: str) -> None:
    st.session_state[key] = usual


def keeps_start(view: View, settings: Settings) -> Callable[[str | None], None] | None:
    """What remembers the parameters that the stage sends, if the view trains on from them.

    A start belongs to the settings it was made for, and goes as soon as one of them changes.
    """
    if view.trains_on is None:
        return None
    fits = view.trains_on

    def keep(sent: str | None) -> None:
        if sent and fits(settings, sent):
            st.session_state[START] = (settings, sent)

    return keep


def own_start(settings: Settings) -> str | None:
    """The start kept for just these settings, None if there is none. One of others is forgotten."""
    kept: tuple[Settings, str | None] = st.session_state.get(START, (settings, None))
    if kept[0] == settings:
        return kept[1]
    _usual_start()
    return None


def start_from_link(fits: Callable[[Settings, str], bool], settings: Settings) -> list[str]:
    """Take up the start that the page's link brings, unless the visit has one; what is wrong there.

    `fits` says whether parameters, as the stage sends them, are those of the settings' network.
    """
    said = st.query_params.get(settings.key("own"), "")
    if not said or START in st.session_state:
        return []
    sent = _read(said)
    if sent is not None and fits(settings, sent):
        st.session_state[START] = (settings, sent)
        return []
    gone = (
        "are not on this server any more"
        if sent is None and said.startswith(NAME)
        else ("are not those of this network")
    )
    return [f"The changed weights that the link brings {gone}, so training has its usual start."]


def start_in_link(settings: Settings, own: str | None) -> dict[str, str]:
    """Put the reader's own start into the page's address, or take it out; what a link adds for it.

    Nothing where there is none, and where many could not be kept on the server.
    """
    key = settings.key("own")
    said = _written(own) if own else ""
    if not said:
        st.query_params.pop(key, None)
        return {}
    if st.query_params.get(key) != said:
        st.query_params[key] = said
    return {key: said}


def _written(sent: str) -> str:
    """A start as a link has it: the parameters themselves, or the name under which they lie."""
    theta = np.frombuffer(base64.b64decode(sent), np.float64)
    if theta.size <= FEW:
        return base64.urlsafe_b64encode(theta.tobytes()).decode().rstrip("=")
    named, name = st.session_state.get(NAMED, ("", ""))
    if named != sent:
        try:
            name = NAME + starts().keep(theta, mark())
        except OSError:
            name = ""
        st.session_state[NAMED] = (sent, name)
    return name


def _read(said: str) -> str | None:
    """A start from a link, as the stage sends it; None if it is none, or is gone."""
    if said.startswith(NAME):
        theta = starts().find(said.removeprefix(NAME))
        return None if theta is None else base64.b64encode(theta.tobytes()).decode()
    return said.replace("-", "+").replace("_", "/") + "=" * (-len(said) % 4)


def usual_start_button(place: DeltaGenerator, settings: Settings) -> None:
    """The way back to the start that the settings draw."""
    place.button("Usual start", key=settings.key("usual"), on_click=_leave, args=[settings])


def _leave(settings: Settings) -> None:
    st.query_params.pop(settings.key("own"), None)  # else the link would bring it again
    _usual_start()


def _usual_start() -> None:
    st.session_state.pop(START, None)
