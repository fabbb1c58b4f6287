"""Where many pages run at once, whoever moves a slider again and again lets the others go first."""

import contextlib
import threading
import time
from collections.abc import Iterator

import streamlit as st

RUNS, SECONDS = 3, 3.0  # where it is crowded, a visit's page runs so often within so long
CROWD = 2  # pages that run at the same time as one's own
A_LOOK = 0.1  # seconds between two looks whether the reader moved on meanwhile
STARTS = "starts_of_runs"


class Pages:
    """How many pages run now."""

    def __init__(self) -> None:
        self._running = 0
        self._lock = threading.Lock()

    @property
    def crowded(self) -> bool:
        """Whether one more would be one of many."""
        return self._running >= CROWD

    @contextlib.contextmanager
    def one_more(self) -> Iterator[None]:
        """While a page runs."""
        with self._lock:
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1


PAGES = Pages()


@contextlib.contextmanager
def a_turn() -> Iterator[None]:
    """A run of a visit's page: at once, but for whoever has had many of late where it is crowded.

    Their next move ends this run while it waits, so only the newest of what they ask for is done.
    """
    starts: list[float] = st.session_state.get(STARTS, [])[-RUNS:]
    while len(starts) == RUNS and time.monotonic() < starts[0] + SECONDS and PAGES.crowded:
        time.sleep(A_LOOK)
        st.session_state.get(STARTS)  # a look at the session's state is where a run can end
    st.session_state[STARTS] = [*starts, time.monotonic()]
    with PAGES.one_more():
        yield
