"""Many visitors of the app at once, who draw nothing: how long they wait for their answers.

    python -m benchmarks.visitors http://127.0.0.1:8501 activations --move activations_x

They arrive over some seconds, stay, and each moves a slider every 3 to 6 seconds. No visitor may
see an exception, and none may go without an answer.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from benchmarks.visit import Answer, Gone, Visit

Act = Callable[[Visit], Awaitable[Answer]]  # what a visitor does, again and again
Maker = Callable[[random.Random], Act | None]


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of them lie; NaN if there are none."""
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


class Usage(NamedTuple):
    """CPU seconds and resident memory of a process."""

    cpu: float
    rss: float  # MB
    threads: int


def usage(pid: int) -> Usage:
    """What a process has used so far (Linux)."""
    with open(f"/proc/{pid}/stat") as file:
        stat = file.read().rsplit(")", 1)[1].split()
    return Usage(
        (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK"),
        int(stat[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6,
        int(stat[17]),
    )


async def crowd(
    visitors: int,
    spread: float,
    one: Callable[[int], Awaitable[None]],
) -> list[BaseException]:
    """Let so many visitors come, evenly within `spread` seconds; what went wrong with any."""

    async def later(i: int) -> None:
        await asyncio.sleep(spread * i / visitors)
        await one(i)

    ends = await asyncio.gather(*(later(i) for i in range(visitors)), return_exceptions=True)
    return [end for end in ends if isinstance(end, BaseException)]


async def movers(
    server: str,
    scenes: list[tuple[str, str, Maker]],
    visitors: int,
    seconds: float,
    pause: tuple[float, float] = (3.0, 6.0),
    pid: int | None = None,
    spread: float | None = None,
    timeout: float = 60.0,
) -> dict[str, Any]:
    """Visitors that each do one thing every `pause` seconds; what that took, in ms.

    A scene is (page, query, maker): `maker(random)` makes what a visitor does, again and again.
    """
    arrivals: list[float] = []
    moves: list[float] = []
    by_page: dict[str, list[float]] = {}
    errors: list[str] = []
    start = time.perf_counter()
    spread = max(2.0, visitors / 10) if spread is None else spread
    measured_from, end = start + spread + 3, start + spread + 3 + seconds

    async def one(i: int) -> None:
        chance = random.Random(i)
        page, query, maker = scenes[i % len(scenes)]
        visit = Visit(server, page, query, timeout=timeout)
        try:
            answer = await visit.open()
            arrivals.append(answer.seconds)
            act = maker(chance)
            await asyncio.sleep(chance.uniform(0, pause[1]))
            while time.perf_counter() < end:
                if act is not None:
                    began = time.perf_counter()
                    answer = await act(visit)
                    if began > measured_from:
                        moves.append(answer.seconds)
                        by_page.setdefault(page, []).append(answer.seconds)
                await asyncio.sleep(chance.uniform(*pause))
            errors.extend(visit.exceptions)
        except Gone as error:
            errors.append(str(error))
        finally:
            with contextlib.suppress(Exception):
                await visit.close()

    async def watch() -> tuple[float, float]:
        await asyncio.sleep(max(0, measured_from - time.perf_counter()))
        if pid is None:
            return 0.0, 0.0
        first, began, peak = usage(pid), time.perf_counter(), 0.0
        while time.perf_counter() < end:
            await asyncio.sleep(1)
            peak = max(peak, usage(pid).rss)
        return (usage(pid).cpu - first.cpu) / (time.perf_counter() - began), peak

    watching = asyncio.create_task(watch())
    failures = await crowd(visitors, spread, one)
    cpu, peak = await watching

    def ms(values: list[float], share: float) -> int | None:
        return round(1000 * percentile(values, share)) if values else None

    return {
        "visitors": visitors,
        "arrived": len(arrivals),
        "moves": len(moves),
        "p50": ms(moves, 0.5),
        "p95": ms(moves, 0.95),
        "max": ms(moves, 1),
        "arrival_p50": ms(arrivals, 0.5),
        "arrival_p95": ms(arrivals, 0.95),
        "errors": len(errors) + len(failures),
        "what": sorted({str(e)[:100] for e in [*errors, *failures]})[:3],
        "cpu_cores": round(cpu, 2),
        "rss_mb": round(peak),
        "by_page": {page: [len(v), ms(v, 0.5), ms(v, 0.95)] for page, v in by_page.items()},
    }


def slider_mover(key: str) -> Maker:
    """A visitor who sets the slider `key` anywhere between its ends."""

    def maker(chance: random.Random) -> Act:
        async def act(visit: Visit) -> Answer:
            proto = visit.widgets[key].proto
            if proto.type == proto.SELECT_SLIDER:
                return await visit.set(None, **{key: chance.choice(list(proto.options))})
            steps = round((proto.max - proto.min) / proto.step)
            return await visit.set(None, **{key: proto.min + proto.step * chance.randint(0, steps)})

        return act

    return maker


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Many visitors of the app at once.")
    parser.add_argument("server")
    parser.add_argument("page", nargs="?", default="")
    parser.add_argument("--query", default="", help="of the page's link")
    parser.add_argument("--move", help="the key of the slider to move; without it, only visit")
    parser.add_argument("--visitors", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--spread", type=float, help="seconds in which they arrive")
    parser.add_argument("--pid", type=int, help="of the server, to say its CPU and memory")
    asked = parser.parse_args()
    maker: Maker = slider_mover(asked.move) if asked.move else lambda chance: None
    found = movers(
        asked.server,
        [(asked.page, asked.query, maker)],
        asked.visitors,
        asked.seconds,
        pid=asked.pid,
        spread=asked.spread,
    )
    print(json.dumps(asyncio.run(found), indent=1))


if __name__ == "__main__":
    main()
