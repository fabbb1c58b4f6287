"""Steps of visitors who speak Streamlit's protocol, run to their end."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.browser.server import PATIENCE


def finished(steps: Coroutine) -> Any:
    """What the steps return, or raise.

    In a thread of their own: where a browser is open, Playwright's loop runs in the tests'.
    """

    async def patient() -> Any:
        return await asyncio.wait_for(steps, PATIENCE)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, patient()).result()
