"""The page in which a chart is saved: it has Plotly's script in it, and a place for one figure.

The browser asks for it and puts the figure in (save.js). Compressed, the script takes 2.0 MB of a
file instead of 4.8: nothing that the chart can do is lost, and every browser since 2023 unpacks it.
"""

import base64
import functools
import gzip
import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui.browser.chart.script import A_YEAR, FILE, NAME as SCRIPT, below_base
from ui.browser.join import joined
from ui.browser.part import css_of, html_of
from ui.browser.saved import saved_page

HERE = Path(__file__).parent
BODY = """{chart}
<script type="application/json" id="chart">GLASSBOX_CHART</script>
<script type="text/plain" id="plotly">{plotly}</script>"""


def page(plotly: str) -> str:
    """The page with a compressed script in it, base64 of gzip."""
    body = BODY.format(chart=html_of(HERE), plotly=plotly)
    script = f"{joined(HERE / 'saved.js')}\nopenChart();"
    return saved_page("Glassbox", body, [css_of(HERE)], script)


NAME = f"chart-{hashlib.sha256((page('') + SCRIPT).encode()).hexdigest()[:12]}.txt"
ADDRESS = f"./{NAME}"


@functools.cache
def whole_page() -> str:
    """The page with Plotly's script in it, made once, when first somebody saves a chart."""
    return page(base64.b64encode(gzip.compress(FILE.read_bytes())).decode())


def answer(request: Request) -> PlainTextResponse:
    """The answer to whoever asks for it; not `async`, so that the others need not wait for it."""
    return PlainTextResponse(whole_page(), headers=A_YEAR)


def saved_route() -> Route:
    """Where the server has it."""
    return Route(below_base(NAME), answer)
