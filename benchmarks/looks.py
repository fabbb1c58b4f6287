"""Opening the views that look into a network, and touching them, in a real Chromium.

`python -m benchmarks.looks`, on MNIST where it is at hand, else on what came with the recording.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.training import row
from tests.browser.server import chromium, running_app, settle

TURNS = 9
OPENING, TOUCHING = 500, 200  # milliseconds
MISTAKES, IMAGE = "document.querySelector('.ge')", "document.querySelector('.gi')"
# Milliseconds from an act on the page to the frame in which `seen` says something else than before.
TOOK = """([act, seen]) => new Promise((done) => {
    const look = () => { try { return String(eval(seen)); } catch { return ''; } };
    const before = look(), began = performance.now();
    eval(act);
    const wait = () => {
        if (look() === before) return requestAnimationFrame(wait);
        requestAnimationFrame(() => done(performance.now() - began));
    };
    wait();
})"""
KEY = "document.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{}', bubbles: true }}))"
OPENED = {  # by its key: what is there once the view is
    "mistakes": ("2", f"{MISTAKES}?.dataset.drawn"),
    "one image": ("3", f"{IMAGE}?.dataset.drawn"),
}
TOUCHED = {  # view: what a reader does, two ways by turns, and what it changes
    "mistakes": {
        "a cell of the table": (
            [f"{MISTAKES}.querySelectorAll('[role=gridcell]')[{k}].click()" for k in (11, 57)],
            f"{MISTAKES}.querySelector('.ge-heading').textContent",
        ),
        "another moment": (
            [f"{MISTAKES}.mistakes.moments.deeds.{way}()" for way in ("back", "on")],
            f"{MISTAKES}.mistakes.shown.at",
        ),
    },
    "one image": {
        "another image": (
            [f"{IMAGE}.querySelector('.gi-after').click()"],
            f"{IMAGE}.querySelector('.gi-image').ariaLabel",
        ),
        "another score": (
            [f"{IMAGE}.querySelectorAll('.gi-scores tr')[{k}].click()" for k in (2, 7)],
            f"{IMAGE}.querySelector('.gi-title').textContent",
        ),
        "a unit, and back": (
            [f"{IMAGE}.querySelector('.gi-{what}').click()" for what in ("rows button", "back")],
            f"{IMAGE}.querySelector('.gi-title').textContent",
        ),
        "the few pixels that turn it, and back": (
            [f"{IMAGE}.querySelector('.gi-{what}').click()" for what in ("turn", "back")],
            f"{IMAGE}.querySelector('.gi-title').textContent",
        ),
        "another moment": (
            [f"{IMAGE}.through.moments.deeds.{way}()" for way in ("back", "on")],
            f"{IMAGE}.through.shown.at",
        ),
    },
}


def median(page: Page, acts: list[str], seen: str) -> float:
    """Milliseconds from an act to what it changes on the page; the first turn does not count."""
    took = []
    for turn in range(TURNS + 1):
        took.append(page.evaluate(TOOK, [acts[turn % len(acts)], seen]))
        settle(page)
    return statistics.median(took[1:])


def opening(page: Page, key: str, there: str) -> float:
    """Milliseconds from a view's key, pressed in the first view, to the view."""
    took = []
    for _ in range(TURNS + 1):
        took.append(page.evaluate(TOOK, [KEY.format(key), f"{there} ?? ''"]))
        settle(page)
        page.evaluate(TOOK, [KEY.format("1"), "Boolean(document.querySelector('.gm')?.wall?.wall)"])
        settle(page)
    return statistics.median(took[1:])


def main() -> None:
    """Print the table."""
    row("what", "bar", "median")
    row(*["---"] * 3)
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/mnist")
        settle(page)
        for view, (key, there) in OPENED.items():
            row(f"opening *{view}*", f"{OPENING} ms", f"{opening(page, key, there):.0f} ms")
        for view, touched in TOUCHED.items():
            page.evaluate(TOOK, [KEY.format(OPENED[view][0]), f"{OPENED[view][1]} ?? ''"])
            settle(page)
            for what, (acts, seen) in touched.items():
                row(f"*{view}*: {what}", f"{TOUCHING} ms", f"{median(page, acts, seen):.0f} ms")


if __name__ == "__main__":
    main()
