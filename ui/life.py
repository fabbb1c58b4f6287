"""What begins with the server and ends with it."""

import contextlib
from collections.abc import AsyncIterator

from streamlit.starlette import App

from ui.doing import tell_how_it_does
from ui.runs import registry


@contextlib.asynccontextmanager
async def life(app: App) -> AsyncIterator[None]:
    """From its start, when it begins to say how it does, to its end, when all runs rest."""
    tell_how_it_does()
    yield
    registry().rest()
