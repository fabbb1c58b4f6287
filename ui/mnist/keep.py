"""Below the fold of the MNIST page: what can be taken away, and what can be brought."""

import io
import re
from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.digits import Digits
from datasets.idx import DataError
from figures.image_words import when
from recipes.exports import history_csv
from recipes.mnist import MnistSettings
from runs.answers import moment_of, steps_of, unseen_by
from runs.opened import opened_weights
from runs.run import Run
from runs.saved import SavedRun, is_a_run, read_run, write_run
from runs.shelf import shelf
from ui.digits import show_own, whole
from ui.explain import taken_away
from ui.mnist.activation import which_activation
from ui.mnist.bring import bring_images
from ui.mnist.kept import show_kept
from ui.runs import leave_run, registry, show_run
from ui.uploads import bring
from ui.visit import mark
from views.mnist.take_along import take_along

OPEN = "Open a run that was saved here or elsewhere (.npz), or weights (.npz, .safetensors)"
BELOW = "If it has images or labels, bring them in the box below."


def as_file(saved: SavedRun) -> bytes:
    """A run as .npz, without the names by which this server finds others of this visit's things.

    What a reader brought is found by its digest; of the run that it was continued from the file
    says how far it was.
    """
    file = io.BytesIO()
    began = saved.began and saved.began._replace(run="")
    write_run(file, saved._replace(data="", began=began), compress=True)
    return file.getvalue()


def history_of(saved: SavedRun) -> str:
    """The rows of a run's history, one an epoch, as CSV."""
    columns = {
        name.removeprefix("history_"): column
        for name, column in saved.state.items()
        if name.startswith("history_") and column.ndim == 1
    }
    return history_csv({"epoch": columns["step"] / saved.steps_per_epoch, **columns})


def keep_and_bring(run: Run, digits: Digits, recipe: MnistSettings) -> None:
    """Downloads on the left, uploads on the right; by `recipe` opened weights would be trained."""
    keep, bring = st.columns(2)
    with keep:
        st.subheader("Keep", anchor=False)
        _downloads(run)
        _network(run, digits)
    with bring:
        st.subheader("Bring", anchor=False)
        _open_run(digits, recipe)
        which_activation(run)
        bring_images(_show_brought)
        show_kept(digits, run)


def _downloads(run: Run) -> None:
    called = re.sub(r"\W+", "-", run.digits.title.replace("'", "")).strip("-") or "run"
    name = f"{called}.npz"
    with st.container(horizontal=True):
        for label, make, file in (
            ("The run", lambda: as_file(run.saved()), name),
            ("Its history as CSV", lambda: history_of(run.saved()), f"{called}-history.csv"),
        ):
            st.download_button(label, make, file, on_click="ignore", key=f"keep_{label}")


def _network(run: Run, digits: Digits) -> None:
    """The network at a moment that the reader chooses, and the lines that hold it elsewhere."""
    with st.popover("The network, for NumPy, PyTorch or Keras", icon=":material/code:"):
        steps = steps_of(run)[::-1]
        step = st.selectbox(
            "Moment",
            steps,
            format_func=lambda step: _moment(run, step),
            key="keep_moment",
            disabled=len(steps) == 1,
        )
        taken_away(take_along(run, moment_of(run, step), unseen_by(run, digits)), "keep")


def _moment(run: Run, step: int) -> str:
    """A moment as the menu has it."""
    return when(step / run.saved().steps_per_epoch, exact=True)


def _open_run(digits: Digits, recipe: MnistSettings) -> None:
    whose = mark()

    def read(files: Sequence[UploadedFile]) -> Run:
        own, file = whole(digits), files[0]
        here = (shelf().digits(), own) if own else (shelf().digits(),)
        if is_a_run(file):
            run = read_run(file)
        else:
            try:
                run = opened_weights(file.name, file, recipe, own or shelf().digits())
            except DataError as error:
                raise DataError(f"{error} {BELOW}", error.code) from None
        return registry().opened(run, *here, mark=whose)

    bring(OPEN, "mnist_open", read, show_run)


def _show_brought(digits: Digits) -> None:
    leave_run()
    show_own(digits)
