"""What visitors upload is read one at a time on this server, in the background, then forgotten."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.idx import DataError
from figures.words import as_written
from runs.memory import give_back
from runs.work import PATIENCE, HowFar, Tell, Turns, Work
from ui.browser.toolarge import say_if_too_large

T = TypeVar("T")

BETWEEN_LOOKS = 0.5  # seconds between two looks whether it is read
_turns = Turns(1)  # unpacked, what is uploaded may be large
FAILED = "What you brought could not be read: something failed on the server."

log = logging.getLogger(__name__)


class Outcome(NamedTuple, Generic[T]):
    """What came of reading: something, or a sentence on what is wrong, with lines that help."""

    got: T | None
    wrong: str = ""
    code: str = ""


def _reading(read: Callable[[], T]) -> Work[Outcome[T]]:
    """Slow work that reads, and fails with a sentence; it lets go of the bytes before it ends."""
    once = [read]

    def do(tell: Tell) -> Iterator[Outcome[T]]:
        outcome: Outcome[T]
        try:
            outcome = Outcome(once.pop()())
        except DataError as error:
            outcome = Outcome(None, str(error), error.code)
        except Exception:
            log.exception("an upload could not be read")
            outcome = Outcome(None, FAILED)
        give_back()
        tell(HowFar(1.0, "Reading"))
        yield outcome

    return Work(do, _turns)


def bring(
    label: str,
    key: str,
    read: Callable[[Sequence[UploadedFile]], T],
    use: Callable[[T], None],
    several: bool = False,
    megabytes: int | None = None,
    if_larger: str = "so bring a smaller one",
) -> None:
    """A box for files. They are read by `read`, and then used; or a sentence says what is wrong.

    Files larger than `megabytes`, or else than the server takes, are not sent by the browser; the
    page then says so, and what to do: `if_larger`.
    `read` runs in another thread, without a page; DataError is its sentence. The page runs again
    once `use` was called.
    """
    turn, reading = f"{key}_turn", f"{key}_reading"
    box = f"{key}_{st.session_state[turn]}" if st.session_state.get(turn) else key
    with st.container(key=f"{key}_files"):
        st.file_uploader(
            label,
            accept_multiple_files=several,
            key=box,
            on_change=_take,
            args=[key, box, read],
            disabled=reading in st.session_state,
            max_upload_size=megabytes,
        )
        limit = megabytes or int(st.get_option("server.maxUploadSize"))
        say_if_too_large(f"{key}_files", limit, if_larger)
    now: Work[Outcome[T]] | None = st.session_state.get(reading)
    if now is not None:
        now.go_on()
        now.wait(PATIENCE)
        outcome = now.numbers
        if outcome is None:
            _how_far(now)
            return
        del st.session_state[reading]
        st.session_state[f"{key}_wrong"] = outcome
        if outcome.got is not None:
            st.session_state[f"{key}_wrong"] = None
            use(outcome.got)
        st.rerun()
    if wrong := st.session_state.get(f"{key}_wrong"):
        st.error(as_written(wrong.wrong, 500))
        if wrong.code:
            st.code(wrong.code, language="python")


def refused(key: str) -> bool:
    """Whether what was last brought to the box of this key could not be read."""
    return bool(st.session_state.get(f"{key}_wrong"))


def forget_refusal(key: str) -> None:
    """Have the box of this key say nothing any more of what it could not read. For a callback."""
    st.session_state[f"{key}_wrong"] = None


def _take(key: str, box: str, read: Callable[[Sequence[UploadedFile]], T]) -> None:
    """Have what is in the box read. A new box takes its place, so that nobody keeps the bytes."""
    given = st.session_state[box]
    files = [file for file in (given if isinstance(given, list) else [given]) if file]
    files = [file for file in files if isinstance(file, UploadedFile)]
    if not files:
        return
    _forget(files)
    st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1
    forget_refusal(key)
    st.session_state[f"{key}_reading"] = _reading(lambda: read(files))


def _forget(files: Sequence[UploadedFile]) -> None:
    """Have Streamlit let go of their bytes, which it otherwise keeps as long as the visit lasts."""
    run = get_script_run_ctx()
    if run is not None and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            run.uploaded_file_mgr.remove_file(run.session_id, file.file_id)


@st.fragment(run_every=BETWEEN_LOOKS)
def _how_far(reading: Work[Outcome[T]]) -> None:
    reading.go_on()
    if reading.numbers is not None:
        st.rerun()
    before = _turns.before(reading)
    if before:
        others = "1 other is" if before == 1 else f"{before} others are"
        st.markdown(f"Waiting to be read: {others} before what you brought.")
    else:
        st.markdown("Reading what you brought.")
