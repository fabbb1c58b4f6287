"""Shows one thing to try next, as a link to the page in that state."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from ui.browser.trythis import show_link
from ui.controls import open_view, put
from ui.explain import query_of
from views.view import TryThis


def show_try_this(
    suggestion: TryThis, page: str, named: Mapping[str, str] = MappingProxyType({})
) -> None:
    """The suggestion, on the page of this name; `named` is what its link has besides settings."""
    settings, view = suggestion.settings, suggestion.view
    here = urlsplit(st.context.url or "")
    path = f"{here.path.rpartition('/')[0]}/{settings.page}"
    query = urlencode({**query_of(settings, view), **named}, doseq=True)
    link = urlunsplit((here.scheme, here.netloc, path, query, ""))

    def take() -> None:
        if view:
            open_view(view, settings)
        else:
            put(settings)

    what, why = (text.replace("*", "") for text in suggestion[:2])
    show_link(what, why, link, f"{page}_try_this", take if page == settings.page else None)
