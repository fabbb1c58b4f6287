"""Several processes behind one address: what a visitor and a class must not notice."""

import asyncio
import contextlib
import os
import re
import signal
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.crowd import back
from benchmarks.visit import Visit, get
from hosting.proxy import ALL_THERE
from runs.run import ELSEWHERE, LEFT_BEHIND
from tests.alone import finished
from tests.brought_files import GOOD
from tests.browser.server import NO_NETWORK, PATIENCE, Server
from tests.hosting.hosted import needs_haproxy, running_processes

pytestmark = needs_haproxy

FIRST, SECOND = "process1", "process2"
UPLOAD = next(files for files, _ in GOOD.values())
LONG = "mnist_epochs=200&mnist_batch=10&mnist_hidden=200"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def hosted(home: Path) -> Iterator[Server]:
    with running_processes(home, home / "log", 2, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as server:
        yield server


def visit_of(process: str, server: Server, page: str, query: str = "") -> Visit:
    """A visitor whose cookie says which process is theirs."""
    visit = Visit(server.address, page, query, timeout=PATIENCE)
    visit.cookies["GLASSBOX"] = process
    return visit


async def said(visit: Visit, says: Callable[[str], object]) -> str:
    """What the page says as soon as it says that; it looks at its run by itself."""
    while not says(visit.text):
        await visit.rerun()
        await asyncio.sleep(0.1)
    return visit.text


def epochs(text: str) -> float:
    """How many epochs a page says that its run has made."""
    return float(re.search(r"([\d.]+) of \d+ \[?epochs", text)[1])


def children(process) -> dict[str, int]:
    """The server's processes by the port that their command names."""
    task = f"/proc/{process.pid}/task/{process.pid}/children"
    pids = map(int, Path(task).read_text().split())
    found = {}
    for pid in pids:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
        if port := re.search(r"--server\.port=(\d+)", command):
            found[port[1]] = pid
    return dict(sorted(found.items()))


async def all_there(server: Server) -> None:
    root = re.match(r"http://[^/]+", server.address)[0]
    while (await get(f"{root}{ALL_THERE}"))[0] != 200:
        await asyncio.sleep(0.2)


def test_a_run_is_one_process_s_and_the_other_shows_it_truly(hosted):
    async def steps():
        async with visit_of(FIRST, hosted, "mnist", LONG) as one:
            await one.press("mnist_start")
            await said(one, lambda text: "Training" in text and epochs(text) > 1)
            link = one.query_string
            async with visit_of(SECOND, hosted, "mnist", link) as other:
                text = await said(other, lambda text: "As of its latest" in text)
                assert ELSEWHERE in text
                assert not {"mnist_start", "mnist_pause", "mnist_step"} & other.widgets.keys()
                before = epochs(text)
                await said(other, lambda text: epochs(text) > before)
                await one.press("mnist_pause")
                paused = await said(one, lambda text: "Paused" in text)
                text = await said(other, lambda text: "Paused" in text)
                assert epochs(text) == epochs(paused)
                assert ELSEWHERE not in text
                await other.press("mnist_start")
                await said(other, lambda text: "Training" in text)
                await one.rerun()
                await said(one, lambda text: "As of its latest" in text)
                await other.press("mnist_pause")
                await said(other, lambda text: "Paused" in text)
                assert one.exceptions == other.exceptions == []

    finished(steps())


def test_a_film_that_one_process_made_is_found_by_the_other(hosted, home):
    link = "boundaries_hidden=6&boundaries_epochs=1000&boundaries_data_seed=77"

    async def steps():
        made = []
        for process in (FIRST, SECOND):
            before = set((home / "films").glob("*.npz"))
            async with visit_of(process, hosted, "boundaries", link) as visit:
                await said(visit, lambda text: "At the end, after" in text)
                assert visit.exceptions == []
            made.append(len(set((home / "films").glob("*.npz")) - before))
        assert made[0] > 0
        assert made[1] == 0

    finished(steps())


def test_uploads_reach_the_process_of_their_visit(hosted):
    async def steps():
        for process in (FIRST, SECOND):
            async with visit_of(process, hosted, "mnist") as visit:
                box = next(name for name in visit.widgets if name.startswith("mnist_bring"))
                _, statuses = await visit.upload(box, UPLOAD)
                assert statuses == [204] * len(UPLOAD)
                await said(visit, lambda text: "to train on" in text)
                assert visit.cookies["GLASSBOX"] == process
                assert visit.exceptions == []

    finished(steps())


def test_who_has_no_process_yet_is_given_one_and_both_have_visitors(hosted):
    async def steps():
        async with contextlib.AsyncExitStack() as stay:
            visits = [
                await stay.enter_async_context(Visit(hosted.address, timeout=PATIENCE))
                for _ in range(4)
            ]
            assert {visit.cookies["GLASSBOX"] for visit in visits} == {FIRST, SECOND}

    finished(steps())


def test_behind_https_the_cookies_are_good_in_a_frame_of_another_site(hosted):
    def cookies(**headers):
        request = urllib.request.Request(f"{hosted.address}/_stcore/health", headers=headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            said = answer.headers.get_all("Set-Cookie")
        assert len(said) == 2  # Streamlit's, for uploads, and the proxy's
        return said

    for cookie in cookies():
        assert cookie.endswith("SameSite=Lax")
    for cookie in cookies(**{"X-Forwarded-Proto": "https"}):
        assert cookie.endswith("; SameSite=None; Secure; Partitioned")


@pytest.mark.sweep
def test_a_process_that_is_killed_loses_no_run_and_its_visitors_come_back_to_another(tmp_path):
    log = tmp_path / "log"

    async def steps(server: Server):
        async with visit_of(FIRST, server, "mnist", LONG) as visit:
            await visit.press("mnist_start")
            seen = await said(visit, lambda text: "Training" in text and epochs(text) > 2)
            first, second = children(server.process).values()
            os.kill(first, signal.SIGKILL)
            assert await visit.lost(PATIENCE)
            await back(visit, PATIENCE)
            assert visit.cookies["GLASSBOX"] == SECOND
            text = await said(visit, lambda text: "Paused" in text)
            assert LEFT_BEHIND in text
            assert epochs(text) > epochs(seen) - 1.1  # at most the epoch in progress
            await visit.press("mnist_start")
            await said(visit, lambda text: "Training" in text)
            while len(again := children(server.process)) < 2 or first in again.values():
                await asyncio.sleep(0.1)  # it is started again
            assert second in again.values()
            await all_there(server)
            assert visit.exceptions == []

    with running_processes(tmp_path, log, 2, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as server:
        finished(steps(server))
    assert "Traceback" not in log.read_text()


@pytest.mark.sweep
def test_a_rolling_restart_loses_no_step_and_nobody_is_left_without_an_answer(tmp_path):
    log = tmp_path / "log"

    async def steps(server: Server):
        before = set(children(server.process).values())
        async with contextlib.AsyncExitStack() as stay:
            visits = [
                await stay.enter_async_context(visit_of(process, server, "mnist", LONG))
                for process in (FIRST, SECOND)
            ]
            for visit in visits:
                await visit.press("mnist_start")
                await said(visit, lambda text: "Training" in text and epochs(text) > 1)
            seen = [epochs(visit.text) for visit in visits]
            server.process.send_signal(signal.SIGHUP)
            while "all processes are restarted" not in log.read_text():
                for visit in visits:
                    if await visit.lost(0.1):
                        await back(visit, PATIENCE)
                assert (await get(f"{server.address}/_stcore/health"))[0] == 200
            for visit, least in zip(visits, seen, strict=True):
                text = await said(visit, lambda text: "Paused" in text)
                assert LEFT_BEHIND in text
                assert epochs(text) >= least
                assert visit.exceptions == []
        assert not before & set(children(server.process).values())

    with running_processes(tmp_path, log, 2, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as server:
        finished(steps(server))
    assert "Traceback" not in log.read_text()


@pytest.mark.sweep
def test_below_a_base_path_and_with_a_log_that_says_how_it_does(tmp_path):
    log = tmp_path / "log"
    environment = {"GLASSBOX_LOG": "1", "GLASSBOX_MNIST_DIR": "", **NO_NETWORK}

    async def steps(server: Server):
        async with Visit(server.address, "activations", timeout=PATIENCE) as visit:
            assert visit.exceptions == []
            while not re.search(
                r"glassbox port \d+: visitors 1, runs training 0, runs waiting 0, films waiting 0, "
                r"memory \d+ MB; on disk: runs 0 \(0 MB\), films 0 \(0 MB\)",
                log.read_text(),
            ):
                await asyncio.sleep(0.2)

    with running_processes(tmp_path, log, 2, "/glass/box", **environment) as server:
        finished(steps(server))
