"""From a view's settings to widgets and back. The link, the widget and the field share one name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from figures.words import as_written
from recipes.meanings import meaning, plain_names
from recipes.settings import (
    APART,
    MORE,
    ROW,
    Choices,
    Range,
    Setting,
    Settings,
    Several,
    Switch,
    Text,
    plain,
    spoken,
)
from ui.folded import put_back, put_folded
from ui.lock import free
from ui.named import named_menu
from ui.presenter import fold_controls, presenting
from ui.tiles import tiles

S = TypeVar("S", bound=Settings)
Offered = Mapping[str, Mapping[Any, str]]  # of a field, what it can be now and how that is written
MOVED = "control_moved"  # whether the reader has moved a control, in the run that follows
HEADER = "header_misread"  # what a link got wrong about the header, until a page says it
SIDE_BY_SIDE = 5  # choices that fit in a line; more of them become a menu


def row_controls(settings: type[Settings]) -> None:
    """The controls that stand in the page's row."""
    for name in settings.standing().get(ROW, ()):
        if free(name):
            control(settings, name)


def in_more(settings: type[Settings]) -> dict[str, list[str]]:
    """The further controls that there are now, by their headings: what may move, and changes
    something."""
    idle = read(settings).idle()
    places = {
        heading: [name for name in names if name not in idle and free(name)]
        for heading, names in settings.standing().items()
        if heading not in (ROW, APART)
    }
    return {heading: names for heading, names in places.items() if names}


def more_controls(settings: type[Settings], offered: Offered = MappingProxyType({})) -> None:
    """All further controls, a tab for each heading, and those that change something without one.

    `offered` is what some of them can be as the page's data are.
    """
    places = in_more(settings)
    headings = [heading for heading in places if heading != MORE]
    for tab, heading in zip(st.tabs(headings) if headings else [], headings, strict=True):
        with tab:
            for name in places[heading]:
                _with_meaning(settings, name, offered.get(name))
    for name in places.get(MORE, ()):
        _with_meaning(settings, name)


def _with_meaning(
    settings: type[Settings], name: str, offered: Mapping[Any, str] | None = None
) -> None:
    """A control, and below it what the chosen value does where its name does not tell."""
    control(settings, name, offered)
    setting = settings.allowed()[name]
    if isinstance(setting, Choices) and (means := meaning(setting.values, said(settings, name))):
        st.caption(means)


def control(settings: type[Settings], name: str, offered: Mapping[Any, str] | None = None) -> None:
    """The widget for one field, bound to the page's link; of a scale only what is offered."""
    setting, key, default = settings.allowed()[name], settings.key(name), getattr(settings, name)
    folded = presenting() or name not in settings.standing().get(ROW, ())
    common: dict[str, Any] = {
        "key": key,
        "bind": "query-params",
        "help": setting.help or None,
        "on_change": _give_way,
        "args": [settings, name, folded],
    }

    def take(value: str) -> None:
        _take(settings, name, value)

    match setting:
        case Text() if settings.options is not Settings.options and (
            options := read(settings).options(name)
        ):
            known, usual = options
            if st.session_state.get(key, usual) not in known:  # a menu of other words
                st.session_state[key] = usual
            if names := plain_names(known):
                named_menu(setting.label, usual, names, folded, common, take)
            else:
                st.selectbox(setting.label, known, known.index(usual), **common)
        case Text():
            st.text_input(setting.label, default, placeholder=setting.empty or None, **common)
        case Several():
            st.pills(
                setting.label, setting.values, selection_mode="multi", default=default, **common
            )
        case Range():
            high = setting.high
            others_say = settings.most is not Settings.most  # else they need not be read for it
            if others_say and (most := read(settings).most(name)) is not None:
                high = most
                if key in st.session_state:  # a slider with another end is a new one
                    st.session_state[key] = min(st.session_state[key], high)
            st.slider(setting.label, setting.low, high, default, setting.step, **common)
        case Switch():
            st.toggle(setting.label, default, **common)
        case Choices(pictured=True):
            tiles(setting, default, key, common)
        case Choices() if not isinstance(default, str):
            written = offered or _as_texts(setting.values)
            most = list(written)[-1]
            if st.session_state.get(key, most) not in written:
                st.session_state[key] = most
            usual = default if default in written else most
            st.select_slider(setting.label, written, usual, format_func=written.get, **common)
        case Choices() if names := plain_names(setting.values):
            named_menu(setting.label, default, names, folded, common, take)
        case _ if len(setting.values) > SIDE_BY_SIDE:
            st.selectbox(setting.label, setting.values, setting.values.index(default), **common)
        case _:
            st.segmented_control(
                setting.label, setting.values, default=default, required=True, **common
            )


def _give_way(settings: type[Settings], moved: str, folded: bool) -> None:
    if folded and put_back(settings.key(moved)):
        return
    fold_controls()
    st.session_state[MOVED] = True
    now = read(settings)
    then = now.after_moving(moved)
    if then is not now:
        put(then)


def _take(settings: type[Settings], moved: str, value: Any) -> None:
    """Have `moved` be this value. For a callback of what the reader has moved in its stead."""
    fold_controls()
    st.session_state[MOVED] = True
    put(replace(read(settings), **{moved: value}).after_moving(moved))


def put(settings: Settings) -> None:
    """Put these settings into their widgets. For a callback."""
    for name in settings.allowed():
        value = getattr(settings, name)
        put_folded(settings.key(name), list(value) if isinstance(value, tuple) else value)


def open_view(name: str, settings: Settings) -> None:
    """Open the view of this name with these settings of its own. For a callback.

    A control that comes with its value says nothing of it in the address, so that is said here.
    """
    coming = [
        field
        for field in settings.allowed()
        if settings.key(field) not in st.session_state
        and getattr(settings, field) != getattr(type(settings), field)
    ]
    put(settings)
    st.session_state[settings.key("view")] = name
    for field in coming:
        st.query_params[settings.key(field)] = as_text(getattr(settings, field))


def as_text(value: Any) -> Any:
    """A value as a link has it, which for a choice is how its widget shows it."""
    return value if isinstance(value, tuple) else plain(value)


@cache
def _as_texts(values: tuple[Any, ...]) -> Mapping[Any, str]:
    return {value: as_text(value) for value in values}


def read(settings: type[S]) -> S:
    """The settings that the page's widgets say, a default where one says nothing that is allowed.

    Call it after the widgets. A page may leave some of them out.
    """
    return settings(**{name: said(settings, name) for name in settings.allowed()})


def said(settings: type[Settings], name: str) -> Any:
    """What the widget of one field says; the default if that is nothing that is allowed."""
    setting, value = settings.allowed()[name], st.session_state.get(settings.key(name))
    value = tuple(value or ()) if isinstance(setting, Several) else value
    return value if setting.allows(value) else getattr(settings, name)


def complaints(settings: type[Settings]) -> list[str]:
    """A sentence for each field that a reader left empty or wrote so that nobody can read it."""
    sentences = []
    for name, setting in settings.allowed().items():
        value = st.session_state.get(settings.key(name))
        if value is None:
            continue
        if isinstance(setting, Several) and not value:
            sentences.append(
                f"{setting.label}: at least one is needed, so {_instead(getattr(settings, name))}."
            )
        if isinstance(setting, Text):
            try:
                setting.parse(value)
            except ValueError as error:
                used = _instead(getattr(settings, name))
                sentences.append(as_written(f"{setting.label}: {error}, so {used}.", 500))
    return sentences


def respell_link(views: Sequence[type[Settings]]) -> None:
    """Spell anew what an older link spells another way, for the settings of all a page's views.

    Call it before the widgets. They take their values from the link that a run begins with, so the
    page runs again by the new one. Once a widget is there the link is the widget's alone to change;
    who goes back in the browser's history to the old one has the widget reset, for that run only.
    """
    for settings in views:
        for name, renamed in settings.old_words().items():
            key = settings.key(name)
            text = st.query_params.get(key, "")
            if text not in renamed:
                continue
            if key not in st.session_state:
                st.query_params[key] = as_text(renamed[text])
                st.rerun()
            st.session_state[key] = renamed[text]
            run = get_script_run_ctx()
            if run and run.is_history_navigation:
                st.rerun()


def misread_link(settings: type[Settings], offered: Offered = MappingProxyType({})) -> list[str]:
    """A sentence for each value in the page's link that its control cannot take.

    `offered` is what some of them can be as the page's data are.
    Call it before the widgets: they put the default in its place.
    """
    old_words, asked = settings.old_words(), _choices_in_link(settings)
    sentences = header_misread()
    for name, setting in settings.allowed().items():
        used = getattr(settings, name)
        if menu := asked.options(name):
            setting, used = Choices(setting.label, setting.help, menu[0]), menu[1]
        if name in offered:
            written = tuple(offered[name].values())
            setting, used = Choices(setting.label, setting.help, written), offered[name][used]
        sentences += [
            misread(setting, text, used)
            for text in st.query_params.get_all(settings.key(name))
            if not readable(setting, text) and text not in old_words.get(name, {})
        ]
    return sentences


def _choices_in_link(settings: type[S]) -> S:
    """The settings with what the link chooses of a few values, before the widgets say the rest."""
    chosen: dict[str, Any] = {}
    for name, setting in settings.allowed().items():
        if isinstance(setting, Choices):
            text = st.query_params.get(settings.key(name))
            chosen |= dict([(name, v) for v in setting.values if as_text(v) == text][:1])
    return settings(**chosen)


def beyond_link(link: Mapping[str, str], now: Settings) -> list[str]:
    """A sentence for each number in the page's link that is too high as these settings are.

    `link` is what the link said before the widgets, which put the default in its place.
    """
    return [
        misread(setting._replace(high=most), link[now.key(name)], getattr(now, name))
        for name, setting in now.allowed().items()
        if isinstance(setting, Range)
        and (most := now.most(name)) is not None
        and now.key(name) in link
        and readable(setting, link[now.key(name)])
        and float(link[now.key(name)]) > most
    ]


def header_misread() -> list[str]:
    """The same for what stands in the header, on whatever page: said once (`ui/header.py`)."""
    said: list[str] = st.session_state.pop(HEADER, [])
    return said


def misread(setting: Setting, text: str, used: Any) -> str:
    """The sentence on a text in the link that this setting cannot take, and on what is used."""
    if isinstance(setting, Range) and setting.low_is and used == setting.low:
        used = setting.low_is
    return (
        f"The link has “{as_written(text)}” for {spoken(setting.label)}: "
        f"expected {setting}, so {_instead(used)}."
    )


def _instead(used: Any) -> str:
    """What is used in the place of what cannot be, as the page writes it."""
    if isinstance(used, bool):
        return f"it is {'on' if used else 'off'}"
    return f"it is {plain(used)}" if used != "" else "it counts as empty"


def still_said(sentences: list[str], now: Settings) -> list[str]:
    """These sentences, or else those said of these same settings a moment ago.

    A page that trains runs again and again, and what was wrong with its link is read only once.
    """
    key = now.key("misread")
    if sentences:
        st.session_state[key] = (now, sentences)
    settings, said = st.session_state.get(key, (None, []))
    return said if settings == now else []


def readable(setting: Setting, text: str) -> bool:
    """Whether a setting can take what a link says of it."""
    match setting:
        case Choices(values=values):
            return text in map(as_text, values)
        case Several(values=values):
            return text in ("", *values)
        case Switch():
            return text in ("true", "false")
        case Range():
            try:
                value = float(text)
                return value == type(setting.step)(value) and setting.low <= value <= setting.high
            except (ValueError, OverflowError):
                return False
    return True
