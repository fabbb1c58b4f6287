"""The unit that is open on the MNIST page: in its link, and kept for this visit."""

import functools

import streamlit as st

from figures.words import as_written
from recipes.settings import Settings
from runs.run import Run
from ui.browser.chart import Drawn, drawn
from views.mnist.training.unit import unit_figure
from views.mnist.training.wall import on_the_wall

PARAMETER = "mnist_unit"


def unit_that_is_open(run: Run, layer: int) -> tuple[int, str]:
    """The unit, from 1 on, that the link names or this visit opened, 0 if none; and a sentence.

    It is one of a hidden layer, the last one if there are not so many.

    The sentence is for a link that names one which is not on the wall.
    """
    named, kept = st.query_params.get(PARAMETER), st.session_state.get(PARAMETER)
    asked = named or kept
    if not asked:
        return 0, ""
    shown = on_the_wall(run.net(run.look()), layer_on_the_wall(run, layer)) + 1
    if asked.isascii() and asked.isdigit() and int(asked) in shown:
        _keep(asked)
        return int(asked), ""
    _keep("")
    if asked == kept:  # another network is shown meanwhile, which has no such unit
        return 0, ""
    whole = f"from 1 to {len(shown)}" if len(shown) == shown[-1] else "one of those on the wall"
    return 0, f"The link opens unit {as_written(asked)}: expected {whole}, so none is open."


def layer_on_the_wall(run: Run, asked: int) -> int:
    """The hidden layer that the wall shows, from 1 on: the one asked for, or else the last."""
    return min(asked, len(run.settings.units()))


def choose_layer(wall: str, settings: type[Settings]) -> None:
    """The hidden layer that the reader chose on the wall of that key."""
    sent = st.session_state[wall].layer
    layer = sent.get("layer") if isinstance(sent, dict) else None
    if settings.allowed()["wall_layer"].allows(layer):
        st.session_state[settings.key("wall_layer")] = layer
        _keep("")


def switch_off(wall: str, settings: type[Settings]) -> None:
    """Which units the reader wants off, as the wall of that key has it."""
    sent = st.session_state[wall].off
    off = sent.get("off") if isinstance(sent, dict) else None
    if settings.allowed()["off"].allows(off):
        st.session_state[settings.key("off")] = off


@functools.cache
def blank(side: int, brief: bool, units: int) -> Drawn:
    """What the browser draws an opened unit's weights into, the same for all of that size."""
    return drawn(unit_figure(side, brief, units))


def open_unit(wall: str) -> None:
    """What the reader opened on the wall of that key, or that they closed it."""
    sent = st.session_state[wall].unit
    unit = sent.get("unit") if isinstance(sent, dict) else None
    _keep(str(unit) if type(unit) is int and unit > 0 else "")


def _keep(unit: str) -> None:
    if not unit:
        st.session_state.pop(PARAMETER, None)
        st.query_params.pop(PARAMETER, None)
        return
    st.session_state[PARAMETER] = unit
    if st.query_params.get(PARAMETER) != unit:
        st.query_params[PARAMETER] = unit
