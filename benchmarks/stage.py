"""Decision boundaries in a real Chromium: `python -m benchmarks.stage`.

Beside TensorFlow Playground's figures, which `shared/rivals.md` of this project's workplace gives
for this kind of machine; it cannot be reached from every machine, so it does not run along.
"""

import json
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.training import row
from figures.stage import stage_film
from kernels import train
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from tests.browser.server import chromium, running_app
from ui.browser.stage import film_as_html

REPEATS = 9
SMALL = "boundaries_widths=4, 2&boundaries_train=100"  # 2-4-2-1, 250 points to learn from, batch 10
LARGE = "boundaries_layers=6&boundaries_hidden=8&boundaries_epochs=300"
STAGE = "[data-testid=stage][data-frame]"

# Seconds from the key that moves a slider to the next film on the stage, as the page sees it.
MOVE = """(name) => new Promise((done) => {
    const slider = document.querySelector(`input[type=range][aria-label="${name}"]`);
    const stage = document.querySelector('[data-testid=stage]');
    let letGo;
    document.addEventListener('keyup', () => { letGo = performance.now(); }, { once: true });
    new MutationObserver((_, watch) => {
        watch.disconnect();
        requestAnimationFrame(() => done((performance.now() - letGo) / 1000));
    }).observe(stage, { attributeFilter: ['data-film'] });
    slider.focus();
})"""
# Different frames that a second of playing shows.
PLAY = """() => new Promise((done) => {
    const stage = document.querySelector('[data-testid=stage]');
    const seen = new Set();
    const time = document.querySelector('.gs-time');
    time.value = 0;
    time.dispatchEvent(new Event('input'));  // which pauses, too
    document.querySelector('.gs-play').click();
    const began = performance.now();
    const look = () => {
        seen.add(stage.dataset.frame);
        if (performance.now() - began < 1000) requestAnimationFrame(look);
        else done(seen.size);
    };
    requestAnimationFrame(look);
})"""


def opened(page: Page, address: str, settings: str) -> Page:
    """The page with these settings, its film finished."""
    page.goto(f"{address}/boundaries?{settings}")
    page.wait_for_selector(STAGE)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(500)
    return page


def first_picture(browser: Browser, address: str, seed: int) -> float:
    """Seconds from the address bar to the stage, for a browser that has never seen the app."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{address}/boundaries?{SMALL}&boundaries_seed={seed}", wait_until="commit")
    page.wait_for_selector(STAGE)
    seconds = page.evaluate("performance.now() / 1000")
    page.context.close()
    return seconds


def new_film(page: Page, address: str, seed: int) -> float:
    """Seconds from a slider let go to a film that nobody has asked for before."""
    opened(page, address, f"{SMALL}&boundaries_data_seed={seed}")
    page.evaluate(f"() => {{ window.moved = ({MOVE})('Learning rate'); }}")
    page.keyboard.press("ArrowRight")
    return page.evaluate("() => window.moved")


def median(numbers: Iterable[float]) -> float:
    """The median of REPEATS measurements."""
    return statistics.median(numbers)


def bytes_of(settings: BoundariesSettings) -> tuple[int, int]:
    """Of a film as it is sent, and as an HTML file."""
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    train(trainer, settings.epochs * trainer.steps_per_epoch)
    film = stage_film(trainer, data, settings.inputs).message
    return len(json.dumps(film)), len(film_as_html(film, "How a network learned", []).encode())


def main() -> None:
    """Print the table."""
    print(f"Medians of {REPEATS} turns, Chromium without a graphics card, 1280×800\n")
    row("what", "bar", "ours", "TensorFlow Playground")
    row(*["---"] * 4)
    rounds = range(1, REPEATS + 1)
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        opened(page, address, "")  # the server's first visit loads its libraries
        seconds = median(first_picture(browser, address, seed) for seed in rounds)
        row("navigation → first picture, empty cache", "3 s", f"{seconds:.2f} s", "0.45 s")
        seconds = median(new_film(page, address, seed) for seed in rounds)
        row("slider let go → all 1,000 epochs of 2-4-2-1 as a film", "0.25 s",
            f"{seconds:.2f} s", "17 s (58 epochs a second)")  # fmt: skip
        for name, settings, bar, theirs in (
            ("2-4-2-1", SMALL, 50, "58, training included"),
            ("six layers of eight", LARGE, 30, "12, training included"),
        ):
            opened(page, address, settings)
            frames = median(page.evaluate(PLAY) for _ in rounds)
            row(f"frames a second, {name}", f"{bar}", f"{frames:.0f}", theirs)
    film, html = bytes_of(BoundariesSettings())
    row("bytes of the default film", "100 KB", f"{film / 1000:.0f} KB", "")
    row("bytes of its HTML file", "300 KB", f"{html / 1000:.0f} KB", "318 KB, the whole app")


if __name__ == "__main__":
    main()
