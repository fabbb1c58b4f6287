"""What visitors upload is read one at a time on this server, in the background, then forgotten."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.idx import DataError
from figures.words import as_written
from runs.memory import give_back
from runs.work import PATIENCE
from runs.workers import Workers

T = TypeVar("T")

BETWEEN_LOOKS = 0.5  # seconds between two looks whether it is read
_queue = Workers(1)  # unpacked, what is uploaded may be large

log = logging.getLogger(__name__)


class Reading(Generic[T]):
    """Something that is read in a thread of its own, when its turn has come."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read: Callable[[], T] | None = read
        self._done = threading.Event()
        self.got: T | None = None
        self.wrong = ""  # a sentence, if it could not be read
        _queue.enter(self)

    def work(self) -> None:
        """Read it. Called by the queue."""
        try:
            if self._read is not None:
                self.got = self._read()
        except DataError as error:
            self.wrong = str(error)
        except Exception:
            log.exception("an upload could not be read")
            self.wrong = "What you brought could not be read: something failed on the server."
        finally:
            self._read = None  # and with it the bytes
            self._done.set()
            give_back()

    def wait(self, seconds: float) -> bool:
        """Wait so long for its end; whether it is read."""
        return self._done.wait(seconds)

    @property
    def before(self) -> int:
        """How many are read before it."""
        return _queue.place(self)


def bring(
    label: str,
    key: str,
    read: Callable[[Sequence[UploadedFile]], T],
    use: Callable[[T], None],
    several: bool = False,
) -> None:
    """A box for files. They are read by `read`, and then used; or a sentence says what is wrong.

    `read` runs in another thread, without a page; DataError is its sentence. The page runs again
    once `use` was called.
    """
    turn, reading = f"{key}_turn", f"{key}_reading"
    box = f"{key}_{st.session_state[turn]}" if st.session_state.get(turn) else key
    st.file_uploader(
        label,
        accept_multiple_files=several,
        key=box,
        on_change=_take,
        args=[key, box, read],
        disabled=reading in st.session_state,
    )
    now: Reading[T] | None = st.session_state.get(reading)
    if now is not None:
        if not now.wait(PATIENCE):
            _how_far(now)
            return
        del st.session_state[reading]
        st.session_state[f"{key}_wrong"] = now.wrong
        if now.got is not None:
            use(now.got)
        st.rerun()
    if wrong := st.session_state.get(f"{key}_wrong"):
        st.error(as_written(wrong, 300))


def _take(key: str, box: str, read: Callable[[Sequence[UploadedFile]], T]) -> None:
    """Have what is in the box read. A new box takes its place, so that nobody keeps the bytes."""
    given = st.session_state[box]
    files = [file for file in (given if isinstance(given, list) else [given]) if file]
    files = [file for file in files if isinstance(file, UploadedFile)]
    if not files:
        return
    _forget(files)
    st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1
    st.session_state[f"{key}_wrong"] = ""
    st.session_state[f"{key}_reading"] = Reading(lambda: read(files))


def _forget(files: Sequence[UploadedFile]) -> None:
    """Have Streamlit let go of their bytes, which it otherwise keeps as long as the visit lasts."""
    run = get_script_run_ctx()
    if run is not None and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            run.uploaded_file_mgr.remove_file(run.session_id, file.file_id)


@st.fragment(run_every=BETWEEN_LOOKS)
def _how_far(reading: Reading[T]) -> None:
    if reading.wait(0):
        st.rerun()
    before = reading.before
    if before:
        others = "1 other is" if before == 1 else f"{before} others are"
        st.markdown(f"Waiting to be read: {others} before what you brought.")
    else:
        st.markdown("Reading what you brought.")
