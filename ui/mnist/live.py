"""What moves on the MNIST page: the weights, the curves, the words, the paper."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits
from figures.words import sentences
from recipes.switched_off import Unit
from runs.answers import unseen_by
from runs.run import Progress, Run
from runs.shelf import shelf
from ui.browser.chart import Drawn, draw, drawn
from ui.browser.pad import asked, drawing, sample, show_pad
from ui.browser.said import show_said
from ui.browser.wall import show_wall
from ui.captions import said_of
from ui.controls import read
from ui.explain import say
from ui.goal import say_goal
from ui.mnist.unit import (
    blank,
    choose_layer,
    layer_on_the_wall,
    open_unit,
    switch_off,
    unit_that_is_open,
)
from ui.presenter import presenting
from ui.visit import mark
from views.mnist.off import Without, without_units, write_off
from views.mnist.training.curves import LOOK
from views.mnist.training.look import Numbers, Settings, is_before
from views.mnist.training.moments import said_at_moments
from views.mnist.training.networks import asked_for
from views.mnist.training.paper import OnPaper, drawn_on, readers, reading, tried_on
from views.mnist.training.unit import opened_unit
from views.mnist.training.wall import weight_wall
from views.mnist.training.words import who_reads
from views.view import View

# Seconds between two looks. Each takes a little from the run, weights move slowly, and a sentence
# with numbers must be read.
UNHURRIED = LOOK
IN_THE_QUEUE = 2.0  # the same while a run waits for a worker: nothing moves but its place
WALL = "mnist_wall"


def between_looks(run: Run, seconds: float) -> float | None:
    """Seconds between two looks at a run, `seconds` while it trains; None if it does not change.

    Where many watch it each looks less often.
    """
    if not run.state.live:
        return None
    return run.watchers.times_as_long * (max(seconds, IN_THE_QUEUE) if run.place else seconds)


def live(
    view: View[Any, Numbers],
    run: Run,
    settings: Settings,
    here: Digits,
    digits: Digits,
    linked: int,
    notes: str,
    words: DeltaGenerator,
    goal: DeltaGenerator | None = None,
) -> None:
    """The weights, the curves, the paper, and in the container `words` what is said of them, in
    `goal` how far the link's is reached.

    All of it is of one look at the run, so that no two parts of the page are of two moments; what a
    look shows is made before any of it is sent. `here` are some of the `digits` that the page has,
    `linked` is the opened unit that its link names.
    """
    whose = mark()
    run.watchers.saw(whose)
    began, times_as_long = run.state, run.watchers.times_as_long

    @st.fragment(run_every=between_looks(run, UNHURRIED))
    def look() -> None:
        now = view.numbers(settings, run, shelf().looking, here)
        opened, _ = unit_that_is_open(run, settings.wall_layer)
        run.watchers.saw(whose)
        moved_on = run.watchers.times_as_long != times_as_long or now.progress.state is not began
        asked = read(view.settings)
        otherwise = (asked.wall_layer, asked.off) != (settings.wall_layer, settings.off)
        if opened != linked or moved_on or otherwise:
            st.rerun()
        less = without_units(run, unseen_by(run, digits), settings.off)
        if settings.only_paper:
            _paper(run, now.progress, here, less.off, large=True)
            with words:
                say(sentences(notes, less.words, who_reads(now)))
            return
        put_wall = _wall(run, now.progress, here, opened, settings, less)
        curves = _curves(view, run, settings, now)
        said = said_of(said_at_moments(now, presenting()), sentences(notes, less.words))
        left, paper = st.columns([2.1, 1])
        weights, beside = left.columns([1.1, 1])
        with weights:
            put_wall()
        with beside:
            draw(curves, "mnist_curves", "58vh", "max(64vh, 350px)")
        say_goal(goal, view, numbers=now)
        with words:
            show_said(said, WALL)
            with st.container(key="how_far"):
                if now.progress.state.live:
                    st.progress(min(1.0, now.progress.step / now.progress.steps))
        with paper:
            _paper(run, now.progress, here, less.off)

    look()


def _wall(
    run: Run, progress: Progress, here: Digits, opened: int, settings: Settings, less: Without
) -> Callable[[], None]:
    """What puts the wall of weights on the page, at every moment kept if the run does not train."""
    over_time, layer = not progress.state.live, layer_on_the_wall(run, settings.wall_layer)
    of = (layer, over_time, here.kind, here.digest)

    def made() -> dict[str, Any]:
        images, _ = tried_on(run, here)
        return weight_wall(progress, run.net(progress), images, over_time, layer).message()

    def details() -> dict[str, Any]:
        net, tried = run.net(progress), tried_on(run, here)
        return opened_unit(progress, net, opened - 1, *tried, over_time, layer).message()

    wall = run.once(progress, ("wall", *of), made) | {"classes": run.digits.classes}
    wall |= {"off": write_off(less.off), "withoutThem": less.read}
    unit = run.once(progress, ("unit", opened, *of), details) if opened else None
    units = progress.sizes[layer - 1] if layer > 1 else 0
    figure = blank(wall["side"], presenting(), units)
    heard = {
        "unit": lambda: open_unit(WALL),
        "layer": lambda: choose_layer(WALL, type(settings)),
        "off": lambda: switch_off(WALL, type(settings)),
    }
    activation = run.settings.activation
    return lambda: show_wall(wall, WALL, activation, figure, opened, unit, heard)


def _curves(view: View[Any, Numbers], run: Run, settings: Settings, now: Numbers) -> Drawn:
    return run.once(
        now.progress,
        ("figure", settings.smooth, is_before(now), presenting()),
        lambda: drawn(view.picture(now, presenting())),
    )


def _paper(
    run: Run, progress: Progress, here: Digits, off: tuple[Unit, ...], large: bool = False
) -> None:
    """Paper to draw on, and what the network of then says to it, after every stroke here."""

    @st.fragment
    def read() -> None:
        on_it, who = _on_the_paper(run, here), readers(run, progress, off)
        said = [reading(reader, on_it) for reader in who]
        networks = asked_for(asked(), who, progress.snapshots)
        show_pad(on_it.image, run.digits.side, who, said, networks, run.digits.things, large)

    read()


def _on_the_paper(run: Run, digits: Digits) -> OnPaper:
    if asked := sample():
        images, labels = tried_on(run, digits)
        if not len(images):
            return OnPaper(None)
        which = (asked - 1) % len(images)
        return OnPaper(images[which], int(labels[which]))
    return drawn_on(drawing(), run.digits)
