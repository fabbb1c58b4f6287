"""Asks for what a file of weights does not say: the activation of the network's hidden units."""

import contextlib

import streamlit as st

from datasets.idx import DataError
from recipes.opened import likely
from runs.opened import TRIED_ON, activations_of, with_activation
from runs.registry import InTraining
from runs.run import Run, TrainingRun
from ui.runs import registry, show_run
from ui.visit import mark

KEY = "mnist_opened_activation"


def which_activation(run: Run) -> None:
    """A menu of activations, each with what the opened network reads with it, until it trains."""
    opened = run.began is not None and run.began.file and not run.look().step
    if not opened or not isinstance(run, TrainingRun) or run.state.live:
        return
    shares = activations_of(run)
    names = list(shares)
    st.selectbox(
        "Which activation do its hidden units have? The file does not say.",
        names,
        names.index(run.settings.activation),
        format_func=lambda name: f"{name}: reads {shares[name]:.1%}",
        key=f"{KEY}_{run.id}",
        on_change=_look_with,
        args=[run],
    )
    assert run.trainer.validation is not None
    tried = min(TRIED_ON, len(run.trainer.validation[1]))
    st.caption(
        f"Of {tried:,} test {run.digits.things} it reads more with none than with "
        f"{likely(shares)}, which makes that likely, and no more. It is shown pixels from 0 "
        "(paper) to 1 (ink): one that learned from others reads less."
    )


def _look_with(run: TrainingRun) -> None:
    """Have the page show the same weights with the chosen activation; the run before goes."""
    try:
        saved, digits = with_activation(run, st.session_state[f"{KEY}_{run.id}"])
    except DataError as error:
        st.toast(str(error))
        return
    show_run(registry().opened(saved, digits, mark=mark()))
    with contextlib.suppress(InTraining, OSError):
        registry().delete(run)
