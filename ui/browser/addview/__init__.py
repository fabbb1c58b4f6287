"""The button that adds a page as it is to a reader's own talk, and the way there."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.browser.part import part

_add = part(Path(__file__).parent)
KEY = "addview"


def show_add_view(
    link: str, key: str, title: str, said: str, add: Callable[[str, str, str], None]
) -> None:
    """Put it on a page whose link this is.

    `key` and `title` are of the talk that this visit has added to, "" before; `said` is what came
    of it. `add` gets, in a callback, the talk's key, "" for a new one, the link and the title of
    the page.
    """

    def added() -> None:
        sent = st.session_state[KEY].add
        add(*(str(sent.get(name, "")) for name in ("key", "link", "title")))

    data = {"link": link, "key": key, "title": title, "said": said}
    _add(key=KEY, data=data, on_add_change=added)
