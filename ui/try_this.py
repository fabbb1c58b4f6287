"""Shows one thing to try next, as a link to the page in that state."""

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from ui.browser.trythis import show_link
from ui.controls import open_view, put
from ui.explain import query_of
from views.view import TryThis


def show_try_this(suggestion: TryThis, page: str) -> None:
    """The suggestion, on the page of this name."""
    settings, view = suggestion.settings, suggestion.view
    here = urlsplit(st.context.url or "")
    path = f"{here.path.rpartition('/')[0]}/{settings.page}"
    link = urlunsplit(
        (here.scheme, here.netloc, path, urlencode(query_of(settings, view), doseq=True), "")
    )

    def take() -> None:
        if view:
            open_view(view, settings)
        else:
            put(settings)

    what, why = (text.replace("*", "") for text in suggestion[:2])
    show_link(what, why, link, f"{page}_try_this", take if page == settings.page else None)
