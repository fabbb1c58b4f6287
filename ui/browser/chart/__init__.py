"""The one way a chart reaches the browser.

`st.plotly_chart` builds a new chart whenever its figure changes: it goes blank for a moment and
forgets the reader's zoom. This component keeps its element and calls `Plotly.react`.
"""

import functools
import os
import shutil
from pathlib import Path

import plotly
import plotly.graph_objects as go

from figures.theme import for_presenter
from ui.browser.part import part
from ui.place import place_for
from ui.presenter import presenting

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
STATIC = Path(__file__).parents[3] / "static"

_chart = part(Path(__file__).parent)


@functools.cache
def plotly_script() -> str:
    """The address of Plotly's own script, copied once from the installed package into static/."""
    name = f"plotly-{plotly.__version__}.min.js"
    if not (STATIC / name).exists():
        STATIC.mkdir(exist_ok=True)
        half_way = STATIC / f"{name}.{os.getpid()}"
        shutil.copyfile(PLOTLY, half_way)
        os.replace(half_way, STATIC / name)
    return f"./app/static/{name}"


def draw(figure: go.Figure, key: str, height: str = "62vh", presenter_height: str = "63vh") -> None:
    """Show a figure. `key` names the chart for good; heights are CSS, for a page and a projector.

    The figure takes the chart's size, never a size of its own, so the page does not jump.
    """
    if presenting():
        figure, height = for_presenter(figure), presenter_height
    data = {
        "figure": figure.to_json(),
        "height": height,
        "label": figure.layout.title.text or key,
        "script": plotly_script(),
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
