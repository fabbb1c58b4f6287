"""The reader's own talks that this browser knows: kept by the browser, for it alone."""

from pathlib import Path

from ui.browser.part import part

_talks = part(Path(__file__).parent)


def show_my_talks(key: str, title: str, gone: bool = False) -> None:
    """List them, but for the one with this key, which is remembered as the one worked on.

    Without a key the one last worked on is opened, if there is one. With `gone` the one with this
    key has been deleted, and is forgotten.
    """
    _talks(key="mytalks", data={"key": key, "title": title, "gone": gone})
