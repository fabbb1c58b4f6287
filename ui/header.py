"""What stands in the header beside the navigation, on every page: presenter mode, light or dark."""

import streamlit as st

from recipes.settings import Choices, Setting, Switch
from ui.browser.page import show_page_part
from ui.controls import HEADER, misread
from ui.presenter import KEY as PRESENT, presenter_switch, presenting
from ui.talk import Place, show_bar
from ui.theme import KEY as THEME, THEMES, chosen_theme, theme_switch


def switches(place: Place | None) -> None:
    """Both switches; they stay as they are from page to page. And the bar of a talk at its place.

    What a link got wrong about them is left for the page to say, where it says all such things.
    """
    if wrong := _misread():
        st.session_state[HEADER] = [*st.session_state.get(HEADER, []), *wrong]
    with st.container(key="switches", horizontal=True, vertical_alignment="center"):
        theme_switch()
        presenter_switch()
        show_page_part(chosen_theme(), presenting())
        show_bar(place)


def _misread() -> list[str]:
    """A sentence for each switch that the link sets to what there is not. Before they are there."""
    known: dict[str, tuple[Setting, tuple[str, ...], bool | str]] = {
        PRESENT: (Switch("Present", ""), ("true", "false"), False),
        THEME: (Choices("Light or dark", "", THEMES), THEMES, "as your device has it"),
    }
    return [
        misread(setting, text, used)
        for key, (setting, texts, used) in known.items()
        for text in st.query_params.get_all(key)
        if text not in texts
    ]
