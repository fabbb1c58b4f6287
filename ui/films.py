"""Training inside a page: at once if it is short, with a bar and a way to stop if it is not."""

import math
import time
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from datasets.digits import Digits
from runs.config import BoundariesConfig, MnistConfig
from runs.film import Film
from runs.trainers import mnist_trainer, xor_trainer

PATIENCE = 0.3  # seconds before a bar appears: what is done sooner needs none
MOST_EPOCHS = MnistConfig.settings()["epochs"].high
STOPPED = "stopped_film"


@st.cache_resource(max_entries=64, show_spinner=False)
def xor_film(config: BoundariesConfig) -> Film:
    """The film of these settings, shared by everyone who asks for them."""
    return Film(xor_trainer(config), config.steps)


@st.cache_resource(max_entries=8, show_spinner=False)
def mnist_film(config: MnistConfig, steps: int, _digits: Digits) -> Film:
    """The first epochs, at least so many steps, so that the page opens on one that has learned."""
    trainer = mnist_trainer(replace(config, epochs=MOST_EPOCHS), _digits)
    return Film(trainer, math.ceil(steps / trainer.steps_per_epoch) * trainer.steps_per_epoch)


def finished_film(film: Film, doing: str, place: DeltaGenerator) -> Film:
    """The same film, trained to its end, or to where the reader stopped it.

    The bar is shown in `place`. Any other control stops the training as well, and what is trained
    by then is kept for the next visit.
    """
    if st.session_state.get(STOPPED) is film:
        with place.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"Stopped after {film.trainer.step_count:,} of {film.steps:,} steps.")
            st.button("Go on", on_click=_remember_stopped, args=[None])
        return film
    film.advance(PATIENCE)
    if film.fraction == 1:
        return film
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.empty()
        st.button("Stop here", on_click=_remember_stopped, args=[film])
    began, at_first = time.perf_counter(), film.fraction
    while film.fraction < 1:
        film.advance(0.1)
        rate = (film.fraction - at_first) / (time.perf_counter() - began)
        left = (1 - film.fraction) / rate
        bar.progress(film.fraction, f"{doing}: about {left:.0f} s left")
    place.empty()
    return film


def _remember_stopped(film: Film | None) -> None:
    st.session_state[STOPPED] = film
