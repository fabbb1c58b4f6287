"""Home: what this is, in one living picture, and the way to the rooms."""

import plotly.graph_objects as go
import streamlit as st

from figures.boundaries import boundary_film, boundary_history, boundary_view
from nn_core import Trainer
from runs.config import BoundariesConfig
from runs.trainers import xor_trainer
from ui.captions import home_caption
from ui.chart import draw
from ui.explain import explain, link_to
from ui.formulas import XOR_FORMULAS
from ui.page import open_page

frame = open_page("Watch a neural network learn, and open any number in it")

with frame.controls:
    st.markdown("Here is one that learns. Press **Play**, then choose a room:", width="content")
    st.page_link("pages/activations.py", label="Activations", icon=":material/show_chart:")
    st.page_link("pages/boundaries.py", label="Decision boundaries", icon=":material/blur_on:")
    st.page_link("pages/mnist.py", label="MNIST", icon=":material/draw:")


@st.cache_resource(show_spinner=False)
def living_picture() -> tuple[go.Figure, str]:
    """The film of the boundaries page's first network, every other snapshot, and its caption."""
    trainer = xor_trainer(BoundariesConfig())
    trainer.run(steps=BoundariesConfig().steps)
    every_other = sorted({0, *sorted(trainer.snapshots, reverse=True)[::2]})
    views = [boundary_view(trainer, step) for step in every_other]
    history = boundary_history(trainer.history)
    return boundary_film(views, history), home_caption(views[-1], history)


figure, caption = living_picture()
draw(figure, key="home_film", height="66vh")
explain(caption, XOR_FORMULAS, [xor_trainer, Trainer], link_to(BoundariesConfig()))
