"""A sweep of 6 × 5 films: `python -m benchmarks.sweep`.

Seconds by the clock until all films of the page's default setting are there, their message for the
browser included; then how many different frames a second of playing shows in a real Chromium. On a
machine that does nothing else. Medians, beside their bars.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

from kernels.compiled import take_steps
from recipes.sweep import SweepSettings as Settings
from recipes.threads import one_blas_thread
from tests.browser.server import chromium, new_page, running_app
from views.boundaries.sweep import growing, picture

REPEATS = 3
SECONDS, FRAMES = 6.0, 30  # the bars
PLAY = """() => new Promise((done) => {
    const canvas = document.querySelector('[data-testid=sweep]'), seen = new Set();
    const began = performance.now();
    document.querySelector('.gx').sweep.stopAt(0);
    document.querySelector('.gx-play').click();
    const look = () => {
        seen.add(canvas.dataset.frame);
        if (performance.now() - began < 2000) requestAnimationFrame(look);
        else done(seen.size / 2);
    };
    requestAnimationFrame(look);
})"""


def seconds() -> tuple[float, int]:
    """Until all films are there, and how many bytes they are."""
    began = time.perf_counter()
    for numbers in growing(Settings()):
        sent = json.dumps(picture(numbers).message)
    return time.perf_counter() - began, len(sent)


def frames_a_second() -> float:
    """Different frames that a second of playing shows."""
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        chromium() as browser,
        new_page(browser) as page,
    ):
        page.goto(f"{address}/boundaries?boundaries_view=sweep&boundaries_epochs=300")
        page.wait_for_function(
            "document.querySelector('[data-testid=sweep]')?.dataset.drawn === '30'"
        )
        page.wait_for_timeout(1000)
        return statistics.median(page.evaluate(PLAY) for _ in range(REPEATS))


def main() -> None:
    """Print both rows."""
    one_blas_thread()
    take_steps()
    took, sent = zip(*(seconds() for _ in range(REPEATS)), strict=True)
    whole = statistics.median(took)
    met = "met" if whole <= SECONDS else "NOT MET"
    print(f"6 × 5 films of 20,000 steps: {whole:.2f} s (bar {SECONDS:g}), "
          f"{sent[-1] / 1000:.0f} KB: {met}")  # fmt: skip
    frames = frames_a_second()
    met = "met" if frames >= FRAMES else "NOT MET"
    print(f"frames a second: {frames:.0f} (bar {FRAMES}): {met}")


if __name__ == "__main__":
    main()
