"""From a slider let go to the picture that answers it, in Chromium: `python -m benchmarks.charts`.

One-chart views must answer within 150 ms (median). Measured in the page, from the key that moves
the slider to the frame after the new picture; a picture that goes blank on the way is counted.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.training import row
from tests.browser.server import chromium, running_app

REPEATS = 15
VIEWS = [  # page and settings, the slider to move, what changes with the picture
    ("activations", "x", "chart"),
    ("activations?activations_second=tanh&activations_third=gelu", "x", "chart"),
    ("activations?activations_view=learning", "Layers", "chart"),
    ("activations?activations_view=softmax", "Temperature", "chart"),
    ("neuron", "Learning rate", "walk"),
    ("neuron?neuron_view=many+steps", "Learning rate", "chart"),
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
        for view, slider, kind in VIEWS:
            page.goto(f"{address}/{view}")
            there = ".gw-drawing *" if kind == "walk" else "[data-testid=chart] .main-svg"
            page.wait_for_selector(there)
            page.wait_for_selector(READY)
            page.wait_for_timeout(800)
            keys = ["ArrowRight" if i % 2 else "ArrowLeft" for i in range(REPEATS + 1)]
            turns = [moved(page, slider, kind, key) for key in keys][1:]
            times = [milliseconds for milliseconds, _ in turns]
            row(view, slider, "150 ms", f"{statistics.median(times):.0f} ms",
                f"{max(times):.0f} ms", f"{sum(blank for _, blank in turns)}")  # fmt: skip


if __name__ == "__main__":
    main()
