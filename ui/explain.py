"""What is one click away from every picture: the maths, the code that runs, the link."""

import inspect
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from runs.config import Config
from ui.controls import as_text
from ui.presenter import KEY as PRESENT, presenting

PAGE_LINK = "This link opens the page as it is now."
OWN_START_LINK = "This link opens the page with its usual start: changed weights are in no link."
STEP_LINK = (  # where a walk is shown, whose step only the browser knows
    "This link opens the page with its settings as they are now. For the step you are at, too, "
    "copy the link on “step … of …”, right of the drawing's buttons."
)


class Download(NamedTuple):
    """A file that takes what the page shows away; `code` are the lines that use it."""

    note: str
    label: str
    name: str
    make: Callable[[], str | bytes]
    code: str = ""


def say(caption: str) -> None:
    """A caption, in the size of captions."""
    with st.container(key="caption"):
        st.markdown(caption)


def explain(
    caption: str | Callable[[], None],
    formulas: Sequence[str],
    code: Sequence[Callable | type],
    link: str,
    downloads: Sequence[Download] = (),
    link_note: str = PAGE_LINK,
) -> None:
    """The caption, or a fragment that says it; beside it maths (Markdown), source and link.

    Under the link is also what takes the picture away, and what `link_note` says of the link.
    """
    widths = [1] if presenting() else [3, 1.2]
    places = st.columns(widths, vertical_alignment="top")
    with places[0]:
        caption() if callable(caption) else say(caption)
    with places[-1].container(horizontal=True, horizontal_alignment="right", key="explain"):
        with st.popover("Maths", icon=":material/function:"):
            for line in formulas:
                st.markdown(line)
        with st.popover("Code", icon=":material/code:"):
            st.caption("This is the code that runs, read from the app itself.")
            for piece in code:
                st.code(inspect.getsource(piece), language="python")
        with st.popover("Link", icon=":material/link:"):
            st.caption(link_note)
            st.code(link, language=None, wrap_lines=True)
            for take in downloads:
                st.caption(take.note)
                st.download_button(
                    take.label, take.make, take.name, on_click="ignore", key=f"save_{take.name}"
                )
                if take.code:
                    st.code(take.code, language="python")


def link_to(config: Config, **extra: str) -> str:
    """The address that reproduces this page: what differs from the defaults, and `extra`."""
    changed = {
        config.key(name): as_text(getattr(config, name))
        for name in config.settings()
        if getattr(config, name) != getattr(type(config), name)
    }
    if presenting():
        changed[PRESENT] = "true"
    here = urlsplit(st.context.url or "")
    return urlunsplit(
        (here.scheme, here.netloc, here.path, urlencode(changed | extra, doseq=True), "")
    )
