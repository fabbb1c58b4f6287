"""From a slider let go to the picture that answers it, in Chromium: `python -m benchmarks.charts`.

One-chart views must answer within 150 ms, the landscape and the depth map within a second
(medians). Measured in the page, from the key that moves the slider to the frame after the new
picture; a picture that goes blank on the way is counted. Seeds and depths only go on, so that every
move asks for something new; all others go to and fro, as a reader's do.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.training import row
from tests.browser.server import chromium, running_app

REPEATS = 15
VIEWS = [  # the view's link, the slider to move, what changes with it, milliseconds at most
    ("activations", "x", "chart", 150),
    ("activations?activations_second=tanh&activations_third=gelu", "x", "chart", 150),
    ("activations?activations_view=learning", "Layers", "chart", 150),
    ("activations?activations_view=in+and+out&activations_function=elu", "elu's α", "chart", 150),
    ("activations?activations_view=softmax", "Temperature", "chart", 150),
    ("neuron", "Learning rate", "walk", 150),
    ("neuron?neuron_view=many+steps", "Learning rate", "chart", 150),
    ("gradients?gradients_layers=1", "Units in each", "walk", 150),
    ("gradients?gradients_view=vanishing", "Hidden layers", "chart", 1000),
    ("gradients?gradients_view=vanishing", "Seed", "chart", 1000),
    ("gradients?gradients_view=landscape", "Learning rate", "chart", 1000),
    ("gradients?gradients_view=landscape", "Seed", "chart", 1000),
    ("gradients?gradients_view=landscape&gradients_shown=surface", "Learning rate", "chart", 1000),
    ("gradients?gradients_view=race", "Learning rate", "chart", 1000),
    ("gradients?gradients_view=race&gradients_ground=digits", "Seed", "chart", 1000),
    ("gradients?gradients_view=learning+rates", "Learning rate", "chart", 150),
    ("gradients?gradients_view=learning+rates", "Seed", "chart", 150),
    ("gradients?gradients_view=batch+noise", "Batch size", "chart", 150),
    ("gradients?gradients_view=batch+noise", "Seed", "chart", 150),
]
# Milliseconds from the key's release to the picture's next change, and blank frames in between.
MOVE = """([name, kind]) => new Promise((done) => {
    const slider = document.querySelector(`input[type=range][aria-label="${name}"]`);
    const picture = document.querySelector(`[data-testid=${kind}]`);
    let began, blank = 0, over = false;
    const look = () => {
        const there = kind === 'walk' ? '.gw-drawing' : '.main-svg';
        if (!picture.isConnected || !picture.querySelector(there)) blank += 1;
        if (!over) requestAnimationFrame(look);
    };
    const finish = () => requestAnimationFrame(() => {
        over = true;
        done([performance.now() - began, blank]);
    });
    document.addEventListener('keyup', () => { began = performance.now(); }, { once: true });
    look();
    if (kind === 'chart') picture.once('plotly_afterplot', finish);
    else new MutationObserver((_, watch) => { watch.disconnect(); finish(); })
        .observe(picture, { attributes: true, attributeFilter: ['data-walk'] });
    slider.focus();
})"""
READY = "[data-testid=stApp][data-test-script-state=notRunning]"


def moved(page: Page, slider: str, kind: str, key: str) -> tuple[float, int]:
    """Milliseconds from one press of a key on the slider to the picture, and blank frames."""
    page.evaluate(f"(what) => {{ window.moved = ({MOVE})(what); }}", [slider, kind])
    page.keyboard.press(key)
    milliseconds, blank = page.evaluate("() => window.moved")
    page.wait_for_selector(READY)
    page.wait_for_timeout(60)
    return milliseconds, blank


def opened(page: Page, address: str, link: str, slider: str, kind: str) -> Page:
    """The view, ready; with its further controls unfolded if the slider is among them."""
    page.goto(f"{address}/{link}")
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
    row("view", "slider", "bar", "median", "slowest", "blank frames")
    row(*["---"] * 6)
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for link, slider, kind, bar in VIEWS:
            opened(page, address, link, slider, kind)
            turns = [moved(page, slider, kind, key) for key in keys_for(slider)][1:]
            times = [milliseconds for milliseconds, _ in turns]
            row(link, slider, f"{bar:,} ms", f"{statistics.median(times):.0f} ms",
                f"{max(times):.0f} ms", f"{sum(blank for _, blank in turns)}")  # fmt: skip


if __name__ == "__main__":
    main()
