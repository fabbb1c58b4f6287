"""What the browser does for a whole page, whatever stands on it.

The keys 1 to 9 choose a view, the theme is the one that the reader chose, a term of a caption opens
what it means, and on a projector the picture gives way to its words, so that nothing scrolls.
"""

from pathlib import Path

from ui.browser.page.terms import ADDRESS
from ui.browser.part import part

_page = part(Path(__file__).parent)


def show_page_part(theme: str, big: bool) -> None:
    """Put it on a page; `theme` is "light", "dark", or "" if that is left to the device."""
    _page(key="page", data={"theme": theme, "big": big, "terms": ADDRESS})
