"""The one way a chart reaches the browser.

`st.plotly_chart` builds a new chart whenever its figure changes: it goes blank for a moment and
forgets the reader's zoom. This component keeps its element and calls `Plotly.react`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import plotly.graph_objects as go
import streamlit as st

from figures.theme import for_presenter
from figures.words import Said
from ui.browser.chart import saved, script
from ui.browser.part import part
from ui.browser.saved import plain
from ui.place import height_of, place_for
from ui.presenter import presenting

_chart = part(Path(__file__).parent)


class Drawn(NamedTuple):
    """A figure as the browser gets it."""

    figure: str  # JSON
    label: str


def drawn(figure: go.Figure) -> Drawn:
    """A figure as the browser gets it, larger for a presenter."""
    return drawn_for(figure, presenting())


def drawn_for(figure: go.Figure, big: bool) -> Drawn:
    """A figure as the browser gets it for a page, or `big`, for a projector."""
    if big:
        figure = for_presenter(figure)
    return Drawn(figure.to_json(), figure.layout.title.text or "")


def chart_data(
    figure: Drawn, key: str, height: str, big: bool, at: str = "", said: Sequence[Said] = ()
) -> dict[str, Any]:
    """What the browser gets of a chart that is there alone, as `draw` says; Plotly is there."""
    return {
        "figure": figure.figure,
        "height": height,
        "big": big,
        "label": figure.label or key,
        "script": "",
        "saved": "",
        "clicks": False,
        "key": key,
        "at": at,
        "said": [{"since": since, "words": plain(words)} for since, words in said],
        "asking": False,
    }


def draw(
    figure: Drawn,
    key: str,
    height: str = "62vh",
    presenter_height: str = "60vh",
    on_click: Callable[[tuple[float, float]], None] | None = None,
    at: str = "",
    said: Sequence[Said] = (),
    asking: bool = False,
) -> None:
    """Show a figure. `key` names the chart for good; heights are CSS, for a page and a projector.

    The figure takes the chart's size, never a size of its own, so the page does not jump. What a
    figure has to play (`figures/playing.py`) is played in the browser. With `on_click` a click on
    its first panel is told, with its coordinates there. What plays opens `at` this step, if there
    is one, and tells the words about it where it is; `said` goes with the saved chart. A chart
    `asking` for a guess has nothing to play; what comes after it plays from its start.
    """
    place = height_of(height, presenter_height)
    data = chart_data(figure, key, place, presenting(), at, said) | {
        "script": script.ADDRESS,
        "saved": saved.ADDRESS,
        "clicks": on_click is not None,
        "asking": asking,
    }

    def hear() -> None:
        if on_click and (at := st.session_state[key].clicked):
            on_click((float(at[0]), float(at[1])))

    with place_for(key):
        _chart(key=key, data=data, on_clicked_change=hear)
