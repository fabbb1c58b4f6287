"""One thing to try next: a link beside the caption."""

from collections.abc import Callable
from pathlib import Path

from ui.browser.part import part

_link = part(Path(__file__).parent)


def show_link(
    what: str, why: str, link: str, key: str, take: Callable[[], None] | None = None
) -> None:
    """“Try what: why”, with a link on what is to be tried.

    With `take` the link opens the page that is here already: that is called instead, in a callback.
    """
    data = {"what": what, "why": why, "link": link, "here": take is not None}
    _link(key=key, data=data, on_taken_change=take or (lambda: None))
