"""Makes the README's picture: `python -m docs.screenshot` (needs requirements-dev and Chromium)."""

import tempfile
from pathlib import Path

from tests.browser.server import chromium, running_app, settle

PICTURE = Path(__file__).parent / "boundaries.png"


def main() -> None:
    """Start the app, open the decision boundaries, and take their picture."""
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/boundaries")
        settle(page).wait_for_timeout(1000)
        page.screenshot(path=PICTURE)
    print(f"wrote {PICTURE}")


if __name__ == "__main__":
    main()
