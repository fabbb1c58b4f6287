"""The paper that answers while one draws, in a real Chromium: `python -m benchmarks.paper`."""

import json
import math
import statistics
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page

from benchmarks.training import row
from nn_core import mlp
from tests.browser.server import chromium, running_app, settle
from ui.browser.join import joined
from views.mnist.training.networks import asked_for
from views.mnist.training.paper import Reader

BAR = 1000 / 60  # milliseconds
NETWORKS = [[50], [100], [512, 512, 512]]
SECONDS = 3.0
PAD = Path(__file__).parents[1] / "ui" / "browser" / "pad"
# A zigzag of so many points, as strokes are kept.
STROKES = """(points) => [Array.from({ length: points }, (_, i) =>
    [Math.round(200 + 600 * ((i * 7) % 13) / 13), Math.round(100 + (800 * i) / points)]).flat()]"""
# Milliseconds of one answer: from strokes to what a network sees, and to its probabilities.
ANSWER = f"""([message, points]) => {{
    const strokes = ({STROKES})(points), answers = networkOf(message), took = [];
    for (let turn = 0; turn < 60; turn++) {{
        const began = performance.now();
        answers(asDigit(strokes, 28));
        took.push(performance.now() - began);
    }}
    return took.slice(20).sort((a, b) => a - b)[20];
}}"""
# Keep how long each answer takes on the page, and when it is given.
WATCH = """() => {
    const { pad } = document.querySelector('.gd'), look = pad.look.bind(pad);
    window.looks = [];
    pad.look = () => {
        const began = performance.now();
        look();
        window.looks.push([began, performance.now() - began]);
    };
}"""


def alone(browser: Browser) -> None:
    """How long an answer takes, and how large the message is in which the network comes."""
    page = browser.new_page()
    page.add_script_tag(content=joined(PAD / "drawn.js"))
    page.add_script_tag(content=joined(PAD / "network.js"))
    for hidden in NETWORKS:
        net = mlp([784, *hidden, 10], "relu", "he_normal", 0, np.float32)
        (message,) = asked_for(["a"], [Reader(net, key="a")], [])
        size = len(json.dumps(message)) / 1000
        for points in (60, 600):
            took = page.evaluate(ANSWER, [message, points])
            name = "-".join(map(str, net.sizes))
            row(f"{name}, {points} points drawn", f"{took:.2f} ms", f"{size:,.0f} KB sent once")
    page.close()


def drawing(page: Page, address: str) -> None:
    """How many answers a second the page gives while a pen moves on it, both recordings reading."""
    page.goto(f"{address}/mnist")
    settle(page)
    box = page.get_by_test_id("pad").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.wait_for_function("document.querySelector('.gd').pad.networks.size === 2")
    page.evaluate(WATCH)
    page.mouse.down()
    began, step = page.evaluate("performance.now()"), 0
    while page.evaluate("performance.now()") - began < 1000 * SECONDS:
        turn, step = step / 40, step + 1
        across, down = (0.5 + 0.35 * f(turn) for f in (math.cos, math.sin))
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
    page.mouse.up()
    looks = page.evaluate("window.looks.slice(0, -1)")
    over = (looks[-1][0] - looks[0][0]) / 1000
    took = statistics.median(took for _, took in looks)
    slowest = sorted(took for _, took in looks)[int(0.95 * len(looks))]
    row("answers a second while one draws", f"{len(looks) / over:.0f}", "60")
    row("one of them, both networks and their bars", f"{took:.1f} ms", f"{BAR:.1f} ms")
    row("the slowest of twenty", f"{slowest:.1f} ms", f"{BAR:.1f} ms")


def main() -> None:
    """Print the table."""
    row("what", "measured", "bar, or size")
    row(*["---"] * 3)
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home)) as address,
        chromium() as browser,
    ):
        alone(browser)
        drawing(browser.new_page(viewport={"width": 1280, "height": 800}), address)


if __name__ == "__main__":
    main()
