"""Home: what this is, in one living picture, and the way to the rooms."""

import streamlit as st

from figures.boundaries import boundary_film, boundary_history, boundary_view
from nn_core import Trainer
from runs.config import BoundariesConfig
from ui.captions import home_caption
from ui.chart import draw
from ui.explain import explain, link_to
from ui.films import finished_film, xor_film
from ui.formulas import XOR_FORMULAS
from ui.page import open_page

open_page("Watch a neural network learn, and open any number in it")

with st.container(horizontal=True, vertical_alignment="center", key="rooms"):
    st.markdown("Press **Play** below, then choose a room:", width="content")
    st.page_link("pages/activations.py", label="Activations", icon=":material/show_chart:")
    st.page_link("pages/boundaries.py", label="Decision boundaries", icon=":material/blur_on:")
    st.page_link("pages/mnist.py", label="MNIST", icon=":material/draw:")

config = BoundariesConfig()
trainer = finished_film(xor_film(config), "Training the network on this page").trainer
views = [boundary_view(trainer, step) for step in trainer.snapshots]
history = boundary_history(trainer.history)
draw(boundary_film(views, history), key="home_film", height="64vh")
explain(home_caption(views[-1], history), XOR_FORMULAS, [Trainer], link_to(config))
