"""A page of one file that needs nothing else: no server, no network."""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from figures.words import Said
from ui.browser.part import read

HERE = Path(__file__).parent
STYLE, ROOM = read(HERE / "saved.css"), read(HERE / "shared" / "room.js")


def saved_page(title: str, body: str, styles: Sequence[str], script: str, big: bool = False) -> str:
    """A page under this title; `big` for a projector. Body, styles and script are as they come."""
    return f"""<!doctype html>
<html lang="en"{" data-big" if big else ""}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{"".join([STYLE, *styles])}</style>
<h1>{escape(title)}</h1>
{body}
<script>
{ROOM}
{script}
</script>
</html>
"""


def sentences_of(caption: Sequence[Said], edited: str = "") -> str:
    """What is said below a film, each sentence with the step from which on it is true."""
    said = [(str(since), words) for since, words in caption]
    said += [("edited", edited)] if edited else []
    spans = [f'<span data-since="{since}">{escape(plain(words))}</span>' for since, words in said]
    return f'<p class="said">{"".join(spans)}</p>'


def as_json(message: Mapping[str, Any]) -> str:
    """A message as a script can hold it: nothing in it ends the script."""
    return json.dumps(message).replace("</", "<\\/")


def plain(caption: str) -> str:
    """A caption without Markdown's emphasis and backslashes."""
    return re.sub(r"\\(.)|\*", r"\1", caption)
