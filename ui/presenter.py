"""Presenter mode: for a projector, type and lines grow and the controls fold away."""

import streamlit as st

KEY = "present"

# Streamlit measures everything in rem, so one font size scales the whole page. Its smallest text
# is 0.875 rem, and nothing on a projector of 1280 pixels or more may be smaller than 24 px. On a
# narrower one it keeps its share of the width, so that it looks the same from the back row.
TYPE = "clamp(15px, 1.875vw, 24px)"
BIG = """
:root { font-size: clamp(16px, 2.1485vw, 27.5px) !important; }
[data-testid="stHeader"] { height: 2.4rem; min-height: 0; }
[data-testid="stMainBlockContainer"] { padding: 2.4rem 1rem 0.5rem !important; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.2rem !important; }
[data-testid="stHeading"] h1 { font-size: 1.15rem !important; }
.st-key-presenter_switch { top: 0.5rem !important; }
.st-key-waiting { top: 0.2rem !important; left: 40% !important; right: 15rem !important; }
[data-testid="stTopNavLink"] { padding: 0.25rem 0.35rem !important; }
/* Maths, code and link stand in the header, as icons with a name for those who hear the page. */
.st-key-explain { position: fixed !important; top: 0.4rem; right: 8.3rem; width: auto !important;
  gap: 0.3rem !important; z-index: 1000000; }
.st-key-explain button { padding: 0 0.3rem !important; min-height: 1.6rem !important; }
.st-key-explain button [data-testid="stMarkdownContainer"] { position: absolute;
  clip-path: inset(50%); }
.st-key-explain button div[aria-hidden="true"] { display: none; }
.st-key-caption p { font-size: 0.95rem !important; line-height: 1.35; }
@media (max-width: 768px) { .st-key-explain { right: 9.2rem; } }
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
