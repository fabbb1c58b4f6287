"""Below the fold of the MNIST page: what can be taken away, and what can be brought."""

import io

import pandas as pd
import streamlit as st

from datasets.home import glassbox_home
from datasets.idx import DataError
from datasets.upload import keep_mnist
from figures.mnist import training_curves, training_figure
from runs.saved import SavedRun, read_run, write_run
from ui.browser.chart import standalone
from ui.controls import as_written
from ui.digits import look_again
from ui.mnist_shown import Shown
from ui.numpy_code import run_code
from ui.runs import registry, show_run


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
    return table.to_csv(index=False)


def keep_and_bring(shown: Shown) -> None:
    """Downloads on the left, uploads on the right."""
    keep, bring = st.columns(2)
    with keep:
        st.subheader("Keep", anchor=False)
        _downloads(shown)
    with bring:
        st.subheader("Bring", anchor=False)
        _upload_run(shown)
        if shown.digits.name != "MNIST":
            _upload_mnist()


def _downloads(shown: Shown) -> None:
    name = f"{shown.run.id if shown.run else 'notebook-b'}.npz"
    with st.container(horizontal=True):
        for label, make, file, mime in (
            ("The run", lambda: as_file(shown.saved()), name, "application/octet-stream"),
            ("Its history as CSV", lambda: history_csv(shown.saved()), "history.csv", "text/csv"),
            ("The curves as HTML", lambda: _curves(shown), "curves.html", "text/html"),
        ):
            st.download_button(label, make, file, mime, on_click="ignore", key=f"keep_{file}")
    with st.popover("Run it with NumPy alone", icon=":material/code:"):
        st.code(run_code(shown.saved(), name), language="python")


def _curves(shown: Shown) -> str:
    return standalone(training_figure(training_curves(shown.progress())))


def _upload_run(shown: Shown) -> None:
    file = st.file_uploader("Open a run that was saved here or elsewhere (.npz)", key="mnist_open")
    if file is None:
        return
    if file.file_id not in (opened := st.session_state.setdefault("mnist_opened", {})):
        try:
            saved = read_run(file)
        except DataError as error:
            opened[file.file_id] = as_written(str(error), 300)
        else:
            opened[file.file_id] = ""
            show_run(registry().new(saved.config, shown.digits, saved))
            st.rerun()
    if sentence := opened[file.file_id]:
        st.error(sentence)


def _upload_mnist() -> None:
    files = st.file_uploader(
        "Bring MNIST: its four IDX files (.gz or not), or mnist.npz",
        accept_multiple_files=True,
        key="mnist_bring",
    )
    if not files:
        return
    try:
        keep_mnist({file.name: file.getvalue() for file in files}, glassbox_home() / "mnist")
    except DataError as error:
        st.error(as_written(str(error), 300))
    except OSError as error:
        st.error(f"MNIST could not be kept here: {error.strerror}.")
    else:
        look_again()
        st.rerun()
