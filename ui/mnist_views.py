"""What moves on the MNIST page, each in a fragment of its own: pictures, caption, paper."""

import numpy as np
import streamlit as st

from datasets.drawn import as_digit
from figures.mnist import LOOK, training_curves, training_figure
from figures.weights import weight_wall
from nn_core import SoftmaxCrossEntropy
from runs.config import MnistConfig
from ui.browser.chart import draw
from ui.browser.pad import drawing, sample, show_pad
from ui.browser.wall import show_wall
from ui.explain import say
from ui.mnist_captions import UNSURE, answer, recording_caption, run_caption
from ui.mnist_controls import SMOOTH
from ui.mnist_shown import Shown

# Seconds between two looks of all but the curves. Each look takes a little from the run, weights
# move slowly, and a sentence with numbers must be read.
UNHURRIED = 1.0


def pictures(shown: Shown) -> None:
    """The weights and the curves, which grow while a run does.

    Each is a fragment of its own: a click that interrupts one would take the other off the page.
    """
    began = shown.state
    weights, curves = st.columns([1.1, 1])

    @st.fragment(run_every=UNHURRIED if shown.live else None)
    def wall() -> None:
        progress = shown.progress()
        images, _ = shown.test_digits()
        made = weight_wall(progress, shown.net(progress), images, film=not shown.live)
        show_wall(made.message(), "mnist_wall", shown.config.activation)

    @st.fragment(run_every=LOOK if shown.live else None)
    def chart() -> None:
        progress = shown.progress()
        if progress.state != began and shown.run:
            st.rerun()
        smooth = bool(st.session_state.get(SMOOTH))
        draw(training_figure(training_curves(progress, smooth)), key="mnist_curves")

    with weights:
        wall()
    with curves:
        chart()


def caption(shown: Shown, chosen: MnistConfig, point: str, notes: str) -> None:
    """What is on screen now, in words, and while it trains a bar of how far it is."""

    @st.fragment(run_every=UNHURRIED if shown.live else None)
    def tell() -> None:
        progress, run = shown.progress(), shown.run
        if run:
            said = run_caption(progress, run, chosen, point if chosen == run.config else "")
        else:
            said = recording_caption(progress, chosen == shown.config, point)
        say(f"{notes} {said}".strip())
        with st.container(key="how_far"):
            if shown.live:
                st.progress(min(1.0, progress.step / progress.steps))

    tell()


def paper(shown: Shown) -> None:
    """A digit to draw, and what the network says to it after every stroke."""

    @st.fragment(run_every=UNHURRIED if shown.live else None)
    def read() -> None:
        progress = shown.progress()
        side = round(progress.sizes[0] ** 0.5)
        image, label = _on_the_paper(shown, side)
        probabilities = np.full(10, np.nan)
        if image is not None:
            with np.errstate(all="ignore"):
                logits = shown.net(progress).predict(image[np.newaxis])
                probabilities = SoftmaxCrossEntropy().output(logits)[0]
        blank = image is None
        words = answer(None if blank else probabilities, label)
        show_pad(image, side, words, probabilities, UNSURE)

    read()


def _on_the_paper(shown: Shown, side: int) -> tuple[np.ndarray | None, int | None]:
    """The image a network sees, (side²,), and its label if it is a test digit."""
    if asked := sample():
        images, labels = shown.test_digits()
        which = (asked - 1) % len(images)
        return images[which], int(labels[which])
    drawn = drawing()
    return (None if drawn is None else as_digit(drawn, side)), None
