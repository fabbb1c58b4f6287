"""What a link says that nothing on its page is called: a letter too many, a setting of nobody's."""

from collections.abc import Iterable, Sequence

import streamlit as st

from figures.words import as_written, listed
from views.view import View

BESIDES = ("view", "own", "keep", "unit")  # what an address has of a page besides its settings
TOLD = "link_unknown"  # what has been said of this visit's links
NAMED = 3
LETTERS = 40


def unknown_in_link(views: Sequence[View]) -> list[str]:
    """A sentence on parameters that begin with the page's name and are none of its views'.

    It is said once. What others put into an address, utm_source and the like, is theirs.
    """
    told: set[str] = st.session_state.setdefault(TOLD, set())
    new = [name for name in unknown(st.query_params, views) if name not in told]
    told.update(new)
    return about_unknown(new)


def unknown(names: Iterable[str], views: Sequence[View]) -> list[str]:
    """Those of these parameters that begin with the page's name and are none of its views'."""
    known = {
        view.settings.key(name) for view in views for name in (*view.settings.allowed(), *BESIDES)
    }
    of_the_page = views[0].settings.key("")
    return [name for name in names if name.startswith(of_the_page) and name not in known]


def about_unknown(new: Sequence[str]) -> list[str]:
    """What is said of such parameters, if there are any."""
    if not new:
        return []
    more = [f"{len(new) - NAMED:,} more"] if len(new) > NAMED else []
    listing = listed([*(f"“{as_written(name, LETTERS)}”" for name in new[:NAMED]), *more])
    which = "which is no setting" if len(new) == 1 else "which are no settings"
    return [f"The link has {listing}, {which} of this page, so it is left out."]
