"""Several processes behind one address, as a browser sees them."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.brought_files import GOOD
from tests.browser.server import NO_NETWORK, Server, new_page, settle
from tests.browser.test_bring import PANEL, give
from tests.browser.test_embedded import served
from tests.hosting.hosted import needs_haproxy, running_processes

pytestmark = needs_haproxy

UPLOAD = next(files for files, _ in GOOD.values())


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    with running_processes(home, home / "log", 2, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as server:
        yield server


@pytest.mark.sweep
def test_in_a_browser_a_deep_link_a_download_and_an_upload_work_through_the_proxy(hosted, browser):
    with new_page(browser) as page:
        page.goto(f"{hosted.address}/mnist?mnist_epochs=1&mnist_images=1000")
        settle(page)
        page.get_by_role("button", name="Start", exact=True).click()
        page.wait_for_function(
            "document.querySelector('.st-key-caption')?.innerText.startsWith('Done')"
        )
        link = page.url
        with page.expect_download() as download:
            page.get_by_role("button", name="The run", exact=True).click()
        saved = Path(download.value.path()).read_bytes()
        assert saved[:2] == b"PK"
        give(page, UPLOAD)
        page.locator(PANEL).filter(has_text="to train on").wait_for()
        page.goto(link)
        settle(page)
        assert page.url == link


@contextlib.contextmanager
def in_a_frame(browser: Browser, hosted: Server, folder: Path, **headers: str) -> Iterator[Page]:
    """A page of another site (127.0.0.1 and localhost are two to a browser), MNIST in its frame."""
    link = f"{hosted.address}/mnist?embed=true"
    (folder / "page.html").write_text(f'<iframe src="{link}" width="1200" height="780"></iframe>')
    with new_page(browser) as page, served(folder) as origin:
        page.set_extra_http_headers(headers)
        page.goto(f"{origin}/page.html")
        page.frame_locator("iframe").locator("[data-testid=wall]").wait_for()
        yield page


def taken_along(page: Page) -> bytes:
    """The run that a page in a frame shows, as it is downloaded."""
    with page.expect_download() as download:
        page.frame_locator("iframe").get_by_role("button", name="The run", exact=True).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.sweep
def test_in_a_frame_of_another_site_downloads_are_found_without_cookies(hosted, browser, tmp_path):
    for _ in range(2):  # the visits go to one process and the other
        with in_a_frame(browser, hosted, tmp_path) as page:
            assert taken_along(page)[:2] == b"PK"


@pytest.mark.sweep
def test_in_a_frame_of_another_site_uploads_work_behind_https(hosted, browser, tmp_path):
    with in_a_frame(browser, hosted, tmp_path, **{"X-Forwarded-Proto": "https"}) as page:
        frame = page.frame_locator("iframe")
        give(frame, UPLOAD)
        frame.locator(PANEL).filter(has_text="to train on").wait_for()
        assert taken_along(page)[:2] == b"PK"
        cookies = {cookie["name"]: cookie for cookie in page.context.cookies(hosted.address)}
        assert cookies["GLASSBOX"]["sameSite"] == cookies["_streamlit_xsrf"]["sameSite"] == "None"
