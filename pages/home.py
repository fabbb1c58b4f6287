"""Home: what this is, in one living picture, and the way to the rooms."""

import streamlit as st

from figures.words import sentences
from recipes.boundaries import BoundariesSettings
from ui.controls import header_misread, still_said
from ui.explain import link_to
from ui.give_a_talk import offer_talks
from ui.page import open_page
from ui.pages import PAGES
from ui.presenter import presenting
from ui.scene import scene_mark
from ui.show import show_view
from views.boundaries.opening import OPENING

QUESTION = "Watch a neural network learn, and open any number in it"
frame = open_page(QUESTION, movable=False)

if not presenting():
    with frame.actions:
        offer_talks()
    with frame.controls, st.container(horizontal=True, vertical_alignment="bottom", key="rooms"):
        st.markdown(
            "Here is one that learns. **Play** shows how; then choose a room:", width="content"
        )
        for page in PAGES:
            st.page_link(page.file, label=page.title, icon=page.icon)

settings = BoundariesSettings()
show_view(
    QUESTION,
    OPENING,
    settings,
    frame.waiting,
    frame.actions,
    key=f"home_{{}}{scene_mark()}",
    notes=sentences(*still_said(header_misread(), settings)),
    link=link_to(settings),
)
