"""Home: what this is, in one living picture, and the way to the rooms."""

import streamlit as st

from figures.stage import outcome, stage_film
from nn_core import Trainer
from runs.config import BoundariesConfig
from runs.trainers import boundaries_data, boundaries_trainer
from ui.browser.stage import show_film
from ui.captions import home_caption
from ui.explain import explain, link_to
from ui.formulas import boundary_formulas
from ui.page import open_page

frame = open_page("Watch a neural network learn, and open any number in it")

with frame.controls:
    st.markdown("Here is one that learns. Press **Play**, then choose a room:", width="content")
    st.page_link("pages/activations.py", label="Activations", icon=":material/show_chart:")
    st.page_link("pages/neuron.py", label="One neuron", icon=":material/scatter_plot:")
    st.page_link("pages/gradients.py", label="Gradients", icon=":material/trending_down:")
    st.page_link("pages/boundaries.py", label="Decision boundaries", icon=":material/blur_on:")
    st.page_link("pages/mnist.py", label="MNIST", icon=":material/draw:")


@st.cache_resource(show_spinner=False)
def living_picture() -> tuple[dict, str, list[str]]:
    """The film of the boundaries page's first network, its caption and its maths."""
    config = BoundariesConfig()
    data = boundaries_data(config)
    trainer = boundaries_trainer(config, data)
    trainer.run(epochs=config.epochs)
    film = stage_film(trainer, data, config.inputs)
    return film.message(), home_caption(outcome(trainer, data)), boundary_formulas(film)


film, caption, formulas = living_picture()
show_film(film, key="home_stage", height="66vh")
explain(caption, formulas, [boundaries_trainer, Trainer], link_to(BoundariesConfig()))
