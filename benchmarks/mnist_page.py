"""The MNIST page in a real Chromium, on real MNIST: `python -m benchmarks.mnist_page`."""

import re
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.training import row
from tests.browser.server import chromium, running_app, settle

REPEATS = 15
FEW_EPOCHS = (
    "mnist_lr=0.003&mnist_activation=relu&mnist_init=he_normal&mnist_optimizer=adam"
    "&mnist_schedule=cosine&mnist_batch=50&mnist_drawing=shuffled&mnist_epochs=6"
)
LONG = "mnist_epochs=200"
CAPTION = ".st-key-caption"

# Milliseconds from a key on a slider to the caption that follows it, as the page sees them.
MOVE = """() => { window.moved = new Promise((done) => {
    let pressed;
    document.addEventListener('keyup', () => { pressed = performance.now(); }, { once: true });
    new MutationObserver((_, watch) => {
        watch.disconnect();
        requestAnimationFrame(() => done(performance.now() - pressed));
    }).observe(document.querySelector('.st-key-caption'),
               { subtree: true, childList: true, characterData: true });
}); }"""
# Different ends of the loss curve that four seconds show.
UPDATES = """() => new Promise((done) => {
    const chart = document.querySelector('[data-testid=chart]'), seen = new Set();
    const began = performance.now();
    const look = () => {
        seen.add(chart._fullData?.[0].x?.at(-1));
        if (performance.now() - began < 4000) requestAnimationFrame(look);
        else done(seen.size / 4);
    };
    look();
})"""


def opened(browser: Browser, address: str) -> Page:
    """A new visitor's page."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(address)
    return settle(page)


def start(page: Page) -> Page:
    """Press Start and wait until it trains."""
    page.get_by_role("button", name="Start", exact=True).click()
    says(page, "Training")
    return page


def says(page: Page, pattern: str, timeout: int = 60_000) -> None:
    """Wait until the caption says this."""
    page.wait_for_function(
        "([css, pattern]) => new RegExp(pattern).test(document.querySelector(css)?.innerText)",
        arg=[CAPTION, pattern],
        timeout=timeout,
    )


def to_97_percent(browser: Browser, address: str) -> float:
    """Seconds from the click on Start to a caption of at least 97 %."""
    page = opened(browser, f"{address}/mnist?{FEW_EPOCHS}")
    began = time.perf_counter()
    page.get_by_role("button", name="Start", exact=True).click()
    says(page, r"(Training|Done).* (97\.\d|98\.\d|99\.\d)%")
    seconds = time.perf_counter() - began
    page.context.close()
    return seconds


def speed_lost(browser: Browser, address: str, home: Path, turns: int = 4) -> float:
    """The share of a run's speed that watching it costs, the median of so many turns.

    They must be over before the run is: it takes about a minute.
    """
    page = start(opened(browser, f"{address}/mnist?{LONG}"))
    link, lost = page.url, []
    file = home / "runs" / f"{link.split('run=')[1]}.npz"
    for _ in range(turns):
        page.wait_for_timeout(1000)
        watched = seconds_per_epoch(page, file)
        page.goto("about:blank")
        page.wait_for_timeout(1000)
        left = seconds_per_epoch(page, file)
        lost.append(1 - left / watched)
        page.goto(link)
        says(page, "Training")
    page.get_by_role("button", name="Stop").click()
    page.context.close()
    return statistics.median(lost)


def seconds_per_epoch(page: Page, file: Path, seconds: float = 4.0) -> float:
    """The pace at which a run's checkpoints, one an epoch, appear: the page is not asked."""
    written, end = [file.stat().st_mtime], time.monotonic() + seconds
    while time.monotonic() < end:
        page.wait_for_timeout(20)
        if (now := file.stat().st_mtime) != written[-1]:
            written.append(now)
    return (written[-1] - written[1]) / (len(written) - 2)


def slider(page: Page) -> float:
    """Milliseconds from a key on a slider of another page to its caption, the median."""
    knob = page.locator('input[type=range][aria-label="x"]')
    took = []
    for turn in range(REPEATS):
        page.evaluate(MOVE)
        knob.press("ArrowRight" if turn % 2 else "ArrowLeft")
        took.append(page.evaluate("() => window.moved"))
        page.wait_for_timeout(100)
    return statistics.median(took)


def megabytes(address: str) -> float:
    """The memory of the server at this address."""
    port = address.rsplit(":", 1)[1].encode()
    for status in Path("/proc").glob("[0-9]*/status"):
        command = (status.parent / "cmdline").read_bytes()
        if b"streamlit" in command and b"--server.port=" + port in command:
            (kilobytes,) = re.findall(r"VmRSS:\s+(\d+)", status.read_text())
            return int(kilobytes) / 1000
    raise ProcessLookupError(address)


def main() -> None:
    """Print the table."""
    print("Medians, Chromium without a graphics card, server and browser on the same two cores\n")
    row("what", "bar", "measured")
    row(*["---"] * 3)
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        chromium() as browser,
    ):
        seconds = [to_97_percent(browser, address) for _ in range(3)]
        row("click on Start → 97 % of the test digits", "", f"{statistics.median(seconds):.1f} s")
        row("speed lost to watching", "15 %", f"{speed_lost(browser, address, Path(home)):.0%}")
        other = opened(browser, f"{address}/activations")
        row("slider on another page, no run", "", f"{slider(other):.0f} ms")
        alone = megabytes(address)
        page = start(opened(browser, f"{address}/mnist?{LONG}"))
        row(
            "updates a second",
            "about 10",
            f"{statistics.median(page.evaluate(UPDATES) for _ in range(3)):.1f}",
        )
        page.context.close()
        row("slider on another page, one run going", "200 ms", f"{slider(other):.0f} ms")
        for _ in range(3):
            start(opened(browser, f"{address}/mnist?{LONG}")).context.close()
        row("slider on another page, four runs going", "400 ms", f"{slider(other):.0f} ms")
        row("memory of a run", "", f"{(megabytes(address) - alone) / 4:.0f} MB")
        full = megabytes(address)
        visitors = [opened(browser, f"{address}/mnist") for _ in range(4)]
        row("memory of a visitor", "", f"{(megabytes(address) - full) / len(visitors):.0f} MB")


if __name__ == "__main__":
    main()
