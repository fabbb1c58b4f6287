"""Training inside a page: at once if it is short; if not, before the reader's eyes."""

import numpy as np
import streamlit as st
from runs.config import BoundariesConfig
from runs.trainers import boundaries_data, boundaries_trainer
from streamlit.delta_generator import DeltaGenerator

from figures.words import duration
from runs.film import Film

PATIENCE = 0.3  # seconds before the first picture: what is done sooner needs no bar
BETWEEN_PICTURES = 0.6  # seconds of training between two pictures of a longer film
STOPPED = "stopped_film"


@st.cache_resource(max_entries=64, show_spinner=False)
def boundaries_film(config: BoundariesConfig, start: np.ndarray | None = None) -> Film:
    """The film of these settings, from this `start` if there is one, shared by all who ask."""
    trainer = boundaries_trainer(config, boundaries_data(config), start)
    return Film(trainer, config.epochs * trainer.steps_per_epoch)


def begin(
    film: Film, place: DeltaGenerator, patience: float = PATIENCE, resting: bool = True
) -> None:
    """Train the film's first moments, or all of a short one; of a long one say in `place` how far.

    The page then draws what there is, and ends with `go_on`.
    """
    if not film.step:
        film.advance(patience, resting)
    if film.finished:
        return
    with place.container(horizontal=True, vertical_alignment="center"):
        if st.session_state.get(STOPPED) is film:
            st.markdown(f"Stopped after {film.step:,} of {film.steps:,} steps.", width="content")
            st.button("Go on", key="film_go_on", on_click=_remember_stopped, args=[None])
        else:
            left = f"Training: about {duration(film.seconds_left)} left"
            st.progress(film.step / film.steps, left)
            st.button("Stop here", key="film_stop", on_click=_remember_stopped, args=[film])


def go_on(film: Film) -> None:
    """Train on and run the page again, until the film is finished or the reader stopped it.

    Called at a page's end, when its picture is drawn: it stays there while training goes on, and
    every control can be used in between. What is trained by then is kept for the next visit.
    """
    if not film.finished and st.session_state.get(STOPPED) is not film:
        film.advance(BETWEEN_PICTURES)
        st.rerun()


def _remember_stopped(film: Film | None) -> None:
    st.session_state[STOPPED] = film
