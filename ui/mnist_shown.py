"""The network on the MNIST page: that of a run, or the recording's."""

import numpy as np
import streamlit as st
from runs.config import MnistConfig
from runs.trainers import mnist_net

from datasets.digits import Digits, bundled_digits
from nn_core import Sequential
from runs.recording import recording
from runs.run import Progress, Run, progress_of
from runs.saved import SavedRun

TRIED_ON = 500  # test digits, to see what matters and to read one from


@st.cache_resource(show_spinner=False)
def _recording() -> tuple[SavedRun, Progress]:
    saved = recording()
    return saved, progress_of(saved)


@st.cache_resource(show_spinner=False)
def _bundled() -> Digits:
    return bundled_digits()


class Shown:
    """What a visitor sees, whichever of the two it is."""

    def __init__(self, run: Run | None, digits: Digits) -> None:
        self.run, self.digits = run, digits

    @property
    def state(self) -> str:
        """A run's state, or "recording"."""
        return self.run.state if self.run else "recording"

    @property
    def live(self) -> bool:
        """Whether it changes while one looks."""
        return self.state in ("running", "waiting")

    @property
    def config(self) -> MnistConfig:
        """How it is, or was, trained."""
        return self.run.config if self.run else _recording()[0].config

    def saved(self) -> SavedRun:
        """It, as a file has it."""
        return self.run.saved() if self.run else _recording()[0]

    def progress(self) -> Progress:
        """How far it is. Looking is what keeps a run going."""
        return self.run.look() if self.run else _recording()[1]

    def net(self, progress: Progress) -> Sequential:
        """The network as that progress has it."""
        net = mnist_net(self.config, progress.sizes[0])
        net.theta = progress.theta
        return net

    def test_digits(self) -> tuple[np.ndarray, np.ndarray]:
        """Some test digits of the network's own kind, (n, pixels) and (n,)."""
        pixels = self.progress().sizes[0]
        if self.digits.x_test.shape[1] == pixels:
            return self.digits.x_test[:TRIED_ON], self.digits.t_test[:TRIED_ON]
        saved = _recording()[0]
        if pixels == saved.sample_images.shape[1]:
            return (saved.sample_images / np.float32(255)), saved.sample_labels
        return _bundled().x_test[:TRIED_ON], _bundled().t_test[:TRIED_ON]
