"""The app works wherever it stands: only saving needs a place that can be written."""

import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.visit import Visit
from tests.alone import finished
from tests.browser.server import NO_NETWORK, PATIENCE, ROOT, running_server
from tests.sweeps import sweep
from ui.browser.chart.script import NAME
from ui.pages import PAGE_NAMES

SCRIPT = b"plotly.js v"


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A checkout that nobody can write to, root neither, with a folder `home` in it."""
    checkout = tmp_path / "checkout"
    left = shutil.ignore_patterns(".git", "node_modules", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, checkout, ignore=left)
    (checkout / "home").mkdir()
    if os.geteuid():
        subprocess.run(["chmod", "-R", "a-w", checkout], check=True)
        yield checkout
        subprocess.run(["chmod", "-R", "u+w", checkout], check=True)
        return
    try:
        for options in (["--bind", checkout, checkout], ["-o", "remount,bind,ro", checkout]):
            subprocess.run(["mount", *options], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"root needs mount, to have a folder that it cannot write to: {error}")
    yield checkout
    subprocess.run(["umount", "-l", str(checkout)], check=True)


async def look_at_all(server: str) -> None:
    """Every page is there, and a run trains and says that it cannot be saved."""
    for page in PAGE_NAMES:
        async with Visit(server, page, timeout=PATIENCE) as visit:
            assert visit.exceptions == []
    async with Visit(server, "mnist", "mnist_epochs=2", timeout=PATIENCE) as visit:
        await visit.press("mnist_start")
        while "Done" not in visit.text:
            await visit.rerun()
        assert "This run cannot be saved" in visit.text
        assert visit.exceptions == []


def script(server: str) -> bytes:
    """The beginning of Plotly's script, as a chart asks for it."""
    with urllib.request.urlopen(f"{server}/{NAME}", timeout=PATIENCE) as answer:
        assert answer.headers.get_content_type() == "text/javascript"
        return answer.read(200)


@pytest.mark.sweep
@sweep("home", ["read-only", "none"], usual=["read-only"])
def test_where_nothing_can_be_written_all_works_but_the_saving(read_only, tmp_path, home):
    place = str(read_only / "home")
    environment = {"GLASSBOX_HOME": place, "HOME": place, "GLASSBOX_MNIST_DIR": "", **NO_NETWORK}
    if home == "none":
        environment |= {"GLASSBOX_HOME": "", "XDG_CACHE_HOME": place, "HOME": ""}
    with running_server(
        read_only / "home", tmp_path / "log", checkout=read_only, **environment
    ) as server:
        finished(look_at_all(server.address))
        assert SCRIPT in script(server.address)
        assert "Traceback" not in (tmp_path / "log").read_text()
