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
NOTICED = 1.0  # seconds within which a connection that is lost is known to be
FIRST_TRY = 0.5  # seconds after which a page whose connection is lost tries again
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
    away: list[float]  # from a connection's loss until its page was back
    cores: float  # of processor that the server used
    elsewhere: float  # the same of all processes but the server and this one: noise
    rss: float  # MB, the most


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie; NaN if there are none."""
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def usage(pid: int, alone: bool = False) -> Usage:
    """What a process has used so far, with all that it started if not `alone` (Linux)."""
    with open(f"/proc/{pid}/stat") as file:
        stat = file.read().rsplit(")", 1)[1].split()
    used = [
        Usage(
            sum(map(int, stat[11 : 13 if alone else 15])) / os.sysconf("SC_CLK_TCK"),
            int(stat[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6,
        )
    ]
    for thread in [] if alone else os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{thread}/children") as file:
            used += [usage(int(child)) for child in file.read().split()]
    return Usage(sum(one.cpu for one in used), sum(one.rss for one in used))


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


async def back(visit: Visit, within: float) -> float:
    """Have a visit whose connection was lost come back, as Streamlit does; how long that took."""
    began, pause = time.perf_counter(), FIRST_TRY
    while True:
        await asyncio.sleep(pause)
        try:
            await visit.come_back()
        except Gone:
            if time.perf_counter() - began > within:
                raise
            pause *= 2
        else:
            return time.perf_counter() - began


async def stay(
    server: str,
    roles: Sequence[Role],
    visitors: int,
    seconds: float,
    spread: float,
    pid: int,
    timeout: float = 60.0,
    comes_back: bool = False,
) -> Seen:
    """Visitors in these roles, by turns, who arrive within `spread` seconds and stay so long.

    `comes_back` is whether a visitor whose connection is lost comes back, as pages do.
    """
    start = time.perf_counter()
    measured_from = start + spread + SETTLED
    end = measured_from + seconds
    arrivals: list[float] = []
    moves: dict[str, list[float]] = {}
    wrong: list[str] = []
    away: list[float] = []

    async def one(i: int) -> None:
        chance, role = random.Random(i), roles[i % len(roles)]
        visit = Visit(server, role.page, role.link(i), timeout=timeout)
        try:
            try:
                arrivals.append((await visit.open()).seconds)
            except Gone:
                if not comes_back:
                    raise
                arrivals.append(await back(visit, timeout))
            await asyncio.sleep(chance.uniform(0, PAUSE[1]))
            key = f"{role.page}_{role.slider}"
            places = values(visit.widgets[key].proto, chance) if role.slider else None
            while time.perf_counter() < end:
                try:
                    if places is not None:
                        began = time.perf_counter()
                        answer = await visit.set(role.answered(visit), **{key: next(places)})
                        if began > measured_from:
                            of = moves.setdefault(f"{role.page} {role.slider}", [])
                            of.append(answer.seconds)
                except Gone:
                    if not (comes_back and await visit.lost(NOTICED)):
                        raise
                if await visit.lost(chance.uniform(*PAUSE)):
                    if not comes_back:
                        raise Gone("the connection was lost")
                    away.append(await back(visit, timeout))
        except Gone as error:
            wrong.append(f"{role.page} {role.slider}: {error}")
        finally:
            wrong.extend(visit.exceptions)
            with contextlib.suppress(Exception):
                await visit.close()

    async def watch() -> tuple[float, float, float]:
        await asyncio.sleep(max(0, measured_from - time.perf_counter()) if seconds else 0)

        def now() -> tuple[float, float, float]:
            return usage(pid).cpu, busy() - usage(os.getpid(), alone=True).cpu, time.perf_counter()

        first, peak = now(), 0.0
        while time.perf_counter() < end:
            await asyncio.sleep(1)
            peak = max(peak, usage(pid).rss)
        server, all_, passed = (a - b for a, b in zip(now(), first, strict=True))
        return server / passed, (all_ - server) / passed, peak

    watching = asyncio.create_task(watch())
    failures = await crowd(visitors, spread, one)
    return Seen(arrivals, moves, [*wrong, *map(repr, failures)], away, *await watching)
