"""The speaker's window: a page of its own beside Streamlit, which the stage's window tells all."""

import functools
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from ui.browser.chart.script import below_base
from ui.browser.join import joined
from ui.browser.part import read

HERE = Path(__file__).parent
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Speaker</title>
<style>
{style}</style>
{body}
<script type="module">
{script}
openSpeaker();
</script>
</html>
"""


@functools.cache
def page() -> str:
    """The page, which is the same for every talk."""
    style, body = read(HERE / "speaker.css"), read(HERE / "speaker.html")
    return PAGE.format(style=style, body=body, script=joined(HERE / "speaker.js"))


async def answer(request: Request) -> HTMLResponse:
    """The answer to whoever asks for it."""
    return HTMLResponse(page())


def speaker_route() -> Route:
    """Where the server has it."""
    return Route(below_base("speaker"), answer)
