"""The way from Home to the other pages and to the talks."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.give_a_talk import offer_talks
from ui.lock import locked
from ui.pages import PAGES
from ui.presenter import presenting


def offer_rooms(place: DeltaGenerator, actions: DeltaGenerator) -> None:
    """Talks among the actions, a link to each page; none on a projector, nor for a class."""
    if presenting() or locked():
        return
    with actions:
        offer_talks()
    with place, st.container(horizontal=True, vertical_alignment="bottom", key="rooms"):
        st.markdown(
            "Here is one that learns. **Play** shows how; then choose a room:", width="content"
        )
        for page in PAGES:
            st.page_link(page.file, label=page.title, icon=page.icon)
