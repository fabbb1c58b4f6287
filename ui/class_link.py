"""One link for a class: what its teacher ticks may move, all else is not on the page.

The link, its QR code, a line for a page of one's own and a sheet of paper are made of the same
settings, which are those on screen.
"""

import ipaddress
from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import streamlit as st

from recipes.meanings import with_its_name
from recipes.settings import MORE, ROW, Settings, Text, plain
from ui.goal import GOAL, LONGEST, REACH
from ui.lock import LOCK, VIEWS, controls_of, gestures_of, lock_text, locked
from ui.presenter import KEY as PRESENT
from ui.sheet import Row, Sheet, as_svg, is_fine, qr_code, sheet_html
from ui.theme import KEY as THEME
from views.goal import Goal, Measured, goal_text, in_words, is_reached
from views.view import View

OPEN = "class_link_open"  # the question of the page on which the dialog is open
TICKED = "class_free_"
OF_THE_READER = (PRESENT, THEME)  # of a link, what a class chooses for itself
HEADINGS = {ROW: "In the row", MORE: "More"}
DOING = "What can be done"
STAYS = (
    "Playing and going through time, opening a unit, drawing a digit, light and dark always stay: "
    "they change no setting. A preset, or what a page suggests to try, is there if all that it "
    "would move may move."
)
LOSSES = (1.0, 0.5, 0.3, 0.1, 0.05, 0.03, 0.01, 0.001)
SHARES = (50, 80, 90, 95, 97, 98, 99, 100)
MOST_UNITS = 96
EMBEDDED = "embed=true"
ONLY_HERE = (
    "**This address only works on this computer.** Open the page by the address that others have "
    "for it, and make the link there."
)
ONLY_NEAR = "This address works only in the network that this computer is in, such as one Wi-Fi."
TOO_LONG = "This link is too long for a QR code."
ALREADY = (
    "The page as it is reaches this goal already: ask for more, or make the link of a page that "
    "does not reach it yet."
)
CLOSE = "This link is long, so its QR code is fine: show it large, or give the link itself."


class ForClass(NamedTuple):
    """What a link for a class is made of: what is on screen."""

    question: str
    view: View
    views: Sequence[View]  # of the page
    settings: Settings
    link: str  # that opens the page as it is
    others: Mapping[str, str] = MappingProxyType({})  # what can be done on the page besides
    movable: bool = True  # whether the page has the settings' controls
    about: Callable[[Collection[str]], str] = lambda ticked: ""  # what is said of what may move
    found: Measured | None = None  # what a goal can ask of it as it is; None if that is not known


def class_link_button(page: ForClass | None) -> Callable[[], None]:
    """The button, where there is somebody to press it; what it returns shows the dialog."""
    if page is None or locked():  # a class that has a link makes none
        return lambda: None
    st.button(
        "A link for my class",
        key="class_link",
        icon=":material/group:",
        on_click=_open,
        args=[page.question],
    )
    return lambda: _dialog(page) if st.session_state.get(OPEN) == page.question else None


def _open(question: str) -> None:
    st.session_state[OPEN] = question


def _close() -> None:
    st.session_state.pop(OPEN, None)


@st.dialog("A link for my class", width="large", on_dismiss=_close)
def _dialog(page: ForClass) -> None:
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        st.caption(
            "Choose what may move. All else stays as it is now, and is not on the page that opens."
        )
        may_move = _may_move(page)
        if about := page.about(may_move):
            st.caption(about)
        sentence = st.text_input(
            "Goal, in your words",
            max_chars=LONGEST,
            placeholder=_example(page.view),
            key="class_goal",
        ).strip()
        goal = _goal(page.view)
        if page.found and goal != Goal() and is_reached(goal, page.found):
            st.caption(ALREADY)
    link = class_link(page.link, may_move, sentence, goal)
    with right:
        _show_code(link)
    st.code(link, language=None, wrap_lines=True)
    st.caption("For a page of your own, or a learning platform:")
    st.code(frame_line(link, page.question), language="html", wrap_lines=True)
    sheet = sheet_of(page, may_move, sentence, goal, link)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Save the sheet",
            lambda: sheet_html(sheet),
            "class-sheet.html",
            on_click="ignore",
            key="class_sheet",
            icon=":material/print:",
        )
        st.caption("One page of A4 to open and print: task, settings, link, room to write.")
    st.caption(STAYS)


def _may_move(page: ForClass) -> list[str]:
    """What is ticked, by the names that a link has. Other views come with what only they have."""
    others = VIEWS in st.session_state.get(f"{TICKED}{DOING}", ())
    shown = [page.view, *page.views] if others else [page.view]
    places: dict[str, dict[str, str]] = {}
    doing: dict[str, str] = {}
    for view in shown:
        doing |= gestures_of(view, page.views)
        for place, names in controls_of(view.settings).items() if page.movable else ():
            at = places.setdefault(HEADINGS.get(place, place), {})
            known = {name for labels in places.values() for name in labels}
            labels = {name: view.settings.allowed()[name].label for name in names}
            at |= {name: label for name, label in labels.items() if name not in known}
    places[DOING] = doing | dict(page.others)
    headings = sorted(filter(places.get, places), key=[HEADINGS[ROW], *places].index)
    return [name for heading in headings for name in _ticks(heading, places[heading])]


def _example(view: View) -> str:
    """A goal that makes sense on this view."""
    if view.measured is None:
        return "What is to be found out"
    return f"All {view.counted} right, or as many as you can"


def _ticks(heading: str, labels: Mapping[str, str]) -> list[str]:
    return st.pills(
        heading,
        list(labels),
        selection_mode="multi",
        wrap=True,
        format_func=lambda name: labels[name],
        key=f"{TICKED}{heading}",
    )


def _goal(view: View) -> Goal:
    """What the page is to check of the goal, of what this view can tell."""
    if view.measured is None:
        st.caption("This view cannot check a goal; it shows the sentence.")
        return Goal()
    st.caption("What the page checks, and says when it is reached:")
    right, loss, units = st.columns(3)
    asks: list[float | None] = []
    for place, label, values, say in (
        (loss, "Loss under", LOSSES, plain),
        (right, f"{view.counted.capitalize()} right", SHARES[::-1], _share),
        (units, "Hidden units, at most", tuple(range(1, MOST_UNITS + 1)), plain),
    ):
        asks.append(
            place.selectbox(
                label,
                values,
                None,
                format_func=say,
                placeholder="not asked",
                key=f"class_reach_{label}",
            )
        )
    loss_under, share, most = asks
    return Goal(loss_under, share, None if most is None else int(most))


def _share(share: float) -> str:
    return "all" if share == 100 else f"{share}%"


def class_link(link: str, may_move: Sequence[str], sentence: str, goal: Goal) -> str:
    """The link that opens the page with nothing but these to move, and with this goal."""
    address = urlsplit(link)
    query = [(name, value) for name, value in parse_qsl(address.query) if name not in OF_THE_READER]
    asked = {LOCK: lock_text(may_move), GOAL: sentence, REACH: goal_text(goal)}
    query += [(name, value) for name, value in asked.items() if value]
    return urlunsplit(address._replace(query=urlencode(query)))


def frame_line(link: str, title: str) -> str:
    """The line that shows the page in another one."""
    address = escape(f"{link}&{EMBEDDED}")
    return f'<iframe src="{address}" title="{escape(title)}" width="100%" height="800"></iframe>'


def _show_code(link: str) -> None:
    code = qr_code(link)
    if code is None:
        st.caption(TOO_LONG)
    else:
        st.image(as_svg(code), "The link as a QR code, for a phone's camera", width="stretch")
        if is_fine(code):
            st.caption(CLOSE)
    if where := who_can_open(link):
        st.warning(where)


def who_can_open(link: str) -> str:
    """A sentence on a link that not everybody can open; "" of one on the internet."""
    host = urlsplit(link).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return ONLY_HERE
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "" if "." in host else ONLY_NEAR
    if address.is_loopback or address.is_unspecified:
        return ONLY_HERE
    return ONLY_NEAR if address.is_private or address.is_link_local else ""


def sheet_of(
    page: ForClass, may_move: Sequence[str], sentence: str, goal: Goal, link: str
) -> Sheet:
    """What the paper has: the settings as they are on screen, those that may move first."""
    settings = page.settings
    idle, allowed = settings.idle(), settings.allowed()
    names = [name for names in controls_of(type(settings)).values() for name in names]
    rows = [
        Row(allowed[name].label, _written(settings, name), name in may_move)
        for name in names
        if name not in idle
    ]
    checked = in_words(goal, page.view.counted)
    task = sentence or (f"{checked[:1].upper()}{checked[1:]}." if checked else "")
    if sentence and checked:
        task = f"{sentence} (The page checks: {checked}.)"
    return Sheet(page.question, task, rows, link)


def _written(settings: Settings, name: str) -> str:
    """A setting's value as its control shows it."""
    setting, value = settings.allowed()[name], getattr(settings, name)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(setting, Text) and value == "":
        return setting.empty or "–"
    return with_its_name(plain(value))
