"""Gradients, from a slider let go to the picture, in Chromium: `python -m benchmarks.gradients`.

Views of one chart must answer within 150 ms, the landscape and the depth map within a second
(medians). Seeds and depths only go on, so that every move asks for something new; learning rates
go to and fro, on a landscape that stays, as a reader's do.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.charts import READY, moved
from benchmarks.training import row
from tests.browser.server import chromium, running_app

REPEATS = 11
VIEWS = [  # what, the view's link, the slider, what changes with it, milliseconds at most
    ("the drawing", "gradients_layers=1", "Units in each", "walk", 150),
    ("depth map, another depth", "gradients_view=vanishing", "Hidden layers", "chart", 1000),
    ("depth map, another seed", "gradients_view=vanishing", "Seed", "chart", 1000),
    ("landscape, another rate", "gradients_view=landscape", "Learning rate", "chart", 1000),
    ("landscape, another seed", "gradients_view=landscape", "Seed", "chart", 1000),
    ("surface, another rate", "gradients_view=landscape&gradients_shown=surface",
     "Learning rate", "chart", 1000),
    ("race on the landscape", "gradients_view=race", "Learning rate", "chart", 1000),
    ("race on digits, another seed", "gradients_view=race&gradients_ground=digits", "Seed",
     "chart", 1000),
    ("three rates", "gradients_view=learning+rates", "Learning rate", "chart", 150),
    ("three rates, another seed", "gradients_view=learning+rates", "Seed", "chart", 150),
    ("batches of another size", "gradients_view=batch+noise", "Batch size", "chart", 150),
    ("batches, another seed", "gradients_view=batch+noise", "Seed", "chart", 150),
]  # fmt: skip


def opened(page: Page, address: str, link: str, slider: str, kind: str) -> Page:
    """The view, ready; with its further controls unfolded if the slider is among them."""
    page.goto(f"{address}/gradients?{link}")
    page.wait_for_selector(".gw-drawing *" if kind == "walk" else "[data-testid=chart] .main-svg")
    page.wait_for_selector(READY)
    page.wait_for_timeout(800)
    if not page.locator(f'input[type=range][aria-label="{slider}"]').count():
        page.get_by_role("button", name="More").click()
        page.wait_for_selector(f'input[type=range][aria-label="{slider}"]')
    return page


def keys_for(slider: str) -> list[str]:
    """Always on, where that is what is measured; else to and fro."""
    always = {"Seed": "ArrowRight", "Hidden layers": "ArrowLeft"}
    return [always.get(slider, ("ArrowLeft", "ArrowRight")[i % 2]) for i in range(REPEATS + 1)]


def main() -> None:
    """Print the table."""
    print(f"Medians of {REPEATS} moves, Chromium without a graphics card, 1280×800\n")
    row("what", "slider", "bar", "median", "slowest", "blank frames")
    row(*["---"] * 6)
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for what, link, slider, kind, bar in VIEWS:
            opened(page, address, link, slider, kind)
            turns = [moved(page, slider, kind, key) for key in keys_for(slider)][1:]
            times = [milliseconds for milliseconds, _ in turns]
            row(what, slider, f"{bar:,} ms", f"{statistics.median(times):.0f} ms",
                f"{max(times):.0f} ms", f"{sum(blank for _, blank in turns)}")  # fmt: skip


if __name__ == "__main__":
    main()
