"""From a config's fields to widgets and back. The link, the widget and the field share one name."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from runs.config import Choices, Config, Range, Setting, Several, Text, shortened

C = TypeVar("C", bound=Config)
ROW = 5  # choices that fit side by side; more of them become a menu


def control(config: type[Config], name: str, on_change: Callable[[], None] | None = None) -> None:
    """The widget for one field of a config, bound to the page's link."""
    setting, key, default = config.settings()[name], config.key(name), getattr(config, name)
    common = {
        "key": key,
        "bind": "query-params",
        "help": setting.help or None,
        "on_change": on_change,
    }
    match setting:
        case Text():
            st.text_input(setting.label, default, **common)
        case Several():
            st.pills(
                setting.label, setting.values, selection_mode="multi", default=default, **common
            )
        case Range():
            st.slider(setting.label, setting.low, setting.high, default, setting.step, **common)
        case Choices() if not isinstance(default, str):
            st.select_slider(setting.label, setting.values, default, format_func=as_text, **common)
        case _ if len(setting.values) > ROW:
            st.selectbox(setting.label, setting.values, setting.values.index(default), **common)
        case _:
            st.segmented_control(
                setting.label, setting.values, default=default, required=True, **common
            )


def as_text(value: float | str | tuple[str, ...]) -> str | tuple[str, ...]:
    """A value as a link has it, which for a choice is how its widget shows it: 10.0 is 10."""
    return value if isinstance(value, (str, tuple)) else f"{value:.10g}"


def read(config: type[C]) -> C:
    """The config that the page's widgets say, a default where one says nothing that is allowed.

    Call it after the widgets. A page may leave some of them out.
    """
    said = {}
    for name, setting in config.settings().items():
        value = st.session_state.get(config.key(name))
        value = tuple(value or ()) if isinstance(setting, Several) else value
        said[name] = value if setting.allows(value) else getattr(config, name)
    return config(**said)


def complaints(config: type[Config]) -> list[str]:
    """A sentence for each field that a reader left empty or wrote so that nobody can read it."""
    sentences = []
    for name, setting in config.settings().items():
        value = st.session_state.get(config.key(name))
        if value is None:
            continue
        if isinstance(setting, Several) and not value:
            usual = ", ".join(getattr(config, name))
            sentences.append(f"{setting.label}: at least one is needed, so it is {usual}.")
        if isinstance(setting, Text):
            try:
                setting.parse(value)
            except ValueError as error:
                sentences.append(as_written(f"{setting.label}: {error}.", 500))
    return sentences


def misread_link(config: type[Config]) -> list[str]:
    """A sentence for each value in the page's link that its control cannot take.

    Call it before the widgets: they put the default in its place.
    """
    sentences = []
    for name, setting in config.settings().items():
        for text in st.query_params.get_all(config.key(name)):
            if not _readable(setting, text):
                sentences.append(
                    f"The link has “{as_written(text)}” for {setting.label.lower()}: "
                    f"expected {setting}, so it does not count."
                )
    return sentences


def still_said(sentences: list[str], now: Config) -> list[str]:
    """These sentences, or else those said of these same settings a moment ago.

    A page that trains runs again and again, and what was wrong with its link is read only once.
    """
    key = now.key("misread")
    if sentences:
        st.session_state[key] = (now, sentences)
    settings, said = st.session_state.get(key, (None, []))
    return said if settings == now else []


def as_written(text: str, most: int = 20) -> str:
    """What a reader wrote, shortened; as Markdown it could fetch a picture, so it is none."""
    return re.sub(r"([\\`*_\[\]<>()#!$|~]|:(?=//))", r"\\\1", shortened(text, most))


def _readable(setting: Setting, text: str) -> bool:
    match setting:
        case Choices(values=values):
            return text in map(as_text, values)
        case Several(values=values):
            return text in ("", *values)
        case Range():
            try:
                value = float(text)
                return value == type(setting.step)(value) and setting.low <= value <= setting.high
            except (ValueError, OverflowError):
                return False
    return True


def presets(now: C, known: Mapping[str, C]) -> str | None:
    """A row of pills, one a preset; the one that the page's settings are is lit, and returned.

    Call it after the widgets, into a container that stands before them.
    """
    key = now.key("preset")
    lit = next((name for name, preset in known.items() if preset == now), None)
    st.session_state[key] = lit

    def apply() -> None:
        chosen = known.get(st.session_state[key], now)
        for name in chosen.settings():
            value = getattr(chosen, name)
            st.session_state[chosen.key(name)] = list(value) if isinstance(value, tuple) else value

    st.pills("Presets", known, key=key, on_change=apply, label_visibility="collapsed")
    return lit
