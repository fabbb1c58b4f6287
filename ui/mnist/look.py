"""Shows the views of the MNIST page that look into a trained network, and hears what they ask."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state_proxy import get_session_state

from datasets.digits import Digits
from figures.words import as_written, sentences
from recipes.settings import APART, Range, Settings, Text, plain, spoken
from runs.answers import Unseen, unseen_by
from runs.recording import Recording, recorded_run
from runs.run import Run
from ui.browser.many import show_many
from ui.browser.pad import drawing
from ui.controls import read
from ui.explain import say
from ui.lock import VIEWS, free
from ui.mnist.live import UNHURRIED, between_looks
from ui.presenter import presenting
from ui.runs import registry
from ui.visit import mark
from views.mnist import before_after, gradients, mistakes, one_image, space, units
from views.mnist.look import ANY
from views.mnist.training.paper import drawn_on
from views.view import View

AS_IT_OPENS = {name: getattr(one_image.Settings, name) for name in ("score", "sum_of", "opens")}
# What the browser draws of a view.
PICTURES = {mistakes.NAME: "mistakes", one_image.NAME: "through"}
PICTURES |= {units.NAME: "units", gradients.NAME: "gradients"}
PICTURES |= {space.NAME: "space", before_after.NAME: "before"}
LINKED = "mnist_linked"  # what the link said last of what is looked at


def look_from_link(settings: type[Settings], views: Sequence[View]) -> list[str]:
    """Have the settings say what the link asks to look at; else what this visit was looking at.

    What another of the page's views is asked to look at does not stay in the link. Call it before
    the settings are read. A sentence for each text that cannot be read: `misread_link` tells of
    numbers.
    """
    run, wrong = get_script_run_ctx(), []
    linked: dict[str, str | None] = st.session_state.setdefault(LINKED, {})
    went_back = run is not None and run.is_history_navigation
    for name in settings.standing().get(APART, ()):
        key, setting, usual = settings.key(name), settings.allowed()[name], getattr(settings, name)
        text = st.query_params.get(key)
        value = _as_number(text) if isinstance(setting, Range) else text
        if text is not None and text == linked.get(key) and key in st.session_state:
            pass  # nobody has moved the link: what was put into the session since is what counts
        elif setting.allows(value):
            st.session_state[key] = value
        elif text and isinstance(setting, Text):
            wrong.append(_misread(setting, text))
        elif went_back and text is None:
            st.session_state.pop(key, None)
        _into_link(key, st.session_state.get(key, usual), usual)
        linked[key] = st.query_params.get(key)
    for other in views:
        for name in set(other.settings.standing().get(APART, ())) - set(settings.allowed()):
            st.query_params.pop(settings.key(name), None)
    return wrong


def _misread(setting: Text, text: str) -> str:
    """What a text should have said."""
    try:
        setting.parse(text)
    except ValueError as error:
        what = f"The link has “{as_written(text)}” for {spoken(setting.label)}"
        return f"{what}: {error}, so it counts as empty."
    return ""


def _as_number(text: str | None) -> int | None:
    try:
        return int(text or "")
    except ValueError:
        return None


def _at_once(said: Mapping[str, str]) -> None:
    """Put all of these into the link, and out of it whose text is "": one touch, one way back."""
    others = {key: text for key, text in said.items() if st.query_params.get(key, "") != text}
    gone = [key for key, text in others.items() if not text]
    there = {key: text for key, text in others.items() if text}
    with get_session_state().query_params() as link:
        for key in gone if there else gone[:-1]:
            link.discard_param_no_forward_msg(key)
    if there:
        st.query_params.update(there)
    elif gone:
        st.query_params.pop(gone[-1])


def _into_link(key: str, value: Any, usual: Any) -> None:
    text = plain(value)
    if value == usual:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != text:
        st.query_params[key] = text


def to_look_at(run: Run, here: Digits) -> Unseen:
    """The images on which a run is looked at, and what the reader has drawn on the paper."""
    return unseen_by(run, here)._replace(drawn=drawn_on(drawing(), run.digits).image)


def set_beside(settings: Settings, here: Digits) -> list[Run | None]:
    """What a view takes besides the run on the page: the one it sets beside it, if it does so.

    None if that one is not on this server, or if it is the same run.
    """
    if not isinstance(settings, before_after.Settings):
        return []
    name = settings.other_run
    recording = Recording.named(name)
    return [recorded_run(recording) if recording else registry().find(name, here)]


def look_into(view: View, run: Run, settings: Settings, here: Digits) -> Callable[[str], None]:
    """The picture of a view that looks into a run, and what says its words after some notes.

    While the run trains one fragment follows it, an epoch at a time, and both are of one look. Else
    none is: a click while the page runs would be lost with the fragment that it was meant for.
    """
    whose, began, unseen = mark(), run.state, to_look_at(run, here)
    run.watchers.saw(whose)
    looked_at = (run, unseen, *set_beside(settings, here))
    every = between_looks(run, UNHURRIED)

    def look() -> Any:
        run.look()
        run.watchers.saw(whose)
        other = st.session_state.get(view.settings.key("view")) != view.name
        if other or read(view.settings) != settings or run.state is not began:
            st.rerun()
        return view.numbers(settings, *looked_at)

    def picture(numbers: Any) -> None:
        name = PICTURES[view.name]
        if not numbers.look.nothing:
            drawn: Any = view.picture(numbers, presenting())
            show_many(
                name,
                drawn.message,
                f"mnist_{name}",
                "max(56vh, 28em)",
                "61vh",
                lambda asked: _hear(view, asked),
                free(VIEWS),
            )

    def words(numbers: Any, notes: str) -> None:
        said = view.caption(numbers, presenting())
        assert isinstance(said, str)
        moment = numbers.look.moments[numbers.look.at]  # by which the browser knows these words
        with st.container(key=f"words_of_{'latest' if moment == ANY else moment}"):
            say(sentences(notes, said))

    if every is None:
        now = look()
        picture(now)
        return lambda notes: words(now, notes)
    place = st.container()

    def follow(notes: str) -> None:
        below = st.container()

        @st.fragment(run_every=every)
        def both() -> None:
            now = look()
            picture(now)
            with below:
                words(now, notes)

        with place:
            both()

    return follow


def _hear(view: View, asked: Any) -> None:
    """Put what a picture asks for into the settings; an image is opened in its own view."""
    if not isinstance(asked, Mapping):
        return
    settings = view.settings
    if "image" in asked and view.name != one_image.NAME:
        if not free(VIEWS):
            return
        settings, asked = one_image.Settings, {**AS_IT_OPENS, **asked}
    said: dict[str, str] = {}
    for name, value in asked.items():
        if name in settings.standing()[APART] and settings.allowed()[name].allows(value):
            st.session_state[settings.key(name)] = value
            said[settings.key(name)] = "" if value == getattr(settings, name) else plain(value)
    _at_once(said)
    if view.settings is not settings:
        st.session_state[settings.key("view")] = one_image.NAME
