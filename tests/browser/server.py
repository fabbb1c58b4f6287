"""A real server of the app in a process of its own, and the one Chromium the tests use."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from kernels.compiled import digest, folder, take_steps

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = (
    shutil.which("chromium-headless-shell")  # the one without a screen, which takes less time
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
VIEWPORT = {"width": 1280, "height": 800}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NO_NETWORK = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
# Seconds that what must come may take. A busy machine is slow; where all is well they cost nothing.
PATIENCE = 300
expect.set_options(timeout=1000 * PATIENCE)  # by itself it would give up after five seconds

# `streamlit run`, until the pipe to its tests closes: also when these are killed.
SERVE = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(1)), daemon=True).start()
from streamlit.web.cli import main
main(["run", "dashboard.py", *sys.argv[1:]])
"""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server(NamedTuple):
    """A server of the app, which a test may kill."""

    address: str
    process: subprocess.Popen
    log: Path


def put_compiled(home: Path) -> None:
    """Put compiled code into a home, as on a machine where the app has run before."""
    take_steps()  # once for all homes
    shutil.copytree(folder(), home / "compiled" / digest(), dirs_exist_ok=True)


@contextlib.contextmanager
def running_server(
    home: Path,
    log: Path,
    port: int | None = None,
    checkout: Path = ROOT,
    compiled: bool = True,
    **environment: str,
) -> Iterator[Server]:
    """A fresh server that keeps its files in `home`; it ends with the context, if not before.

    It finds `compiled` code there, as on a machine where the app has run before.
    """
    port = port or free_port()
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    below = environment.get("STREAMLIT_SERVER_BASE_URL_PATH", "")
    address = f"http://127.0.0.1:{port}/{below}".rstrip("/")
    if compiled:
        with contextlib.suppress(OSError):  # a home that cannot be written
            put_compiled(home)
    with log.open("ab") as says:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, *options],
            cwd=checkout,
            stdin=subprocess.PIPE,
            env=os.environ | {"GLASSBOX_HOME": str(home)} | environment,
            stdout=says,
            stderr=says,
        )
        try:
            _wait_until(f"{address}/_stcore/health", process, log)
            yield Server(address, process, log)
        finally:
            _end(process)


@contextlib.contextmanager
def running_app(home: Path, **environment: str) -> Iterator[str]:
    """The address of a fresh server that keeps its files in `home`; it ends with the context."""
    with running_server(home, home / "server.log", **environment) as server:
        yield server.address


def _wait_until(address: str, process: subprocess.Popen, log: Path) -> None:
    """Return when somebody answers at this address, and all is well there."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    why = f"it ended with {process.poll()}" if process.poll() is not None else f"{PATIENCE} s"
    raise RuntimeError(f"no server at {address}: {why}; it said:\n{log.read_text()[-2000:]}")


def _end(process: subprocess.Popen) -> None:
    process.stdin.close()
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def new_page(browser: Browser, **options: object) -> Iterator[Page]:
    """A page of a visitor of its own at 1280×800, who is patient; it closes with the context."""
    context = browser.new_context(**{"viewport": VIEWPORT} | options)
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    try:
        yield page
    except Exception as error:
        error.add_note(said_by(page))
        raise
    finally:
        context.close()


# What of a page tells where it stands still: between Python and its picture there are many steps.
SAYS = """() => {
    const app = document.querySelector('[data-testid=stApp]')?.dataset ?? {};
    const texts = (css) => [...document.querySelectorAll(css)].map((e) => e.innerText);
    return {
        address: location.href,
        connection: app.testConnectionState,
        script: app.testScriptState,
        waiting: texts('.st-key-waiting, .st-key-how_far'),
        caption: texts('.st-key-caption'),
        wrong: texts('[data-testid=stException], [data-testid=stAlert]'),
        parts: [...document.querySelectorAll('.stBidiComponent [data-testid]')]
            .filter((e) => !e.dataset.testid.startsWith('st')).map((e) => ({...e.dataset})),
    };
}"""


def said_by(page: Page) -> str:
    """How far a page has come, for the report of a test that waited for it in vain."""
    try:
        says = page.wait_for_function(SAYS, timeout=10_000).json_value()
    except Error as error:
        return f"The page does not answer: {error}"
    return "The page: " + json.dumps(says, indent=2, ensure_ascii=False)


DRAWN = """() => {
    const charts = [...document.querySelectorAll('[data-testid=chart]')];
    const stages = [...document.querySelectorAll('[data-testid=stage]')];
    const walks = [...document.querySelectorAll('[data-testid=walk]')];
    const lotteries = [...document.querySelectorAll('[data-testid=lottery]')];
    const maps = [...document.querySelectorAll(
        '[data-testid=map], [data-testid=sweep], [data-testid=mistakes], [data-testid=through],'
        + '[data-testid=units], [data-testid=gradients],'
        + '[data-testid=space], [data-testid=before]')];
    const alone = document.querySelectorAll('.gd-large').length; // the paper, and nothing else
    return charts.length + stages.length + walks.length + lotteries.length + maps.length + alone > 0
        && charts.every((chart) => chart.querySelector('.main-svg'))
        && stages.every((stage) => stage.dataset.frame !== undefined)
        && walks.every((walk) => walk.dataset.step !== undefined)
        && lotteries.every((lottery) => lottery.dataset.drawn !== undefined)
        && maps.every((map) => map.dataset.drawn !== undefined)
        && !document.querySelector('.st-key-work_stop, .st-key-looking_for_mnist');
}"""

# Six frames: what was about to happen has happened, and a canvas is painted.
A_FEW_FRAMES = """() => new Promise((done) => {
    let left = 6;
    const next = () => (left-- ? requestAnimationFrame(next) : done());
    next();
})"""

# A late font or row moves what is below it: done when nothing has moved for six frames, or, where
# something always moves, after ten seconds.
STILL = """() => new Promise((done) => {
    const places = () => JSON.stringify([...document.querySelectorAll('[data-testid=stMain] *')]
        .map((e) => e.getBoundingClientRect()).map((r) => [r.x, r.y, r.width, r.height]));
    let before = '', same = 0;
    const end = performance.now() + 10_000;
    const look = () => {
        const now = places();
        same = now === before ? same + 1 : 0;
        before = now;
        if (same === 6 || performance.now() > end) done(true);
        else requestAnimationFrame(look);
    };
    document.fonts.ready.then(look);
})"""


def settle(page: Page) -> Page:
    """Wait until the script has run, nothing trains, every picture is drawn, and all lies still."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_function(DRAWN)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.evaluate(STILL)
    return page


def close_popover(page: Page) -> None:
    """Close what is open over the page; until it has gone, the next key may still be its own."""
    page.keyboard.press("Escape")
    page.get_by_test_id("stPopoverBody").wait_for(state="detached")


def offered_link(page: Page, app: str) -> str:
    """The address under *Link*, whatever else is already there."""
    page.get_by_role("button", name="Link").click()
    offered = page.locator("[data-testid=stPopoverBody] [data-testid=stCode] code", has_text=app)
    return offered.inner_text().strip()
