"""Presenter mode: for a projector, type and lines grow and the controls fold away."""

import streamlit as st

KEY = "present"

# Streamlit measures everything in rem, so one font size scales the whole page. Its smallest text
# is 0.875 rem, and nothing on a projector may be smaller than 24 px.
BIG = """
:root { font-size: 27.5px !important; }
[data-testid="stHeader"] { height: 3rem; }
[data-testid="stTopNavLink"] span, [data-testid="stTopNavLink"] p { font-size: 0.9rem !important; }
"""


def presenting() -> bool:
    """Whether this page is on a projector."""
    return bool(st.session_state.get(KEY))


def presenter_switch() -> None:
    """The switch, in the header beside the navigation; it stays on from page to page."""
    with st.container(key="presenter_switch"):
        st.toggle(
            "Present",
            key=KEY,
            bind="query-params",
            help="For a projector: larger type and lines, controls folded away.",
        )
