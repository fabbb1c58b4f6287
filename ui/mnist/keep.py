"""Below the fold of the MNIST page: what can be taken away, and what can be brought."""

import io
import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.digits import Digits
from datasets.idx import DataError
from recipes.numpy_code import run_code
from runs.run import Run
from runs.saved import SavedRun, is_a_run, read_run, write_run
from runs.shelf import shelf
from ui.digits import show_own, whole
from ui.mnist.bring import bring_images
from ui.mnist.kept import show_kept
from ui.runs import leave_run, registry, show_run
from ui.uploads import bring
from ui.visit import mark

BELOW = "If it has images or labels, bring them in the box below."


def as_file(saved: SavedRun) -> bytes:
    """A run as .npz, without the name of what a reader brought: it is found by its digest."""
    file = io.BytesIO()
    write_run(file, saved._replace(data=""), compress=True)
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
        _open_run(digits)
        bring_images(_show_brought)
        show_kept(digits, run)


def _downloads(run: Run) -> None:
    called = re.sub(r"\W+", "-", run.digits.title.replace("'", "")).strip("-") or "run"
    name = f"{called}.npz"
    with st.container(horizontal=True):
        for label, make, file in (
            ("The run", lambda: as_file(run.saved()), name),
            ("Its history as CSV", lambda: history_csv(run.saved()), f"{called}-history.csv"),
        ):
            st.download_button(label, make, file, on_click="ignore", key=f"keep_{label}")
    with st.popover("Run it with NumPy alone", icon=":material/code:"):
        st.code(run_code(name, run.saved().sizes, run.settings.activation), language="python")


def _open_run(digits: Digits) -> None:
    whose = mark()

    def read(files: Sequence[UploadedFile]) -> Run:
        own = whole(digits)
        here = (shelf().digits(), own) if own else (shelf().digits(),)
        try:
            run = read_run(files[0])
        except DataError as error:
            raise DataError(f"{error} {'' if is_a_run(files[0]) else BELOW}".strip()) from None
        return registry().opened(run, *here, mark=whose)

    bring("Open a run that was saved here or elsewhere (.npz)", "mnist_open", read, show_run)


def _show_brought(digits: Digits) -> None:
    leave_run()
    show_own(digits)
