"""One server and one Chromium for all browser tests; a page that keeps what the browser says."""

from collections.abc import Iterator

import pytest

pytest.importorskip(
    "playwright", reason="playwright is missing: pip install -r requirements-dev.txt"
)

from playwright.sync_api import Browser, Page

from tests.browser.server import CHROMIUM, NO_NETWORK, chromium, new_page, running_app

# Streamlit looks for its own address below a page's path before it finds it: its 404s, not ours.
STREAMLITS_OWN = "_stcore/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing. On Debian: apt-get install chromium")
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server without MNIST and without a network, as on a fresh machine."""
    home = tmp_path_factory.mktemp("home")
    with running_app(home, GLASSBOX_MNIST_DIR="", **NO_NETWORK) as address:
        yield address


class Visit:
    """A browser's page, with everything it complained about and everywhere it went."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._hear)

    def _hear(self, message: object) -> None:
        if message.type == "error" and STREAMLITS_OWN not in message.location["url"]:
            self.complaints.append(f"{message.text} {message.location['url']}")

    def exceptions(self) -> list[str]:
        """The text of every exception box on the page."""
        return self.page.locator("[data-testid=stException]").all_inner_texts()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A new visitor at 1280×800, who must see no exception box and no console error."""
    with new_page(browser) as page:
        visit = Visit(page)
        yield visit
        assert visit.exceptions() == []
        assert visit.complaints == []


@pytest.fixture
def forgiving(browser: Browser) -> Iterator[Page]:
    """A visitor whose connection will fail: the browser may complain about that, and Streamlit."""
    with new_page(browser) as page:
        visit = Visit(page)
        yield page
        assert visit.exceptions() == []
        others = [c for c in visit.complaints if "ERR_" not in c and "/static/js/index." not in c]
        assert others == []
