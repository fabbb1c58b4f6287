"""Home: what this is, in one living picture, and the way to the rooms."""

from dataclasses import replace

import streamlit as st

from recipes.boundaries import BoundariesSettings
from ui.explain import link_to
from ui.page import open_page
from ui.show import show_view
from views.boundaries import film

frame = open_page("Watch a neural network learn, and open any number in it")

with frame.controls:
    st.markdown("Here is one that learns. Press **Play**, then choose a room:", width="content")
    st.page_link("pages/activations.py", label="Activations", icon=":material/show_chart:")
    st.page_link("pages/neuron.py", label="One neuron", icon=":material/scatter_plot:")
    st.page_link("pages/gradients.py", label="Gradients", icon=":material/trending_down:")
    st.page_link("pages/boundaries.py", label="Decision boundaries", icon=":material/blur_on:")
    st.page_link("pages/mnist.py", label="MNIST", icon=":material/draw:")

settings = BoundariesSettings()
opening = replace(
    film.VIEW,
    caption=film.opening_caption,
    trains_on=None,
    downloads=None,
    heights=("66vh", "66vh"),
)
show_view(opening, settings, frame.waiting, key="home_{}", link=link_to(settings))
