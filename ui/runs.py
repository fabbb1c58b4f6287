"""The run that a page shows: found by the link or this visit, started, paused, dropped."""

import os

import streamlit as st

from datasets.digits import Digits
from datasets.home import glassbox_home
from runs.registry import Registry
from runs.run import ABANDONED, Run
from runs.store import Store
from runs.workers import Workers

PARAMETER = "run"


@st.cache_resource(show_spinner=False)
def registry() -> Registry:
    """The runs of this server."""
    abandoned = float(os.environ.get("GLASSBOX_ABANDONED") or ABANDONED)
    return Registry(Workers(), Store(glassbox_home() / "runs"), abandoned)


def current_run(digits: Digits) -> Run | None:
    """The run that the link names, else the one this visit was looking at; None if there is none.

    A link whose run is not on this server gets a sentence, and the page as it is without it.
    """
    named = st.query_params.get(PARAMETER)
    run = registry().find(named or st.session_state.get(PARAMETER), digits)
    if run is None:
        if named:
            leave_run()
            st.toast("The run that this link names is not on this server any more.")
        return None
    show_run(run)
    return run


def show_run(run: Run) -> None:
    """Put this run into the link and keep it for this visit."""
    st.session_state[PARAMETER] = run.id
    if st.query_params.get(PARAMETER) != run.id:
        st.query_params[PARAMETER] = run.id


def leave_run() -> None:
    """Show no run; its link still finds it."""
    st.session_state.pop(PARAMETER, None)
    st.query_params.pop(PARAMETER, None)
