"""A crowd of headless visitors: they arrive, stay, and each moves a slider every few seconds."""

import asyncio
import contextlib
import os
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, NamedTuple

from benchmarks.visit import Gone, Visit

PAUSE = (3.0, 6.0)  # seconds between two moves of a visitor
SHAKEN = 0.2  # the same of one who shakes it
SETTLED = 3.0  # seconds after the last arrival, before the moves count


class Role(NamedTuple):
    """What a visitor comes for: a link, and the slider to move, "" for one who only looks."""

    page: str
    query: str = ""
    slider: str = ""
    own: tuple[str, ...] = ()  # fields of the link that are the visitor's own: seeds
    shown: str = ""  # what is written when the answer is there, if the page works on after that

    def link(self, visitor: int) -> str:
        """The query of this visitor's link."""
        seeds = [f"{self.page}_{name}={visitor % 100}" for name in self.own]
        return "&".join([self.query, *seeds] if self.query else seeds)

    def answered(self, visit: Visit) -> Callable[[Visit], bool] | None:
        """What says that a later run of the page has the answer; None if its end does."""
        before = visit.run
        if not self.shown:
            return None
        return lambda visit: visit.run != before and self.shown in visit.news


class Usage(NamedTuple):
    """CPU seconds and resident memory of a process."""

    cpu: float
    rss: float  # MB


class Seen(NamedTuple):
    """What a crowd saw: seconds, and what went wrong; what the server used meanwhile."""

    arrivals: list[float]
    moves: dict[str, list[float]]  # by what was looked at
    wrong: list[str]
    cores: float  # of processor that the server used
    elsewhere: float  # the same of all processes but the server and this one: noise
    rss: float  # MB, the most


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie; NaN if there are none."""
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def usage(pid: int) -> Usage:
    """What a process has used so far (Linux)."""
    with open(f"/proc/{pid}/stat") as file:
        stat = file.read().rsplit(")", 1)[1].split()
    return Usage(
        (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK"),
        int(stat[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6,
    )


def busy() -> float:
    """CPU seconds that all processes of this machine have used so far (Linux)."""
    with open("/proc/stat") as file:
        user, nice, system, *_ = map(int, file.readline().split()[1:])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


async def crowd(
    visitors: int, spread: float, one: Callable[[int], Awaitable[None]]
) -> list[BaseException]:
    """Let so many visitors come, evenly within `spread` seconds; what went wrong with any."""

    async def later(i: int) -> None:
        await asyncio.sleep(spread * i / visitors)
        await one(i)

    ends = await asyncio.gather(*(later(i) for i in range(visitors)), return_exceptions=True)
    return [end for end in ends if isinstance(end, BaseException)]


def values(proto: Any, chance: random.Random) -> Iterator[Any]:
    """What a slider can be set to, in an order of this visitor's own, no value twice in a round."""
    while True:
        if proto.type == proto.SELECT_SLIDER:
            yield from chance.sample(list(proto.options), len(proto.options))
        else:
            steps = round((proto.max - proto.min) / proto.step)
            for step in chance.sample(range(steps + 1), steps + 1):
                yield proto.min + proto.step * step


async def shake(server: str, role: Role, visitor: int, seconds: float) -> list[str]:
    """A visitor who moves a slider five times a second, whatever comes back; what went wrong."""
    visit = Visit(server, role.page, role.link(visitor), timeout=60.0)
    await visit.open()
    key, chance = f"{role.page}_{role.slider}", random.Random(visitor)
    places, moves = values(visit.widgets[key].proto, chance), []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        moves.append(asyncio.create_task(visit.set(None, **{key: next(places)})))
        await asyncio.sleep(SHAKEN)
    ends = await asyncio.gather(*moves, return_exceptions=True)
    await visit.close()
    return [*visit.exceptions, *(repr(end) for end in ends if isinstance(end, BaseException))]


async def stay(
    server: str,
    roles: Sequence[Role],
    visitors: int,
    seconds: float,
    spread: float,
    pid: int,
    timeout: float = 60.0,
) -> Seen:
    """Visitors in these roles, by turns, who arrive within `spread` seconds and stay so long."""
    start = time.perf_counter()
    measured_from = start + spread + SETTLED
    end = measured_from + seconds
    arrivals: list[float] = []
    moves: dict[str, list[float]] = {}
    wrong: list[str] = []

    async def one(i: int) -> None:
        chance, role = random.Random(i), roles[i % len(roles)]
        visit = Visit(server, role.page, role.link(i), timeout=timeout)
        try:
            arrivals.append((await visit.open()).seconds)
            await asyncio.sleep(chance.uniform(0, PAUSE[1]))
            key = f"{role.page}_{role.slider}"
            places = values(visit.widgets[key].proto, chance) if role.slider else None
            while time.perf_counter() < end:
                if places is not None:
                    began = time.perf_counter()
                    answer = await visit.set(role.answered(visit), **{key: next(places)})
                    if began > measured_from:
                        moves.setdefault(f"{role.page} {role.slider}", []).append(answer.seconds)
                await asyncio.sleep(chance.uniform(*PAUSE))
        except Gone as error:
            wrong.append(f"{role.page} {role.slider}: {error}")
        finally:
            wrong.extend(visit.exceptions)
            with contextlib.suppress(Exception):
                await visit.close()

    async def watch() -> tuple[float, float, float]:
        await asyncio.sleep(max(0, measured_from - time.perf_counter()) if seconds else 0)

        def now() -> tuple[float, float, float]:
            return usage(pid).cpu, busy() - usage(os.getpid()).cpu, time.perf_counter()

        first, peak = now(), 0.0
        while time.perf_counter() < end:
            await asyncio.sleep(1)
            peak = max(peak, usage(pid).rss)
        server, all_, passed = (a - b for a, b in zip(now(), first, strict=True))
        return server / passed, (all_ - server) / passed, peak

    watching = asyncio.create_task(watch())
    failures = await crowd(visitors, spread, one)
    return Seen(arrivals, moves, [*wrong, *map(repr, failures)], *await watching)
