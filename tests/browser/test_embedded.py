"""The app below a base path, embedded, and in a frame of a page that comes from elsewhere."""

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.server import NO_NETWORK, running_app, settle
from ui.browser.chart.script import NAME

CAPTION = ".st-key-caption"
PICTURE = "[data-testid=chart] .main-svg"


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of another origin, which serves the files of a folder."""
    (folder / "favicon.ico").touch()
    serve = functools.partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def moved(place) -> str:
    """The caption after a move of the slider x, which is another one than before."""
    place.locator(PICTURE).first.wait_for()
    before = place.locator(CAPTION).inner_text()
    place.locator('input[type=range][aria-label="x"]').press("ArrowRight")
    place.locator(CAPTION).filter(has_not_text=before).wait_for()
    return place.locator(CAPTION).inner_text()


@pytest.mark.sweep
def test_below_a_base_path_pages_are_drawn_and_can_be_moved(heard, tmp_path):
    environment = {"STREAMLIT_SERVER_BASE_URL_PATH": "glass/box", "GLASSBOX_MNIST_DIR": ""}
    with running_app(tmp_path, **environment, **NO_NETWORK) as server:
        assert server.endswith("/glass/box")
        heard.page.goto(f"{server}/activations")
        assert moved(settle(heard.page))
        assert "/glass/box/activations?activations_x=" in heard.page.url
        assert f"{server}/{NAME}" in heard.requests  # Plotly's script, as all else
        heard.page.get_by_role("link", name="Decision boundaries").click()
        heard.page.wait_for_selector("[data-testid=stage][data-frame]")
        assert "/glass/box/boundaries" in heard.page.url


@pytest.mark.sweep
def test_embedded_a_page_is_drawn_and_can_be_moved(visit, app):
    visit.page.goto(f"{app}/activations?embed=true")
    assert moved(settle(visit.page))


def test_in_a_frame_of_another_origin_a_page_is_drawn_and_can_be_moved(visit, app, tmp_path):
    link = f"{app}/activations?embed=true"
    (tmp_path / "page.html").write_text(f'<iframe src="{link}" width="1200" height="780"></iframe>')
    with served(tmp_path) as origin:
        visit.page.goto(f"{origin}/page.html")
        assert moved(visit.page.frame_locator("iframe"))
