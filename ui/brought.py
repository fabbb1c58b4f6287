"""What a reader brings that no link carries: a text, or the weights they changed on the stage."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from recipes.settings import Settings
from views.view import View, Written

TEXTS, START = "own_texts", "own_start"


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

    A start belongs to one visit and to the settings it was made for; it is in no link, and goes
    as soon as a setting changes.
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
    kept, sent = st.session_state.get(START, (settings, None))
    if kept == settings:
        return sent
    _usual_start()
    return None


def usual_start_button(place: DeltaGenerator, settings: Settings) -> None:
    """The way back to the start that the settings draw."""
    place.button("Usual start", key=settings.key("usual"), on_click=_usual_start)


def _usual_start() -> None:
    st.session_state.pop(START, None)
