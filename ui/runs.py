"""The run that a page shows: found by the link or this visit, started, paused, dropped."""

import streamlit as st

from runs.registry import Registry
from runs.run import Run

PARAMETER = "run"


@st.cache_resource(show_spinner=False)
def registry() -> Registry:
    """The runs of this server."""
    return Registry()


def current_run() -> Run | None:
    """The run that the link names, else the one this visit was looking at; None if there is none.

    A link whose run is not on this server gets a sentence, and the page as it is without it.
    """
    named = st.query_params.get(PARAMETER)
    run = registry().find(named or st.session_state.get(PARAMETER))
    if run is None:
        if named:
            del st.query_params[PARAMETER]
            st.toast("The run that this link names is not on this server any more.")
        return None
    show_run(run)
    return run


def show_run(run: Run) -> None:
    """Put this run into the link and keep it for this visit."""
    st.session_state[PARAMETER] = run.id
    if st.query_params.get(PARAMETER) != run.id:
        st.query_params[PARAMETER] = run.id


def drop_run(run: Run) -> None:
    """Forget this run, here and on the server."""
    registry().drop(run)
    st.session_state.pop(PARAMETER, None)
    st.query_params.pop(PARAMETER, None)
