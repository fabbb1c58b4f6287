"""Links of another program: pasted into a box beside the page's own, or brought by its link."""

from collections.abc import Callable, Sequence

import streamlit as st

from figures.words import as_written
from recipes.settings import Settings
from ui.controls import put, read
from ui.explain import query_of
from views.view import OtherLinks, View

SAID, OPENED = "other_link_said", "other_link_opened"
MOST = 600  # characters of a sentence, which quotes no more than a few words


def open_from_link(views: Sequence[View]) -> list[str]:
    """Open what the page's link brings of another program; what is said of that, or of one pasted.

    Call it before the widgets. In the address the link's settings take its place, and the page runs
    again by them.
    """
    for view in views:
        links = view.other_links
        if links is None or links.parameter not in st.query_params:
            continue
        settings = _open(view, links, st.query_params[links.parameter])
        stands = {links.parameter, *map(view.settings.key, ["view", *view.settings.allowed()])}
        for key in stands & set(st.query_params) if settings else [links.parameter]:
            del st.query_params[key]
        if settings:
            for key, value in query_of(settings, "" if view is views[0] else view.name).items():
                st.query_params[key] = value
        st.rerun()
    said: list[str] = st.session_state.pop(SAID, [])
    return said


def _open(view: View, links: OtherLinks, address: str) -> Settings | None:
    """The settings of a link, None if it is none; what is said of it is kept."""
    try:
        opened = links.read(address)
    except ValueError as error:
        said = [as_written(str(error), MOST)]
        st.session_state[SAID] = said
        st.session_state[OPENED] = (None, said)
        return None
    missing = [as_written(sentence, MOST) for sentence in opened.missing]
    things = "one thing is" if len(missing) == 1 else f"{len(missing)} things are"
    st.session_state[SAID] = [
        *(as_written(sentence, MOST) for sentence in opened.wrong),
        f"This is the experiment of a {links.program} link; {things} otherwise here, listed under "
        "*Link*.",
    ]
    st.session_state[OPENED] = (opened.settings, missing)
    return opened.settings


def other_links_box(view: View) -> Callable[[], None] | None:
    """What shows the box to paste such a link into, and what of the last one is otherwise here."""
    links = view.other_links
    if links is None:
        return None
    key = view.settings.key(links.parameter)

    def paste() -> None:
        if (address := st.session_state[key].strip()) and (settings := _open(view, links, address)):
            put(settings)
            st.session_state[settings.key("view")] = view.name
            st.session_state[key] = ""

    def box() -> None:
        label, hint = f"Open a {links.program} link", "Paste it here, and press Enter"
        st.text_input(label, key=key, placeholder=hint, on_change=paste)
        opened: tuple[Settings | None, list[str]]
        opened = st.session_state.get(OPENED, (None, []))
        settings, said = opened
        if said and (settings is None or settings == read(view.settings)):
            st.markdown("\n".join(f"- {sentence}" for sentence in said))

    return box
