"""What of a figure is otherwise where its place is too narrow, as on a phone held upright."""

from collections.abc import Mapping
from typing import Any


def narrow(layout: Mapping[str, Any], bar: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """For a figure's meta: parts of its layout, each over the usual one, and of its colour bars.

    Panels beside each other come to stand below each other, names become shorter: whoever draws the
    figure takes this if it would have to be scrolled otherwise (`chart/narrow.js`).
    """
    return {"narrow": {"layout": layout, "bar": bar or {}}}
