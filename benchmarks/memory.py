"""The server's memory: after one visit to each page, and after hundreds of visits.

    GLASSBOX_MNIST_DIR=... python -m benchmarks.memory

It exits with 1 if a bar is missed. The last figure is taken when all sessions are forgotten.
"""

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.crowd import Role, crowd, usage, values
from benchmarks.scenes import EVERY_VIEW
from benchmarks.training import row
from benchmarks.visit import Visit
from tests.browser.server import Server, running_server
from ui.page import QUIET
from ui.pages import PAGES

FIRST, MORE = 500.0, 60.0  # MB: after one visit to each page, and what all others may add to it
VISITS, SPREAD = 300, 120.0
TIME_TO_LIVE = 120.0  # seconds for which Streamlit keeps a session that has left
SETTLED = 2 * QUIET + 5  # seconds after which the server has given back what nobody uses


async def visit(server: Server, role: Role, visitor: int) -> None:
    """Come, move the slider once, and leave."""
    async with Visit(server.address, role.page, role.link(visitor)) as visit:
        if role.slider:
            key = f"{role.page}_{role.slider}"
            places = values(visit.widgets[key].proto, random.Random(visitor))
            await visit.set(None, **{key: next(places)})


async def all_pages(server: Server) -> None:
    """One visit to each page."""
    for page in ("", *(page.name for page in PAGES)):
        await visit(server, Role(page), 0)


async def many(server: Server) -> list[BaseException]:
    """Hundreds of visits to all views, and the time until all of them are forgotten."""

    async def one(visitor: int) -> None:
        await visit(server, EVERY_VIEW[visitor % len(EVERY_VIEW)], visitor)

    wrong = await crowd(VISITS, SPREAD, one)
    await asyncio.sleep(TIME_TO_LIVE)
    await all_pages(server)  # sessions are forgotten when another comes
    return wrong


def main() -> None:
    """Print the table."""
    with (
        tempfile.TemporaryDirectory() as home,
        running_server(Path(home), Path(home) / "server.log") as server,
    ):
        pid = server.process.pid
        row("server", "memory", "bar", "")
        row(*["---"] * 4)
        row("started", f"{usage(pid).rss:.0f} MB", "", "")
        asyncio.run(all_pages(server))
        time.sleep(SETTLED)
        first = usage(pid).rss
        met = first <= FIRST
        row("one visit to each page", f"{first:.0f} MB", f"{FIRST:.0f} MB", verdict(met))
        wrong = asyncio.run(many(server))
        time.sleep(SETTLED)
        last = usage(pid).rss
        more = last <= first + MORE and not wrong
        row(f"{VISITS} visits", f"{last:.0f} MB", f"{first + MORE:.0f} MB", verdict(more))
    sys.exit(not (met and more))


def verdict(met: bool) -> str:
    """In a word."""
    return "met" if met else "NOT MET"


if __name__ == "__main__":
    main()
