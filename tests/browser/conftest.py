"""One server and one Chromium for all browser tests; a page that keeps what the browser says."""

from collections.abc import Generator, Iterator
from urllib.parse import urlsplit

import pytest

pytest.importorskip(
    "playwright", reason="playwright is missing: pip install -r requirements-dev.txt"
)

from playwright.sync_api import Browser, Page

from tests.browser.server import (
    CHROMIUM,
    NO_NETWORK,
    PHONE,
    chromium,
    new_page,
    running_app,
    said_by,
)

# Streamlit looks for its own address below a page's path before it finds it: its 404s, not ours.
STREAMLITS_OWN = "_stcore/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing. On Debian: apt-get install chromium-headless-shell")
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server without MNIST and without a network, as on a fresh machine."""
    home = tmp_path_factory.mktemp("home")
    with running_app(home, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as address:
        yield address


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails says what is on its page. A page that is closed by then has said so."""
    if call.when == "call" and call.excinfo is not None:
        given = getattr(item, "funcargs", {}).values()
        visits = [one for one in given if isinstance(one, Visit)]
        pages = {visit.page: visit.complaints for visit in visits}
        for page in [one for one in given if isinstance(one, Page)]:
            pages.setdefault(page, [])
        for page, complaints in pages.items():
            call.excinfo.value.add_note("\n".join([said_by(page), *complaints]))
    return (yield)


class Visit:
    """A browser's page, with everything it complained about.

    What it asked for is heard where somebody wants it: Playwright tells of each request at length.
    """

    def __init__(self, page: Page, hears_requests: bool = True) -> None:
        self.page = page
        self.others = [other for other in page.context.pages if other is not page]  # stay open
        self.size = page.viewport_size
        self.complaints: list[str] = []
        self.origins: set[str] = set()
        self._hears = {"pageerror": self._fail, "console": self._say, "framenavigated": self._go}
        if hears_requests:
            self.requests: list[str] = []
            self._hears["request"] = self._ask
        for event, hear in self._hears.items():
            page.on(event, hear)

    def _fail(self, error: object) -> None:
        self.complaints.append(str(error))

    def _ask(self, request: object) -> None:
        self.requests.append(request.url)

    def _go(self, frame: object) -> None:
        place = urlsplit(frame.url)
        if place.netloc:
            self.origins.add(f"{place.scheme}://{place.netloc}")

    def _say(self, message: object) -> None:
        if message.type == "error" and STREAMLITS_OWN not in message.location["url"]:
            self.complaints.append(f"{message.text} {message.location['url']}")

    def exceptions(self) -> list[str]:
        """The text of every exception box on the page."""
        return self.page.locator("[data-testid=stException]").all_inner_texts()

    def had_no_complaint(self) -> None:
        """Fail if anything went wrong."""
        assert self.exceptions() == []
        assert self.complaints == []

    def end(self) -> None:
        """Leave the window as a new visitor expects to find it."""
        page = self.page
        for event, hear in self._hears.items():
            page.remove_listener(event, hear)
        for other in page.context.pages:
            if other is not page and other not in self.others:
                other.close()
        page.unroute_all()
        page.goto("about:blank")
        memory = page.context.new_cdp_session(page)
        for origin in self.origins:
            memory.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        memory.detach()
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.set_viewport_size(self.size)
        page.mouse.move(0, 0)


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """The window in which one visitor follows the other.

    What they load is fetched and compiled once for all of them: half of what a visit costs.
    """
    with new_page(browser) as page:
        yield page


@pytest.fixture(scope="session")
def handheld(browser: Browser) -> Iterator[Page]:
    """The same for those with fingers, which hold a phone."""
    with new_page(browser, **PHONE) as page:
        yield page


def visiting(window: Page, hears_requests: bool) -> Iterator[Visit]:
    visit = Visit(window, hears_requests)
    try:
        yield visit
        visit.had_no_complaint()
    finally:
        visit.end()


@pytest.fixture
def visit(window: Page) -> Iterator[Visit]:
    """A new visitor at 1280×800, who must see no exception box and no console error."""
    yield from visiting(window, hears_requests=False)


@pytest.fixture
def heard(window: Page) -> Iterator[Visit]:
    """The same, of whom it is known what their page asked for."""
    yield from visiting(window, hears_requests=True)


@pytest.fixture
def phone(handheld: Page) -> Iterator[Visit]:
    """A new visitor with fingers and a phone."""
    yield from visiting(handheld, hears_requests=False)


@pytest.fixture(scope="module")
def stays(window: Page) -> Iterator[Visit]:
    """A visitor for all those tests of a file that put back what they did, or find it put back."""
    page = window.context.new_page()
    yield Visit(page)
    page.close()


@pytest.fixture
def apart(window: Page) -> Iterator[Visit]:
    """The same in a page of their own, which they may change for good: its scripts, its line."""
    visit = Visit(window.context.new_page(), hears_requests=False)
    try:
        yield visit
        visit.had_no_complaint()
    finally:
        visit.end()
        visit.page.close()


@pytest.fixture
def timeless(browser: Browser) -> Iterator[Visit]:
    """The same in a window of their own, whose clock they may stop."""
    with new_page(browser) as page:
        visit = Visit(page, hears_requests=False)
        yield visit
        visit.had_no_complaint()


@pytest.fixture
def forgiving(browser: Browser) -> Iterator[Page]:
    """A visitor whose connection will fail: the browser may complain about that, and Streamlit."""
    with new_page(browser) as page:
        visit = Visit(page, hears_requests=False)
        yield page
        assert visit.exceptions() == []
        others = [c for c in visit.complaints if "ERR_" not in c and "/static/js/index." not in c]
        assert others == []
