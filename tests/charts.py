"""Reads the figure of a chart back from a page under AppTest."""

import base64
import json
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest


def figure_on(page: AppTest, key: str) -> dict[str, Any]:
    """The figure that the chart of this key was given, its packed arrays unpacked."""
    charts = {chart.key: chart for chart in page.get("bidi_component")}
    return _unpacked(json.loads(json.loads(charts[key].proto.json)["figure"]))


def trace_on(page: AppTest, key: str, name: str) -> dict[str, Any]:
    """The one trace of that name in the chart of this key."""
    (trace,) = (t for t in figure_on(page, key)["data"] if t.get("name") == name)
    return trace


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() <= {"dtype", "bdata", "shape"} and "bdata" in value:
        array = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
        shape = [int(n) for n in str(value.get("shape", array.size)).split(",")]
        return array.reshape(shape)
    return {key: _unpacked(item) for key, item in value.items()}
