"""Every talk that comes with the project, given by keyboard on a projector, as sweeps.

`TALK_PICTURES` names a folder that gets a picture of each scene, and how long it took.
"""

import os
import statistics
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from talks.built_in import built_in_names, built_in_talk
from tests.browser.server import (
    DRAWN,
    NO_NETWORK,
    PATIENCE,
    free_port,
    running_server,
    settle,
)
from tests.browser.test_every_page import SMALLEST_WRITING
from tests.browser.test_talk import fits, guess, on
from ui.talk import PAGE_NAMES, link_to_scene

QUICK = 2.0  # seconds for a scene that is known; more where the machine is slow for all of them
TIMES = 4  # as long as the median scene


@pytest.mark.sweep
@pytest.mark.parametrize("name", built_in_names())
def test_a_talk_is_given_twice_with_a_reload_and_another_server_in_its_middle(
    tmp_path, visit, name
):
    talk, port, page = built_in_talk(name, PAGE_NAMES), free_port(), visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    middle, log = len(talk.scenes) // 2, tmp_path / "server.log"
    with ExitStack() as servers:

        def serve():
            return servers.enter_context(running_server(tmp_path, log, port, **NO_NETWORK))

        server = serve()
        for known in (False, True):
            page.goto(f"{server.address}/{link_to_scene(name, talk, 1)}")
            took = []
            for number, scene in enumerate(talk.scenes, 1):
                began = time.monotonic()
                if scene.question:
                    guess(page, scene.question)
                seen(page, scene.title)
                took.append(time.monotonic() - began)
                on(page, number, talk)
                fits(page, number, talk)
                assert page.evaluate(SMALLEST_WRITING) >= 24, scene.title
                keep_picture(page, name, number, known)
                if number == middle and not known:
                    address = page.url
                    page.reload()
                    on(page, number, talk)
                    assert page.url == address
                    server.process.kill()
                    server.process.wait()
                    visit.complaints.clear()  # that nobody answers
                    server = serve()
                    page.wait_for_function(
                        "document.querySelector('[data-testid=stApp]').dataset"
                        ".testConnectionState === 'CONNECTED'",
                        timeout=1000 * PATIENCE,
                    )
                    settle(page)
                    fits(page, number, talk)
                    visit.complaints.clear()
                page.keyboard.press("Shift+PageDown")
            expect(page.locator(".gh-title")).to_have_text("That was the last scene.")
        keep_times(name, took)
        most = max(QUICK, TIMES * statistics.median(took))
        slow = {s.title: t for s, t in zip(talk.scenes, took, strict=True) if t > most}
        assert not slow, f"more than {most:.1f} s"


def seen(page, title: str) -> None:
    """Wait until a scene has its title and its picture, though what it shows may still train."""
    expect(page.get_by_test_id("stHeading").get_by_text(title, exact=True)).to_have_count(1)
    page.wait_for_function(DRAWN)


def keep_picture(page, name: str, number: int, known: bool) -> None:
    if (folder := os.environ.get("TALK_PICTURES")) and known:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}_{number:02}.png")


def keep_times(name: str, took: list[float]) -> None:
    if folder := os.environ.get("TALK_PICTURES"):
        lines = [f"scene {number}: {seconds:.2f} s" for number, seconds in enumerate(took, 1)]
        (Path(folder) / f"{name}_seconds.txt").write_text("\n".join(lines) + "\n")
