"""What is one click away from every picture: the maths, the code that runs, the link."""

import functools
import inspect
from collections.abc import Callable, Sequence
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from recipes.settings import Settings
from ui.adding import offer_adding
from ui.class_link import ForClass, class_link_button
from ui.controls import as_text
from ui.goal import GOAL, REACH
from ui.lock import LOCK, locked
from ui.presenter import KEY as PRESENT, presenting
from ui.theme import KEY as THEME, chosen_theme
from ui.told import told
from views.view import THIS_RUNS, Download, Piece

PAGE_LINK = "This link opens the page as it is now."
OWN_START_LINK = "This link opens the page with the weights that this training began with."
UNSHARED_LINK = (
    "This link opens the page with its usual start: the weights that this training began with "
    "could not be kept."
)
FILM_LINK = (  # where a film is shown, whose moment only the browser knows
    "This link opens the page with its settings as they are now. For the moment you are at, too, "
    "with what is opened and changed, copy the link on “step …”, beside the time slider."
)
CHART_LINK = (  # where a chart plays
    "This link opens the page with its settings as they are now. For the moment you are at, too, "
    "copy the link on “step …”, beside the time slider."
)
RACE_LINK = (
    "This link opens both with their settings as they are now. For the moment you are at, too, "
    "copy the link on “step …”, beside the time slider; it has what is opened and changed on the "
    "left."
)
STEP_LINK = (  # where a walk is shown, whose step only the browser knows
    "This link opens the page with its settings as they are now. For the step you are at, too, "
    "copy the link on “step … of …”, right of the drawing's buttons."
)


def say(caption: str) -> None:
    """A caption, in the size of captions."""
    with st.container(key="caption"):
        st.markdown(told(caption))


def explain(
    caption: str | Callable[[], None],
    formulas: Sequence[str],
    code: Sequence[Piece],
    link: str,
    downloads: Sequence[Download] = (),
    link_note: str = PAGE_LINK,
    code_note: str = THIS_RUNS,
    next_step: Callable[[], None] | None = None,
    other_links: Callable[[], None] | None = None,
    for_class: ForClass | None = None,
) -> None:
    """The caption, or a fragment that says it; beside it maths (Markdown), source and link.

    `next_step` shows what to try next. Under the link is also what takes the picture away, what
    `link_note` says of the link, `other_links`, which takes those of another program, and a link
    `for_class`.
    """
    widths = [1] if presenting() else [3, 1.2]
    places = st.columns(widths, vertical_alignment="top")
    with places[0]:
        caption() if callable(caption) else say(caption)
    beside = places[-1].container(gap="xxsmall")
    with beside.container(horizontal=True, horizontal_alignment="right", key="explain"):
        with st.popover("Maths", icon=":material/function:"):
            st.markdown("\n\n".join(formulas))  # in one: each element is a message to the browser
        with st.popover("Code", icon=":material/code:"):
            st.caption(code_note)
            for piece in code:
                st.code(source(piece), language="python")
        with st.popover("Link", icon=":material/link:"):
            st.caption(link_note)
            st.code(link, language=None, wrap_lines=True)
            if not locked():
                offer_adding(link)
            show_dialog = class_link_button(for_class)
            if other_links and not locked():
                other_links()
            for take in downloads:
                taken_away(take)
    show_dialog()
    if next_step:
        with beside:
            next_step()


def taken_away(take: Download, place: str = "save") -> None:
    """The button for a file, what it has, and the lines that use it, a tab for each library.

    `place` is another wherever the same file stands twice on a page.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        key = f"{place}_{take.name}"
        st.download_button(take.label, take.make, take.name, on_click="ignore", key=key)
        st.caption(take.note, width="stretch")
    if take.code:
        for tab, code in zip(st.tabs(list(take.code)), take.code.values(), strict=True):
            tab.code(code, language="python")


@functools.cache
def source(piece: Piece) -> str:
    """The source of a function or class, read once: `inspect` parses the whole file for it."""
    return inspect.getsource(piece)


def link_to(settings: Settings, view: str = "", **extra: str) -> str:
    """The address that reproduces this page: what differs from the defaults, and `extra`.

    `view` is the one on screen, "" if it is the page's first.
    """
    here = urlsplit(st.context.url or "")
    query = urlencode(query_of(settings, view) | extra, doseq=True)
    return urlunsplit((here.scheme, here.netloc, here.path, query, ""))


def query_of(settings: Settings, view: str = "") -> dict[str, str]:
    """What an address says of settings, and of the view, "" if it is its page's first.

    What the address has of a class stays in it.
    """
    changed = {settings.key("view"): view} if view else {}
    changed |= {
        settings.key(name): as_text(getattr(settings, name))
        for name in settings.allowed()
        if getattr(settings, name) != getattr(type(settings), name)
    }
    if presenting():
        changed[PRESENT] = "true"
    if theme := chosen_theme():
        changed[THEME] = theme
    asked = {name: st.query_params.get(name, "") for name in (LOCK, GOAL, REACH)}
    return changed | {name: text for name, text in asked.items() if text}
