"""Which runs this browser has seen: kept by the browser, for it alone, so that they can be listed.

A run's name is the only way to it. It stands in the browser's own storage, as in its history; the
list is sent to no server, only the one that a reader chooses (`ui/browser/shared/seen.js`).
"""

from collections.abc import Mapping
from pathlib import Path

from ui.browser.part import part

_seen = part(Path(__file__).parent)


def remember(run: str, settings: Mapping[str, str]) -> None:
    """Have the browser keep the name of a run, and its settings in words."""
    _seen(key="seen", data={"run": run, "settings": dict(settings)})
