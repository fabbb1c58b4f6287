"""What the terms of captions mean, served to whoever asks for the first of them."""

import hashlib
import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from figures.glossary import TERMS
from ui.browser.chart.script import A_YEAR, below_base

TEXT = json.dumps(
    {term.mark: [term.name, term.plain, term.precise] for term in TERMS}, ensure_ascii=False
)
NAME = f"terms-{hashlib.sha256(TEXT.encode()).hexdigest()[:12]}.json"
ADDRESS = f"./{NAME}"


async def answer(request: Request) -> Response:
    """The answer to whoever asks for it."""
    return Response(TEXT, media_type="application/json", headers=A_YEAR)


def terms_route() -> Route:
    """Where the server has it."""
    return Route(below_base(NAME), answer)
