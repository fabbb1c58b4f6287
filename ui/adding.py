"""Adds the page on screen, as it is, to a talk of the reader's own; it stands under the link."""

from dataclasses import replace

import streamlit as st

from recipes.settings import shortened
from talks.reader import LONGEST_TITLE, BrokenTalk, read_link
from talks.talk import Scene
from ui.browser.addview import show_add_view
from ui.own_talks import KEY, add_scene
from ui.pages import PAGE_NAMES
from ui.scene import scene_on

TITLE, SAID = "my_talk_title", "my_talk_said"


@st.fragment
def offer_adding(link: str) -> None:
    """A button for the page whose link this is, and what came of it last."""
    state = st.session_state

    def add(key: str, asked: str, title: str) -> None:
        try:
            scene = scene_of(asked, title)
            state[KEY], talk = add_scene(key or state.get(KEY, ""), scene)
        except BrokenTalk as broken:
            state[SAID] = f"It was not added. {broken.why}", link
            return
        state[TITLE] = talk.title
        state[SAID] = f"It is scene {len(talk.scenes)} of “{talk.title}” now.", link

    said, of = state.get(SAID, ("", ""))
    words = said if of == link else ""
    show_add_view(link, state.get(KEY, ""), state.get(TITLE, ""), words, add)


def scene_of(link: str, title: str) -> Scene:
    """The page of a link as a scene; what is on as a scene of another talk keeps its words.

    BrokenTalk if the link is none.
    """
    page, settings = read_link(link, PAGE_NAMES)
    if on := scene_on():
        return replace(on, page=page, settings=settings)
    return Scene(page, settings, shortened(title.strip(), LONGEST_TITLE - 1) or "A view")
