"""Glassbox: watch a neural network learn, and open any number in it.

Start with `streamlit run dashboard.py`. This file only finds the page that was asked for.
"""

import streamlit as st

from kernels import compile_in_background
from recipes.threads import one_blas_thread
from ui.presenter import presenter_switch

one_blas_thread()
compile_in_background()
# The icon is a file of ours: Streamlit would fetch an emoji's or a symbol's from the internet.
st.set_page_config(page_title="Glassbox", page_icon="ui/icon.svg", layout="wide")

page = st.navigation(
    [
        st.Page("pages/home.py", title="Home", default=True),
        st.Page("pages/activations.py", title="Activations", url_path="activations"),
        st.Page("pages/neuron.py", title="One neuron", url_path="neuron"),
        st.Page("pages/gradients.py", title="Gradients", url_path="gradients"),
        st.Page("pages/boundaries.py", title="Decision boundaries", url_path="boundaries"),
        st.Page("pages/mnist.py", title="MNIST", url_path="mnist"),
    ],
    position="top",
)
presenter_switch()
page.run()
