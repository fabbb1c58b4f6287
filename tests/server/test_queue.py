"""More runs than workers: they wait in a queue, and say their place."""

import asyncio
import contextlib

import pytest

from benchmarks.visit import Visit
from tests.alone import finished
from tests.browser.server import NO_NETWORK, PATIENCE, running_app

MINUTES = "mnist_epochs=200&mnist_batch=10&mnist_hidden=512&mnist_layers=3"
WAITING = "Waiting for a free place, number 1 in the queue"
FIRST_FOUR = 4


async def said(visit: Visit, text: str) -> None:
    """Return when the page says this; it looks at its run by itself, as in a browser."""
    while text not in visit.text:
        await visit.rerun()
        await asyncio.sleep(0.2)


async def queue(server: str) -> None:
    async with contextlib.AsyncExitStack() as stack:
        visits = []
        for place in range(FIRST_FOUR + 1):  # each stays: a run that nobody looks at makes room
            visit = await stack.enter_async_context(
                Visit(server, "mnist", MINUTES, timeout=PATIENCE)
            )
            await visit.press("mnist_start")
            await said(visit, "Training" if place < FIRST_FOUR else WAITING)
            visits.append(visit)
        fourth, fifth = visits[-2:]
        await fourth.press("mnist_pause")
        await said(fourth, "Paused")
        await said(fifth, "Training")
        await fourth.press("mnist_start")
        await said(fourth, WAITING)
        await fourth.press("mnist_pause")
        await said(fourth, "Paused")
        assert [visit.exceptions for visit in visits] == [[]] * len(visits)


@pytest.mark.sweep
def test_more_runs_than_workers_queue_and_say_their_place(tmp_path):
    with running_app(tmp_path, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as server:
        finished(queue(server))
