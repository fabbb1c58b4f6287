"""What moves on the MNIST page, each in a fragment of its own: pictures, caption, paper."""

from typing import Any

import numpy as np
import streamlit as st

from datasets.digits import Digits
from runs.run import Run
from runs.shelf import shelf
from ui.browser.chart import draw, drawn
from ui.browser.pad import drawing, sample, show_pad
from ui.browser.wall import show_wall
from ui.explain import say
from ui.presenter import presenting
from views.mnist.training import Numbers, Settings
from views.mnist.training.curves import LOOK
from views.mnist.training.paper import UNSURE, OnPaper, drawn_on, readers, reading, tried_on
from views.mnist.training.wall import weight_wall
from views.view import View

# Seconds between two looks of all but the curves. Each look takes a little from the run, weights
# move slowly, and a sentence with numbers must be read.
UNHURRIED = 1.0
IN_THE_QUEUE = 2.0  # the same while a run waits for a worker: nothing moves but its place


def between_looks(run: Run, seconds: float) -> float | None:
    """Seconds between two looks at a run, `seconds` while it trains; None if it does not change."""
    if not run.state.live:
        return None
    return max(seconds, IN_THE_QUEUE) if run.place else seconds


def pictures(view: View[Any, Numbers], run: Run, settings: Settings, digits: Digits) -> None:
    """The weights and the curves, which grow while a run does.

    Each is a fragment of its own: a click that interrupts one would take the other off the page.
    """
    began = run.state
    weights, curves = st.columns([1.1, 1])

    @st.fragment(run_every=between_looks(run, UNHURRIED))
    def wall() -> None:
        progress, over_time = run.look(), not run.state.live

        def made() -> dict[str, Any]:
            images, _ = tried_on(run, digits)
            if len(images):
                return weight_wall(progress, run.net(progress), images, over_time).message()
            blank = np.zeros((1, run.digits.pixels), np.float32)  # nothing to see influence on
            wall = weight_wall(progress, run.net(progress), blank, over_time).message()
            del wall["orders"]["most influence first"]
            return wall

        message = run.once(progress, ("wall", over_time, digits.kind, digits.digest), made)
        show_wall(message | {"classes": run.digits.classes}, "mnist_wall", run.settings.activation)

    @st.fragment(run_every=between_looks(run, LOOK))
    def chart() -> None:
        now = view.numbers(settings, run)
        if now.progress.state is not began:
            st.rerun()
        figure = run.once(
            now.progress,
            ("figure", settings.smooth, presenting()),
            lambda: drawn(view.picture(now, presenting())),
        )
        draw(figure, key="mnist_curves")

    with weights:
        wall()
    with curves:
        chart()


def caption(
    view: View[Any, Numbers],
    run: Run,
    settings: Settings,
    notes: str,
    here: Digits | None = None,
) -> None:
    """What is on screen now, in words, and while it trains a bar of how far it is.

    `here` are the digits that the page has, if they may be others than the run's.
    """

    @st.fragment(run_every=between_looks(run, UNHURRIED))
    def tell() -> None:
        now = view.numbers(settings, run, shelf().looking, here)
        say(f"{notes} {view.caption(now, presenting())}".strip())
        with st.container(key="how_far"):
            if run.state.live:
                st.progress(min(1.0, now.progress.step / now.progress.steps))

    tell()


def paper(run: Run, digits: Digits) -> None:
    """A digit to draw, and what the network says to it after every stroke."""

    @st.fragment(run_every=between_looks(run, UNHURRIED))
    def read() -> None:
        on_it, asked = _on_the_paper(run, digits), readers(run)
        said = [reading(reader, on_it) for reader in asked]
        show_pad(on_it.image, run.digits.side, asked, said, UNSURE, run.digits.things)

    read()


def _on_the_paper(run: Run, digits: Digits) -> OnPaper:
    if asked := sample():
        images, labels = tried_on(run, digits)
        if not len(images):
            return OnPaper(None)
        which = (asked - 1) % len(images)
        return OnPaper(images[which], int(labels[which]))
    return drawn_on(drawing(), run.digits)
