"""The frame of every page: the question, one row of controls, the picture, the caption."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.pages_manager import PagesManager

from ui.presenter import BIG, presenting

STYLE = """
[data-testid="stMainBlockContainer"] { padding: 4.1rem 2rem 1rem; max-width: none; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.6rem; }
[data-testid="stHeading"] { margin-bottom: 0; }
[data-testid="stHeading"] h1 { font-size: 1.5rem; font-weight: 600; padding: 0; }
.st-key-presenter_switch {
  position: fixed; top: 0.85rem; right: 1rem; z-index: 1000000; width: auto; }
.st-key-caption p { font-size: 1.05rem; }
.st-key-progress, .st-key-search { position: fixed; top: 3.8rem; left: 2rem; right: 2rem; width: auto; z-index: 999;
  background: var(--st-background-color); }
"""


def open_page(question: str) -> None:
    """Begin a page with the question it answers. Every page calls this first."""
    _leave_the_old_multipage_mode()
    st.html(f"<style>{STYLE}{BIG if presenting() else ''}</style>")
    st.title(question, anchor=False)


def _leave_the_old_multipage_mode() -> None:
    """Send a fresh server's very first visitor through dashboard.py.

    Because a folder pages/ lies beside dashboard.py, Streamlit starts in its older mode, in which
    a link to a page runs that file alone, without the router, until st.navigation has run once.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def controls() -> DeltaGenerator:
    """The row for a page's controls; in presenter mode it is folded into a popover."""
    if presenting():
        return st.popover("Controls", icon=":material/tune:")
    return st.container(horizontal=True, vertical_alignment="bottom", key="controls")


def more() -> DeltaGenerator:
    """Where further controls are folded away; in presenter mode all of them are already."""
    return st.container() if presenting() else st.popover("More", icon=":material/tune:")
