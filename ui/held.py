"""What is locked is as the page's link says, though no control takes it from there."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state_proxy import get_session_state

from recipes.settings import Choices, Range, Setting, Settings, Several, Switch
from ui.controls import Offered, as_text, readable, said
from ui.lock import VIEWS, fields_with_controls, free, locked
from views.view import View

HELD = "held_by_link"  # the keys of what is locked in this visit


def hold(views: Sequence[View], offered: Offered = MappingProxyType({})) -> None:
    """Have all settings that are locked be as the link says. Call it before the controls.

    `offered` is how some of them are written as the page's data are. What a gesture that is not
    locked puts into one of them since counts.
    """
    _let_go(views)
    if not locked():
        return
    for settings in {view.settings for view in views}:
        for name in fields_with_controls(settings):
            setting, usual = settings.allowed()[name], getattr(settings, name)
            if free(name):
                continue
            known = dict(settings.old_words().get(name, {}))
            if name in offered and isinstance(setting, Choices):
                known |= {written: value for value, written in offered[name].items()}
                setting = setting._replace(values=tuple(offered[name]))
            hold_one(settings.key(name), setting, usual, known)


def hold_one(
    key: str, setting: Setting, usual: Any, known: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Have what is locked, of this key, be as the link says; `usual` where it says nothing.

    `known` are further texts that a link can have.
    """
    held: set[str] = st.session_state.setdefault(HELD, set())
    with get_session_state().query_params() as link:
        if bound := link.get_binding_for_param(key):  # else Streamlit takes it out of the address
            link.unbind_widget(bound.widget_id)
    run = get_script_run_ctx()
    if key in held and key in st.session_state and not (run and run.is_history_navigation):
        return
    held.add(key)
    value = _in_link(setting, st.query_params.get_all(key), known)
    st.session_state[key] = usual if value is None else value


def held_in_address(views: Sequence[View]) -> dict[str, str | list[str]]:
    """What the address has to have of what is locked, where it has something else."""
    wanted: dict[str, str | list[str]] = {}
    for settings in {view.settings for view in views} if locked() else ():
        for name in fields_with_controls(settings):
            key, value = settings.key(name), said(settings, name)
            text = "" if value == getattr(settings, name) else as_text(value)
            texts = list(text) if isinstance(text, tuple) else [text] if text else []
            if not free(name) and st.query_params.get_all(key) != texts:
                wanted[key] = texts if len(texts) > 1 else "".join(texts)
    return wanted


def may_open(settings: Settings, view: str = "") -> bool:
    """Whether what may move leads from the page as it is to these settings, of this view."""
    if not locked():
        return True
    kind = type(settings)
    there = not view or st.session_state.get(kind.key(VIEWS), view) == view
    return (there or free(VIEWS)) and all(
        free(name) or getattr(settings, name) == said(kind, name)
        for name in fields_with_controls(kind)
    )


def _let_go(views: Sequence[View]) -> None:
    """What was locked and is not now is anew what the address says, once its control is there."""
    held: set[str] = st.session_state.get(HELD, set())
    page = views[0].settings
    for key in [key for key in held if key.startswith(page.key("")) or "_" not in key]:
        if free(key.removeprefix(page.key(""))):
            held.discard(key)
            st.session_state.pop(key, None)


def _in_link(setting: Setting, texts: list[str], known: Mapping[str, Any]) -> Any:
    """What a link's texts say of a setting, None if nothing that can be read."""
    if not texts:
        return None
    text = texts[-1]
    if text in known:
        return known[text]
    value: Any = text
    match setting:
        case Several(values=values):
            value = tuple(value for value in values if value in texts)
        case Choices(values=values):
            value = next((value for value in values if as_text(value) == text), None)
        case Switch():
            value = {"true": True, "false": False}.get(text)
        case Range() if readable(setting, text):
            value = type(setting.step)(float(text))
    return value if setting.allows(value) else None
