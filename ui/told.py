"""Words as a page tells them: no advice to move what is locked, what a term means is a click away,
powers of ten stay on a line."""

from figures.glossary import as_links
from figures.words import advised
from ui.lock import free


def told(words: str) -> str:
    """A caption's Markdown."""
    return as_links(advised(words, free).replace(" × 10", "\u00a0×\u00a010"))
