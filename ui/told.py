"""Words as a page tells them: what a term means is a click away, powers of ten stay on a line."""

from figures.glossary import as_links


def told(words: str) -> str:
    """A caption's Markdown."""
    return as_links(words.replace(" × 10", "\u00a0×\u00a010"))
