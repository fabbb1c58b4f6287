"""What looking into networks takes of the server's memory: one visitor, and fifty at once.

    GLASSBOX_MNIST_DIR=... python -m benchmarks.looks_memory

The figures are above what the server has once somebody was on the MNIST page's first view: its
images and the recordings are there by then. A visitor opens every view that looks into the recorded
network, touches it, looks at another moment, sets the other recording beside it, and stays. It
exits with 1 if a bar is missed.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.crowd import crowd, usage
from benchmarks.memory import SETTLED, verdict
from benchmarks.training import row
from benchmarks.visit import Trigger, Visit
from tests.browser.server import Server, running_server
from ui.mnist.look import PICTURES

ONE, FIFTY = 150.0, 200.0  # MB above the data
VISITORS, SPREAD = 50, 25.0
ANOTHER_MOMENT = {"moment": 1200}  # which each view is asked for, too
TOUCHES: dict[str, list[dict[str, Any]]] = {  # what a reader does in a view
    "mistakes": [{"truth": 4, "guess": 9}],
    "one image": [{"image": 9, "score": 3}, {"sum_of": "1.7"}, {"opens": "few pixels"}],
    "units": [{"off": ",".join(f"1.{unit}" for unit in range(1, 11))}],
    "gradients": [{"looked_batch": 2}],
    "space": [],
    "before and after": [{"truth": 4}, {"other_moment": 1200}, {"other_run": "crooked"}],
}


async def look_at_everything(server: Server, visits: list[Visit]) -> None:
    """A visitor who opens all there is, and does not leave."""
    visit = Visit(server.address, "mnist")
    visits.append(visit)
    await visit.open()
    for view, touches in TOUCHES.items():
        await visit.set(None, mnist_view=view)
        for asked in (*touches, ANOTHER_MOMENT):
            await visit.set(None, **{f"mnist_{PICTURES[view]}": Trigger("asked", asked)})


async def first_view(server: Server) -> None:
    """A visitor of the page's first view, who leaves."""
    async with Visit(server.address, "mnist"):
        pass


async def measured(server: Server) -> tuple[float, float, list[BaseException]]:
    """MB above the data that one visitor took, and that fifty did; what went wrong."""
    pid, visits = server.process.pid, list[Visit]()
    await first_view(server)
    await asyncio.sleep(SETTLED)
    data = usage(pid).rss
    await look_at_everything(server, visits)
    await asyncio.sleep(SETTLED)
    one = usage(pid).rss - data
    wrong = await crowd(VISITORS - 1, SPREAD, lambda _: look_at_everything(server, visits))
    await asyncio.sleep(SETTLED)
    fifty = usage(pid).rss - data
    wrong += [RuntimeError(said) for visit in visits for said in visit.exceptions]
    for visit in visits:
        await visit.close()
    return one, fifty, wrong


def main() -> None:
    """Print the table."""
    with (
        tempfile.TemporaryDirectory() as home,
        running_server(Path(home), Path(home) / "server.log") as server,
    ):
        began = time.perf_counter()
        one, fifty, wrong = asyncio.run(measured(server))
        seconds = time.perf_counter() - began
    row("visitors who opened everything", "above the data", "bar", "")
    row(*["---"] * 4)
    row("one", f"{one:.0f} MB", f"{ONE:.0f} MB", verdict(one <= ONE))
    row(f"{VISITORS}", f"{fifty:.0f} MB", f"{FIFTY:.0f} MB", verdict(fifty <= FIFTY))
    print(f"\nin {seconds:.0f} s; {len(wrong)} things went wrong {[repr(e) for e in wrong[:3]]}")
    sys.exit(one > ONE or fifty > FIFTY or bool(wrong))


if __name__ == "__main__":
    main()
