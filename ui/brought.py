"""What a reader brings: a text, which no link carries, or the weights they changed on the stage."""

import base64
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from recipes.keeping import sent_at, start_of, went_on
from recipes.settings import Settings
from runs.starts import starts
from ui.scene import scene_mark
from ui.visit import mark
from views.view import View, Written

TEXTS, START, NAMED = "own_texts", "own_start", "own_start_name"
PUT_BACK = "own_text_put_back"  # the box whose text is the usual one again with this run
BEGAN = "own_start_began"  # what is said of the start
KNOWN = "own_start_known"  # starts that the link had before, as it has them
FEW = 100  # parameters that a link carries itself, in a thousand letters; more lie on the server
NAME = "~"  # what begins the name of those; no parameters begin with it


def own_text(box: Written, settings: Settings) -> str | None:
    """What the reader has made of the usual text of these settings; None if it stands unchanged.

    A box of text and not Streamlit's grid: the grid loses the first keys of a number typed fast,
    says nothing about "abc", and once emptied cannot be filled again. The box forgets its text
    when another page is opened, so it is kept here.
    """
    kept, usual = st.session_state.setdefault(TEXTS, {}), box.usual(settings)
    key = settings.key(f"own_{box.subject(settings)}{scene_mark()}")
    # With every run: a popover that opens late would show an empty box, for a text that was put
    # into it by its state is told to the browser once, and where nothing is drawn nobody hears it.
    text = "" if st.session_state.pop(PUT_BACK, "") == key else kept.get(key, usual)
    kept[key] = st.text_area(box.label, text, key=key, height=190, help=box.help)
    st.button(box.restore, on_click=_put_back, args=[key, usual], key=settings.key("usual"))
    return None if kept[key] == usual else kept[key]


def _put_back(key: str, usual: str) -> None:
    st.session_state[key], st.session_state[PUT_BACK] = usual, key


def keeps_start(view: View, settings: Settings) -> Callable[[str | None], None] | None:
    """What remembers the parameters that the stage sends, if the view trains on from them.

    A start belongs to the settings it was made for, and goes as soon as one of them changes.
    """
    if view.trains_on is None:
        return None
    fits = view.trains_on

    def keep(sent: str | None) -> None:
        if sent and fits(settings, sent):
            step, changed = start_of(sent).step, "It began with the weights that you changed."
            begin_with(settings, sent, went_on(settings, step) if step else changed)

    return keep


def begin_with(settings: Settings, sent: str, words: str) -> None:
    """Have the training of these settings begin with parameters, and these words say where from."""
    st.session_state[START], st.session_state[BEGAN] = (settings, sent), words


def about_start(own: str | None) -> str:
    """What is said of the reader's own start, if there is one."""
    return st.session_state.get(BEGAN, "") if own else ""


def own_start(settings: Settings) -> str | None:
    """The start kept for just these settings, None if there is none. One of others is forgotten."""
    kept: tuple[Settings, str | None] = st.session_state.get(START, (settings, None))
    if kept[0] == settings:
        return kept[1]
    _usual_start()
    return None


def start_from_link(fits: Callable[[Settings, str], bool], settings: Settings) -> list[str]:
    """Take up the start that the page's link brings, unless the visit has one; what is wrong there.

    `fits` says whether parameters, as the stage sends them, are those of the settings' network.
    """
    said, known = st.query_params.get(settings.key("own"), ""), _known()
    if not said or START in st.session_state or said in known:
        return []
    known.add(said)
    sent, words = read_start(said, fits, settings)
    if sent is None:
        return [words]
    begin_with(settings, sent, words)
    return []


def read_start(
    said: str, fits: Callable[[Settings, str], bool], settings: Settings
) -> tuple[str | None, str]:
    """The start that a link brings, as the stage sends it, and what is said of it.

    None if it is gone or does not fit, as `start_from_link` says.
    """
    sent = _read(said)
    if sent is not None and fits(settings, sent):
        step, words = start_of(sent).step, "It began with the weights that the link brings"
        stood = f", as they stood at step **{step:,}**" if step else ""
        return sent, f"{words}{stood}."
    why = "are not those of this network" if sent is not None else "are not on this server any more"
    return None, f"The weights that the link brings {why}, so training has its usual start."


def is_gone(said: str) -> bool:
    """Whether a start that lay on the server, by what a link says, lies there no more."""
    return _read(said) is None


def start_in_link(settings: Settings, own: str | None) -> dict[str, str]:
    """What a link adds for the reader's own start.

    Nothing where there is none, and where many could not be kept on the server. The stage puts it
    into the page's address, or takes it out: Python, which would write all of the address, does not
    know yet what the control that has just been moved has written there.
    """
    if not (said := _written(own) if own else ""):
        return {}
    _known().add(said)
    return {settings.key("own"): said}


def _known() -> set[str]:
    known: set[str] = st.session_state.setdefault(KNOWN, set())
    return known


def _written(sent: str) -> str:
    """A start as a link has it: its parameters themselves, or the name under which they lie."""
    theta, step = start_of(sent)
    if theta.size <= FEW:
        return sent_at(step, base64.urlsafe_b64encode(theta.tobytes()).decode().rstrip("="))
    named, name = st.session_state.get(NAMED, ("", ""))
    if named != sent:
        try:
            name = sent_at(step, NAME + starts().keep(theta, mark()))
        except OSError:
            name = ""
        st.session_state[NAMED] = (sent, name)
    return name


def _read(said: str) -> str | None:
    """A start from a link, as the stage sends it; None if it is none, or is gone."""
    step, point, text = said.rpartition(".")
    if text.startswith(NAME):
        theta = starts().find(text.removeprefix(NAME))
        if theta is None:
            return None
        return f"{step}{point}{base64.b64encode(theta.tobytes()).decode()}"
    return f"{step}{point}{text.replace('-', '+').replace('_', '/')}{'=' * (-len(text) % 4)}"


def usual_start_button(place: DeltaGenerator, settings: Settings) -> None:
    """The way back to the start that the settings draw."""
    place.button("Usual start", key=settings.key("usual"), on_click=_usual_start)


def _usual_start() -> None:
    st.session_state.pop(START, None)
