"""Glassbox: watch a neural network learn, and open any number in it.

Start with `streamlit run dashboard.py`. This file only finds the page that was asked for.
"""

import streamlit as st

from recipes.threads import one_blas_thread
from ui.pages import PAGES
from ui.presenter import presenter_switch

one_blas_thread()
# The icon is a file of ours: Streamlit would fetch an emoji's or a symbol's from the internet.
st.set_page_config(page_title="Glassbox", page_icon="ui/icon.svg", layout="wide")

home = st.Page("pages/home.py", title="Home", default=True)
others = [st.Page(page.file, title=page.title, url_path=page.name) for page in PAGES]
page = st.navigation([home, *others], position="top")
presenter_switch()
page.run()
