"""What moves on the MNIST page, each in a fragment of its own: pictures, caption, paper."""

from typing import Any

import streamlit as st

from datasets.digits import Digits
from runs.run import Run
from runs.shelf import shelf
from ui.browser.chart import draw, drawn
from ui.browser.pad import drawing, sample, show_pad
from ui.browser.wall import show_wall
from ui.explain import say
from ui.mnist.unit import blank, open_unit, unit_that_is_open
from ui.presenter import presenting
from ui.visit import mark
from views.mnist.training import Numbers, Settings
from views.mnist.training.curves import LOOK
from views.mnist.training.paper import UNSURE, OnPaper, drawn_on, readers, reading, tried_on
from views.mnist.training.unit import opened_unit
from views.mnist.training.wall import weight_wall
from views.view import View

# Seconds between two looks of all but the curves. Each look takes a little from the run, weights
# move slowly, and a sentence with numbers must be read.
UNHURRIED = 1.0
IN_THE_QUEUE = 2.0  # the same while a run waits for a worker: nothing moves but its place
WALL = "mnist_wall"


def between_looks(run: Run, seconds: float) -> float | None:
    """Seconds between two looks at a run, `seconds` while it trains; None if it does not change.

    Where many watch it each looks less often.
    """
    if not run.state.live:
        return None
    return run.watchers.times_as_long * (max(seconds, IN_THE_QUEUE) if run.place else seconds)


def pictures(
    view: View[Any, Numbers], run: Run, settings: Settings, digits: Digits, linked: int
) -> None:
    """The weights and the curves, which grow while a run does.

    `linked` is the opened unit that the page's link names. Each picture is a fragment of its own: a
    click that interrupts one would take the other off the page.
    """
    whose = mark()
    run.watchers.saw(whose)
    began, times_as_long = run.state, run.watchers.times_as_long
    weights, curves = st.columns([1.1, 1])

    @st.fragment(run_every=between_looks(run, UNHURRIED))
    def wall() -> None:
        progress, over_time = run.look(), not run.state.live
        opened, _ = unit_that_is_open(run)
        if opened != linked:
            st.rerun()
        of = (over_time, digits.kind, digits.digest)

        def made() -> dict[str, Any]:
            images, _ = tried_on(run, digits)
            return weight_wall(progress, run.net(progress), images, over_time).message()

        def details() -> dict[str, Any]:
            net, tried = run.net(progress), tried_on(run, digits)
            return opened_unit(progress, net, opened - 1, *tried, over_time).message()

        show_wall(
            run.once(progress, ("wall", *of), made) | {"classes": run.digits.classes},
            WALL,
            run.settings.activation,
            blank(run.digits.side, presenting()),
            opened,
            run.once(progress, ("unit", opened, *of), details) if opened else None,
            lambda: open_unit(WALL),
        )

    @st.fragment(run_every=between_looks(run, LOOK))
    def chart() -> None:
        now = view.numbers(settings, run)
        run.watchers.saw(whose)
        if now.progress.state is not began or run.watchers.times_as_long != times_as_long:
            st.rerun()
        figure = run.once(
            now.progress,
            ("figure", settings.smooth, presenting()),
            lambda: drawn(view.picture(now, presenting())),
        )
        draw(figure, "mnist_curves", presenter_height="max(64vh, 350px)")

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
    """Paper to draw on, and what the network says to it after every stroke."""

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
