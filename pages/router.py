"""The script that runs for every visitor: it finds the page that was asked for.

It lies among the pages: where a folder pages/ lies beside its script, Streamlit begins in an older
mode, in which the first links into a fresh server run a page's file alone.
"""

import streamlit as st

from ui.header import switches
from ui.lock import locked
from ui.pages import PAGES
from ui.talk import as_its_link_says, take_the_stage
from ui.turns import a_turn

# The icon is a file of ours: Streamlit would fetch an emoji's or a symbol's from the internet.
st.set_page_config(page_title="Glassbox", page_icon="ui/icon.svg", layout="wide")

home = st.Page("home.py", title="Home", default=True)
others = [st.Page(page.file, title=page.title, url_path=page.name) for page in PAGES]
mine = st.Page("my_talk.py", title="My talk", visibility="hidden")
page = st.navigation([home, *others, mine], position="hidden" if locked() else "top")
place = take_the_stage(page.url_path)
switches(place)
with a_turn(), as_its_link_says(place):
    page.run()
