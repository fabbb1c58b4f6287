"""Below the fold of the MNIST page: what can be taken away, and what can be brought."""

import io

import pandas as pd
import streamlit as st

from datasets.home import glassbox_home
from datasets.idx import DataError
from datasets.upload import keep_mnist
from figures.mnist import training_curves, training_figure
from runs.saved import SavedRun, read_run, write_run
from ui.chart import standalone
from ui.controls import as_written
from ui.digits import look_again
from ui.mnist_shown import Shown
from ui.runs import registry, show_run

CODE = '''import json
import numpy as np

run = np.load("{name}", allow_pickle=False)
sizes, theta = {sizes}, run["theta"]

def read(image):
    """The ten probabilities for one image, ({pixels},) from 0 to 1."""
    a, start = image, 0
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:])):
        W = theta[start : start + n_in * n_out].reshape(n_in, n_out)
        b = theta[start + n_in * n_out : start + (n_in + 1) * n_out]
        start += (n_in + 1) * n_out
        z = a @ W + b
        a = {bend} if layer < len(sizes) - 2 else np.exp(z - z.max())
    return a / a.sum()
'''
# Each activation as one expression of NumPy; those without one need a library for their erf.
BENDS = {
    "identity": "z",
    "step": "(z > 0).astype(z.dtype)",
    "sigmoid": "1 / (1 + np.exp(-z))",
    "tanh": "np.tanh(z)",
    "relu": "np.maximum(z, 0)",
    "leaky_relu": "np.where(z > 0, z, 0.01 * z)",
    "elu": "np.where(z > 0, z, np.expm1(np.minimum(z, 0)))",
    "softplus": "np.logaddexp(0, z)",
    "silu": "z / (1 + np.exp(-z))",
    "gelu": "np.array([v * 0.5 * (1 + math.erf(v / 2**0.5)) for v in z])",
    "gelu_tanh": "0.5 * z * (1 + np.tanh((2 / np.pi) ** 0.5 * (z + 0.044715 * z**3)))",
}


def code_for(saved: SavedRun, name: str) -> str:
    """The few lines of Python that run the network of a saved file with NumPy alone."""
    bend = BENDS[saved.config.activation]
    code = CODE.format(name=name, sizes=saved.sizes, pixels=saved.sizes[0], bend=bend)
    return code.replace("import json\n", "import math\n" if "math." in bend else "")


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
        st.code(code_for(shown.saved(), name), language="python")


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
