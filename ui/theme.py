"""Light or dark, where the reader does not leave it to their device: a switch that links carry.

Streamlit has no such switch that a link could carry, nor one that keeps the visit; it follows the
browser. `ui/browser/page` has it follow the reader.
"""

import streamlit as st

KEY = "theme"
THEMES = ("light", "dark")


def chosen_theme() -> str:
    """The theme that the reader or the link chose, "" if that is left to the device."""
    theme = st.session_state.get(KEY, st.query_params.get(KEY))  # the switch may not be there yet
    return theme if theme in THEMES else ""


def theme_switch() -> None:
    """The switch, as it stands in the header; a second press leaves it to the device again."""
    st.segmented_control(
        "Light or dark", THEMES, key=KEY, bind="query-params", label_visibility="collapsed"
    )
