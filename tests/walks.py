"""Reads a walk back from a page under AppTest."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def walk_on(page: AppTest, key: str) -> dict[str, Any]:
    """The message that the walk of this key was given."""
    walks = {walk.key: walk for walk in page.get("bidi_component")}
    return json.loads(walks[key].proto.json)["walk"]


def known_at(walk: dict[str, Any], step: int, kind: str, sample: int = 0) -> dict[str, float]:
    """The "values" or "gradients" that all steps up to this one have revealed."""
    known: dict[str, float] = {}
    for one in walk["samples"][sample][: step + 1]:
        known |= one[kind]
    return known
