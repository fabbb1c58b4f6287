"""The run that a page shows: found by the link or this visit, started, paused, dropped."""

import functools
import threading

import streamlit as st

from datasets.digits import Digits
from datasets.environment import abandoned, glassbox_home
from runs.registry import InTraining, Registry
from runs.run import ABANDONED, Run, TrainingRun
from runs.store import Store
from runs.workers import Workers

PARAMETER, AT_WORK = "run", "runs_at_work"
DELETED = "mnist_deleted"  # what is not here any more, as a sentence
SHARE = 2  # runs of one visit that train, or wait for a worker, at a time
GAVE_WAY = f"It rests because newer ones were set going: {SHARE} at a time of one visitor's train."
_one_at_a_time = threading.Lock()


def registry() -> Registry:
    """The runs of this server: the same for everybody, and in no cache that a visitor can clear."""
    with _one_at_a_time:
        return _registry()


@functools.cache
def _registry() -> Registry:
    return Registry(Workers(), Store(glassbox_home() / "runs"), abandoned(ABANDONED))


def current_run(digits: Digits) -> Run | None:
    """The run that the link names, else the one this visit was looking at; None if there is none.

    A link whose run is not on this server gets a sentence, and the page as it is without it.
    """
    named = st.query_params.get(PARAMETER)
    run = registry().find(named or st.session_state.get(PARAMETER), digits)
    if run is None:
        if named:
            leave_run()
            say_deleted("The run that this link names is not on this server any more.")
        return None
    show_run(run)
    return run


def show_run(run: Run) -> None:
    """Put this run into the link and keep it for this visit."""
    if st.session_state.get(PARAMETER) != run.id:
        st.session_state.pop(DELETED, None)
    st.session_state[PARAMETER] = run.id
    if st.query_params.get(PARAMETER) != run.id:
        st.query_params[PARAMETER] = run.id


def set_going(run: TrainingRun) -> None:
    """Have it train. The newest wish of a visit wins: what is beyond its share rests."""
    run = registry().kept(run)
    run.go_on()
    before = [old for old in st.session_state.get(AT_WORK, ()) if old is not run]
    at_work = [old for old in before if not old.at_rest]
    for old in at_work[: max(0, len(at_work) + 1 - SHARE)]:
        old.pause(GAVE_WAY)
    st.session_state[AT_WORK] = [*at_work, run][-SHARE:]


def one_batch(run: TrainingRun) -> None:
    """Have it take one step."""
    registry().kept(run).one_batch()


def delete_run(run: Run) -> None:
    """Take it off this server, for good, and say so."""
    try:
        registry().delete(run)
    except InTraining:
        st.toast("Another part of this server trains this run: delete it once it rests there.")
        return
    except OSError as error:
        st.toast(f"This run could not be deleted: {(error.strerror or 'no reason given').lower()}.")
        return
    leave_run()
    say_deleted("The run is deleted: its file is gone, and its link finds nothing any more.")


def say_deleted(sentence: str) -> None:
    """Say what is not here any more now, and in the caption until something else is shown."""
    st.toast(sentence)
    st.session_state[DELETED] = sentence


def leave_run() -> None:
    """Show no run; its link still finds it."""
    st.session_state.pop(PARAMETER, None)
    st.query_params.pop(PARAMETER, None)
