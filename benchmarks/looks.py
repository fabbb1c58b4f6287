"""Opening the views that look into a network, and touching them, in a real Chromium.

    GLASSBOX_MNIST_DIR=... python -m benchmarks.looks [WORDS]

On MNIST where it is at hand, else on what came with the recording. A view is open, and a touch is
answered, in the frame in which its picture says so. Beside it stands the processor time that the
server took for it, which a busy machine hardly changes. With WORDS only the views are looked at
that have these in their names. `benchmarks.looks_memory` measures what they take of the memory.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from benchmarks.crowd import usage
from benchmarks.training import row
from tests.browser.server import chromium, new_page, running_server, settle

TURNS = 9
OPENING, TOUCHING = 500, 200  # milliseconds
PATIENCE = 60_000  # milliseconds in which an act has to change something
# Milliseconds from an act on the page to the frame in which `seen` says something else than before.
TOOK = f"""([act, seen]) => new Promise((done, failed) => {{
    const look = () => {{ try {{ return String(eval(seen)); }} catch {{ return ''; }} }};
    const before = look(), began = performance.now();
    eval(act);
    const wait = () => {{
        const now = performance.now() - began;
        if (now > {PATIENCE}) failed(new Error(`${{act}} does not change ${{seen}}: ${{before}}`));
        else if (look() === before) requestAnimationFrame(wait);
        else requestAnimationFrame(() => done(performance.now() - began));
    }};
    wait();
}})"""
KEY = "document.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{}', bubbles: true }}))"
FIRST_VIEW = "Boolean(document.querySelector('.gm')?.wall?.wall)"


class Touch(NamedTuple):
    """Something that a reader does in a view."""

    acts: list[str]  # what is done, by turns
    seen: str  # what it changes


class Looked(NamedTuple):
    """A view, and what is done in it."""

    key: str
    part: str  # the class of its element
    touched: dict[str, Touch]

    @property
    def there(self) -> str:
        """What says that it is open."""
        return f"document.querySelector('.{self.part}')?.dataset.drawn ?? ''"


class Took(NamedTuple):
    """What an act took, in milliseconds."""

    seen: float  # the median, until it was there to see
    server: float  # the mean of the server's processor time, until all lay still


def clicks(css: str, places: tuple[int, ...], seen: str) -> Touch:
    """One of these elements after the other."""
    return Touch([f"document.querySelectorAll('{css}')[{k}].click()" for k in places], seen)


def and_back(css: str) -> Touch:
    """A part of one image's sum, opened and closed."""
    acts = [f"document.querySelector('{one}').click()" for one in (css, ".gi-back")]
    return Touch(acts, text(".gi-title"))


def moments(shown: str, of: str = "moments", at: str = "at") -> Touch:
    """The moment before, and the one that was on screen."""
    return Touch([f"{shown}.{of}.deeds.{way}()" for way in ("back", "on")], f"{shown}.shown.{at}")


def text(css: str) -> str:
    """What stands there."""
    return f"document.querySelector('{css}').textContent"


def units_off(count: int) -> Touch:
    """So many units off, always others, so that nobody has counted without them before."""
    all_of_them = [[f"1.{turn + k + 1}" for k in range(count)] for turn in range(TURNS + 1)]
    return Touch([f"{UNITS}.ask({names})" for names in all_of_them], f"{UNITS}.shown.written")


def other_run(name: str) -> str:
    """The run that stands beside this one."""
    field = "document.querySelector('.gb-other')"
    return f"{field}.value = '{name}'; {field}.dispatchEvent(new Event('change'))"


MISTAKES, IMAGE = "document.querySelector('.ge').mistakes", "document.querySelector('.gi').through"
UNITS, GRADIENTS = "document.querySelector('.gu').units", "document.querySelector('.gv').gradients"
SPACE, BEFORE = "document.querySelector('.gz').space", "document.querySelector('.gb').pair"
VIEWS = {
    "mistakes": Looked(
        "2",
        "ge",
        {
            "a cell of the table": clicks(".ge [role=gridcell]", (11, 57), text(".ge-heading")),
            "another moment": moments(MISTAKES),
        },
    ),
    "one image": Looked(
        "3",
        "gi",
        {
            "another image": clicks(".gi-after", (0,), f"{IMAGE}.shown.number"),
            "another score": clicks(".gi-scores tbody tr", (2, 7), text(".gi-title")),
            "a unit, and back": and_back(".gi-rows button"),
            "the few pixels that turn it, and back": and_back(".gi-turn"),
            "another moment": moments(IMAGE),
        },
    ),
    "units": Looked("4", "gu", {"10 of 50 off": units_off(10), "another moment": moments(UNITS)}),
    "gradients": Looked(
        "5",
        "gv",
        {
            "the next batch": clicks(".gv-after", (0,), f"{GRADIENTS}.shown.batch"),
            "another moment": moments(GRADIENTS),
        },
    ),
    "space": Looked(
        "6",
        "gz",
        {
            "a class alone": clicks(".gz-classes button", (4, 7), f"{SPACE}.only"),
            "a point": Touch([f"{SPACE}.next(1)"], text(".gz-said")),
            "another moment": moments(SPACE),
        },
    ),
    "before and after": Looked(
        "7",
        "gb",
        {
            "a class": clicks(".gb-table button", (4, 7), f"{BEFORE}.shown.truth"),
            "another moment after": moments(BEFORE, "second", "second.at"),
            "another moment before": moments(BEFORE, "first", "first.at"),
            "another run": Touch([other_run("crooked"), other_run("")], f"{BEFORE}.shown.other"),
        },
    ),
}


def took(
    page: Page, server: int, act: Callable[[int], float], again: Callable[[], None] | None = None
) -> Took:
    """What an act takes that answers with the page's milliseconds; the first turn does not count.

    `server` is the server's process, `again` what makes the act possible once more.
    """
    seen, processor = [], []
    for turn in range(TURNS + 1):
        before = usage(server).cpu
        seen.append(act(turn))
        settle(page)
        processor.append(1000 * (usage(server).cpu - before))
        if again:
            again()
    return Took(statistics.median(seen[1:]), statistics.mean(processor[1:]))


def opened(page: Page, server: int, view: Looked) -> Took:
    """What it takes to open a view by its key, from the page's first."""

    def first() -> None:
        page.evaluate(TOOK, [KEY.format("1"), FIRST_VIEW])
        settle(page)

    opens = [KEY.format(view.key), view.there]
    return took(page, server, lambda _: float(page.evaluate(TOOK, opens)), first)


def touched(page: Page, server: int, touch: Touch) -> Took:
    """What it takes to do something in the view that is open."""
    acts = touch.acts
    return took(
        page,
        server,
        lambda turn: float(page.evaluate(TOOK, [acts[turn % len(acts)], touch.seen])),
    )


def say(what: str, bar: int, took: Took) -> None:
    """A row of the table."""
    met = "met" if took.seen <= bar else "NOT MET"
    row(what, f"{bar} ms", f"{took.seen:.0f} ms", f"{took.server:.0f} ms", met)


def main() -> None:
    """Print the table."""
    words = " ".join(sys.argv[1:])
    row("what", "bar", "seen, median", "server's processor", "")
    row(*["---"] * 5)
    with (
        tempfile.TemporaryDirectory() as home,
        running_server(Path(home), Path(home) / "server.log") as server,
        chromium() as browser,
        new_page(browser) as page,
    ):
        pid = server.process.pid
        page.goto(f"{server.address}/mnist")
        settle(page)
        for name, view in VIEWS.items():
            if words not in name:
                continue
            say(f"opening *{name}*", OPENING, opened(page, pid, view))
            page.evaluate(TOOK, [KEY.format(view.key), view.there])
            settle(page)
            for what, touch in view.touched.items():
                say(f"*{name}*: {what}", TOUCHING, touched(page, pid, touch))
            page.evaluate(TOOK, [KEY.format("1"), FIRST_VIEW])
            settle(page)


if __name__ == "__main__":
    main()
