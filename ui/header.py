"""What stands in the header beside the navigation, on every page: presenter mode, light or dark."""

import streamlit as st

from ui.browser.page import show_page_part
from ui.presenter import presenter_switch, presenting
from ui.theme import chosen_theme, theme_switch


def switches() -> None:
    """Both switches; they stay as they are from page to page."""
    with st.container(key="switches", horizontal=True, vertical_alignment="center"):
        theme_switch()
        presenter_switch()
        show_page_part(chosen_theme(), presenting())
