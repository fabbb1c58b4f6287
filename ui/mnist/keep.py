"""Below the fold of the MNIST page: what can be taken away, and what can be brought."""

import io
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.digits import Digits, Kind
from datasets.home import glassbox_home
from datasets.idx import DataError
from datasets.upload import keep_mnist
from figures.words import as_written
from recipes.numpy_code import run_code
from runs.run import Run
from runs.saved import SavedRun, read_run, write_run
from runs.shelf import shelf
from ui.browser.chart import standalone
from ui.runs import registry, show_run
from views.mnist.training.curves import training_curves, training_figure


def as_file(saved: SavedRun) -> bytes:
    """A run as .npz."""
    file = io.BytesIO()
    write_run(file, saved, compress=True)
    return file.getvalue()


def history_csv(saved: SavedRun) -> str:
    """The rows of a run's history, one an epoch."""
    columns = {
        name.removeprefix("history_"): column
        for name, column in saved.state.items()
        if name.startswith("history_") and column.ndim == 1
    }
    table = pd.DataFrame(columns)
    table.insert(0, "epoch", table["step"] / saved.steps_per_epoch)
    text: str = table.to_csv(index=False)
    return text


def keep_and_bring(run: Run, digits: Digits) -> None:
    """Downloads on the left, uploads on the right."""
    keep, bring = st.columns(2)
    with keep:
        st.subheader("Keep", anchor=False)
        _downloads(run)
    with bring:
        st.subheader("Bring", anchor=False)
        _upload_run(digits)
        if digits.kind is not Kind.MNIST:
            _upload_mnist()


def _downloads(run: Run) -> None:
    name = f"{run.id or 'recording'}.npz"
    with st.container(horizontal=True):
        for label, make, file, mime in (
            ("The run", lambda: as_file(run.saved()), name, "application/octet-stream"),
            ("Its history as CSV", lambda: history_csv(run.saved()), "history.csv", "text/csv"),
            ("The curves as HTML", lambda: _curves(run), "curves.html", "text/html"),
        ):
            st.download_button(label, make, file, mime, on_click="ignore", key=f"keep_{file}")
    with st.popover("Run it with NumPy alone", icon=":material/code:"):
        st.code(run_code(name, run.saved().sizes, run.settings.activation), language="python")


def _curves(run: Run) -> str:
    return standalone(training_figure(training_curves(run.look())))


def _upload_run(digits: Digits) -> None:
    file = st.file_uploader("Open a run that was saved here or elsewhere (.npz)", key="mnist_open")

    if file is not None:
        _use_once("mnist_opened", [file], lambda: show_run(_opened(file, digits)))


def _opened(file: UploadedFile, digits: Digits) -> Run:
    return registry().opened(read_run(file), digits)


def _upload_mnist() -> None:
    files = st.file_uploader(
        "Bring MNIST: its four IDX files (.gz or not), or mnist.npz",
        accept_multiple_files=True,
        key="mnist_bring",
    )

    def keep() -> None:
        try:
            keep_mnist({file.name: file.getvalue() for file in files}, glassbox_home() / "mnist")
        except OSError as error:
            raise DataError(f"MNIST could not be kept here: {error.strerror}.") from error
        shelf().look_again()

    if files:
        _use_once("mnist_brought", files, keep)


def _use_once(key: str, files: Sequence[UploadedFile], use: Callable[[], None]) -> None:
    """Use what a visitor brought, and run the page anew; or say what is wrong with it.

    What was brought stays in its box, and must not be used again at every run of the page.
    """
    said: dict[tuple[str, ...], str] = st.session_state.setdefault(key, {})
    brought = tuple(file.file_id for file in files)
    if brought not in said:
        try:
            use()
        except DataError as error:
            said[brought] = as_written(str(error), 300)
        else:
            said[brought] = ""
            st.rerun()
    if said[brought]:
        st.error(said[brought])
