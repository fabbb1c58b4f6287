"""A figure that is put together as it is: Plotly checks none of its parts."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go


def figure_of(traces: Sequence[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """A figure of plain dictionaries, written out as Plotly's script reads them.

    So a title is {"text": …}, and a scale of colours has a number with each. To have it checked
    would take three quarters of a figure's time, with every move of a slider; the tests have it
    checked.
    """
    return go.Figure(traces, layout, _validate=False)
