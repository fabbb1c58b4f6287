"""From a config's fields to widgets and back. The link, the widget and the field share one name."""

from typing import TypeVar

import streamlit as st

from runs.config import Choices, Config

C = TypeVar("C", bound=Config)


def control(config: type[Config], name: str) -> None:
    """The widget for one field of a config, bound to the page's link."""
    setting, key, default = config.settings()[name], config.key(name), getattr(config, name)
    common = {"key": key, "bind": "query-params", "help": setting.help or None}
    if isinstance(setting, Choices):
        common["format_func"] = as_text
        if isinstance(default, str):
            st.segmented_control(
                setting.label, setting.values, default=default, required=True, **common
            )
        else:
            st.select_slider(setting.label, setting.values, value=default, **common)
    else:
        st.slider(setting.label, setting.low, setting.high, default, setting.step, **common)


def as_text(value: float | str) -> str:
    """A value as a link has it, which for a choice is how its widget shows it: 10.0 is 10."""
    return value if isinstance(value, str) else f"{value:.10g}"


def read(config: type[C]) -> C:
    """The config that the page's widgets say. Call it after the widgets."""
    return config(**{name: st.session_state[config.key(name)] for name in config.settings()})


def presets(now: C, known: dict[str, C]) -> None:
    """A row of pills, one a preset; the one that the page's settings are is lit.

    Call it after the widgets, into a container that stands before them.
    """
    key = now.key("preset")
    st.session_state[key] = next((name for name, preset in known.items() if preset == now), None)

    def apply() -> None:
        chosen = known.get(st.session_state[key], now)
        for name in chosen.settings():
            st.session_state[chosen.key(name)] = getattr(chosen, name)

    st.pills("Presets", known, key=key, on_change=apply, label_visibility="collapsed")
