"""Many visitors of the app at once, who draw nothing: how long they wait for their answers.

    python -m benchmarks.visitors boundaries-30 boundaries-50
    python -m benchmarks.visitors all
    python -m benchmarks.visitors boundaries-50 --processes 4

Every scene (`scenes.py`) has a fresh server of its own, one process, or several behind the proxy.
Nobody may see an exception, none may go
without an answer, and nineteen of twenty wait no longer than the bars say; else it exits with 1.
"""

import argparse
import asyncio
import contextlib
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.crowd import Seen, percentile, shake, stay
from benchmarks.garbage import LINKS, follow
from benchmarks.scenes import SCENES, TRAINED, Scene
from benchmarks.training import row
from benchmarks.visit import Visit
from tests.browser.server import Server, running_server
from tests.hosting.hosted import running_processes

SECONDS = 40.0  # for which a crowd stays


async def play(scene: Scene, server: Server, seconds: float) -> Seen:
    """The scene, on this server; what its visitors saw."""
    address = server.address
    async with contextlib.AsyncExitStack() as left_open:
        runs = []
        for _ in range(scene.training):
            visit = await left_open.enter_async_context(Visit(address, "mnist", TRAINED))
            await visit.press("mnist_start")
            await visit.quiet()
            runs.append(visit.query_string)
        watching = [
            await left_open.enter_async_context(Visit(address, "mnist", runs[0]))
            for _ in range(scene.watchers)
        ]
        stays = seconds if scene.move else 0.0
        shaking = [
            asyncio.create_task(shake(address, role, i, scene.spread + stays))
            for i, role in enumerate(scene.shakers)
        ]
        restart = asyncio.create_task(restart_all(server, scene.spread + stays / 8, scene.away > 0))
        seen = await stay(
            address,
            scene.roles,
            scene.visitors,
            stays,
            scene.spread,
            server.process.pid,
            comes_back=bool(scene.away),
        )
        restart.cancel()
        said = [wrong for watcher in watching for wrong in watcher.exceptions]
        said += [wrong for shaker in shaking for wrong in await shaker]
        if scene.away and "all processes are restarted" not in server.log.read_text():
            said.append("not all processes were restarted: more --seconds are needed")
        said += [f"a run is lost: {run}" for run in runs if not await is_there(address, run)]
    return seen._replace(wrong=[*seen.wrong, *said])


async def restart_all(server: Server, after: float, asked: bool) -> None:
    """Have all processes of a server restarted after so many seconds, if that is `asked`."""
    if asked:
        await asyncio.sleep(after)
        server.process.send_signal(signal.SIGHUP)


async def is_there(address: str, run: str) -> bool:
    """Whether the link of a run finds it, with what it had learned."""
    async with Visit(address, "mnist", run) as visit:
        return "run=" in visit.query_string and " epochs" in visit.text


def report(name: str, scene: Scene, seen: Seen, log: str) -> bool:
    """A row of the table, and what went wrong; whether all bars are met."""
    moves = [seconds for those in seen.moves.values() for seconds in those]
    wrong = Counter([*seen.wrong, *tracebacks(log)])
    answered = len(seen.arrivals) == scene.visitors
    met = answered and not wrong and percentile(seen.arrivals, 0.95) <= scene.arrival
    if scene.move:
        met = met and percentile(moves, 0.95) <= scene.move
    if scene.away:
        met = met and max(seen.away, default=0.0) <= scene.away and len(seen.away) > 0
    row(
        name,
        str(scene.visitors),
        beside(moves, scene.move) if scene.move else "",
        beside(seen.arrivals, scene.arrival),
        f"{seen.cores:.2f} ({seen.elsewhere:.2f})",
        f"{seen.rss:.0f} MB",
        "met" if met else "NOT MET",
    )
    if scene.away:
        print(f"    {len(seen.away)} came back, {beside(seen.away, scene.away)}, the last after "
              f"{max(seen.away, default=0.0):.1f} s", flush=True)  # fmt: skip
    for what, often in wrong.most_common(5):
        print(f"    {often} × {what}", flush=True)
    return met


def tracebacks(log: str) -> list[str]:
    """Every traceback that the server wrote, its end alone."""
    return [said[:3000].strip()[-600:] for said in log.split("Traceback")[1:]]


def beside(seconds: list[float], bar: float) -> str:
    """The median and the 95th percentile, beside the bar of that."""
    middle, most = (1000 * percentile(seconds, share) for share in (0.5, 0.95))
    return f"{middle:,.0f} / {most:,.0f} ms (bar {1000 * bar:,.0f})"


def by_view(seen: Seen) -> None:
    """The moves of each view on its own."""
    for what, seconds in sorted(seen.moves.items()):
        middle, most = (1000 * percentile(seconds, share) for share in (0.5, 0.95))
        print(f"    {what}: {len(seconds)} moves, {middle:,.0f} / {most:,.0f} ms", flush=True)


def on_a_fresh_server(name: str, seconds: float, details: bool, processes: int) -> bool:
    """The scene of this name on a server of its own; whether all its bars are met.

    `processes` are behind the proxy; with 0, as many as the scene says.
    """
    scene = SCENES[name]
    processes = processes or scene.processes
    with tempfile.TemporaryDirectory() as home:
        place, log = Path(home), Path(home) / "server.log"
        with (
            running_processes(place, log, processes)
            if processes
            else running_server(place, log, compiled=scene.compiled)
        ) as server:
            seen = asyncio.run(play(scene, server, seconds))
        met = report(name, scene, seen, log.read_text())
    if details:
        by_view(seen)
    return met


def garbage(links: int) -> bool:
    """So many links that make no sense; whether every one of them got a page without an error."""
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "server.log"
        with running_server(Path(home), log) as server:
            wrong = asyncio.run(follow(server.address, links))
        wrong += tracebacks(log.read_text())
    row("garbage", f"{links:,}", "", "", "", "", "NOT MET" if wrong else "met")
    for what, often in Counter(wrong).most_common(5):
        print(f"    {often} × {what[:300]}", flush=True)
    return not wrong


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Many visitors of the app at once.")
    parser.add_argument("scenes", nargs="+", choices=[*SCENES, "garbage", "all"])
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for which a crowd stays")
    parser.add_argument("--links", type=int, default=LINKS, help="of the scene garbage")
    parser.add_argument("--processes", type=int, default=0, help="behind the proxy")
    parser.add_argument("--details", action="store_true", help="each view's moves on their own")
    asked = parser.parse_args()
    scenes = [*SCENES, "garbage"] if "all" in asked.scenes else asked.scenes
    row("scene", "visitors", "slider → done, p50 / p95", "arrival", "cores (others)", "memory", "")
    row(*["---"] * 7)
    met = [
        garbage(asked.links)
        if name == "garbage"
        else on_a_fresh_server(name, asked.seconds, asked.details, asked.processes)
        for name in scenes
    ]
    sys.exit(not all(met))


if __name__ == "__main__":
    main()
