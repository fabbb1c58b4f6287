"""The one way a chart reaches the browser.

`st.plotly_chart` builds a new chart whenever its figure changes: it goes blank for a moment and
forgets the reader's zoom. This component keeps its element and calls `Plotly.react`.
"""

from pathlib import Path
from typing import NamedTuple

import plotly.graph_objects as go

from figures.theme import for_presenter
from ui.browser.chart.script import ADDRESS
from ui.browser.part import part
from ui.place import height_of, place_for
from ui.presenter import presenting

_chart = part(Path(__file__).parent)


class Drawn(NamedTuple):
    """A figure as the browser gets it."""

    figure: str  # JSON
    label: str


def drawn(figure: go.Figure) -> Drawn:
    """A figure as the browser gets it, larger for a presenter."""
    if presenting():
        figure = for_presenter(figure)
    return Drawn(figure.to_json(), figure.layout.title.text or "")


def draw(figure: Drawn, key: str, height: str = "62vh", presenter_height: str = "60vh") -> None:
    """Show a figure. `key` names the chart for good; heights are CSS, for a page and a projector.

    The figure takes the chart's size, never a size of its own, so the page does not jump.
    """
    data = {
        "figure": figure.figure,
        "height": height_of(height, presenter_height),
        "big": presenting(),
        "label": figure.label or key,
        "script": ADDRESS,
    }
    with place_for(key):
        _chart(key=key, data=data)


def standalone(figure: go.Figure) -> str:
    """The figure as one HTML file with Plotly's script inside: it opens without a network."""
    style = {"text-color": "#1E2526", "background-color": "#FFFFFF", "border-color": "#D5DBDB"}
    page = figure.to_html(include_plotlyjs=True, full_html=True)
    for name, colour in style.items():
        page = page.replace(f"var(--st-{name})", colour)
    return page
