"""Slow work before the reader's eyes: at once if it is short, else with a bar and a way to stop."""

import time
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures.words import duration
from runs.work import PATIENCE, N, Work

A_LOOK = 0.1  # seconds between two looks whether the reader moved on meanwhile
NO_NEWS = 5.0  # seconds after which a page is drawn again without any: fragments wait for its end
WATCHED, STOPPED, UNFINISHED = "watched_work", "stopped_work", "unfinished_work"


def begin(work: Work[N], place: DeltaGenerator) -> N:
    """What there is of the work, all of it if it is short; else in `place` how far it is.

    The page then draws that, and ends with `go_on`. A visit watches one work at a time.
    """
    watched = _leave_for(work)  # before: then the page's last run waited, at its end
    stopped = st.session_state.get(STOPPED) is work and work.numbers is not None
    if not stopped:
        _watch(work, 0.0 if watched else PATIENCE, enough=True)
    unfinished, how_far = not work.finished, work.how_far  # before: else it may end between
    numbers = work.first_numbers()
    st.session_state[UNFINISHED] = (how_far, numbers) if unfinished else None
    if unfinished:
        _how_far(work, place, stopped)
    return numbers


def _watch(
    work: Work[Any], seconds: float, enough: bool = False, known: tuple | None = None
) -> None:
    """Wish it done and wait for that; so many seconds, or until there is anything of it, or enough.

    What is `known` of it already, how far it is and what there is so far, is no news. Every look at
    the session's state lets the reader's next move end this run of the page, but one within a
    fragment: Streamlit has that wait until this run ends by itself.
    """
    began = time.monotonic()
    while True:
        work.go_on()
        work.wait(A_LOOK if work.numbers is None else min(A_LOOK, seconds))
        st.session_state.get(WATCHED)
        waited = time.monotonic() - began
        late = waited >= seconds or (enough and work.how_far.enough)
        news = work.numbers is not None and (waited >= NO_NEWS or not _same(known, work))
        if work.finished or (news and late):
            return


def _same(known: tuple | None, work: Work[Any]) -> bool:
    return known is not None and known[0] == work.how_far and known[1] is work.numbers


def _leave_for(work: Work[Any]) -> bool:
    """Have what this visit watched before rest at once, if nobody else watches it.

    Returns whether that is the same work.
    """
    before = st.session_state.get(WATCHED)
    if before is work:
        return True
    if before is not None:
        before.stop()
    st.session_state[WATCHED] = work
    return False


def _how_far(work: Work[Any], place: DeltaGenerator, stopped: bool) -> None:
    share, doing, done, _ = work.how_far
    with place.container(horizontal=True, vertical_alignment="center"):
        if stopped:
            st.markdown(f"Stopped after {done}.", width="content")
            st.button("Go on", key="work_go_on", on_click=_remember_stopped, args=[None])
        else:
            left = f": about {duration(work.seconds_left)} left" if share else ""
            st.progress(share, f"{doing}{left}")
            st.button("Stop here", key="work_stop", on_click=_stop, args=[work])


def go_on(work: Work[Any]) -> None:
    """Let it go on and run the page again, until all of it is shown or the reader stopped it.

    Called at a page's end, when its picture is drawn: it stays there until there is another, and
    every control can be used. What is done by then is kept for the next visit.
    """
    stopped = not work.finished and st.session_state.get(STOPPED) is work
    if (drawn := st.session_state[UNFINISHED]) is not None and not stopped:
        _watch(work, work.between_pictures, known=drawn)
        st.rerun()


def _stop(work: Work[Any]) -> None:
    work.stop()
    _remember_stopped(work)


def _remember_stopped(work: Work[Any] | None) -> None:
    st.session_state[STOPPED] = work
