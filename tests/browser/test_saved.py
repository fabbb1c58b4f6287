"""Films and digits saved as one file: they open from disk without a network, and answer there."""

import numpy as np
import pytest

from datasets.drawn import as_digit
from nn_core import SoftmaxCrossEntropy
from recipes.mnist import mnist_net
from runs.recording import recording
from runs.snapshots import FULL, snapshot
from tests.browser.conftest import Visit
from tests.browser.server import A_FEW_FRAMES, new_page, settle
from tests.browser.test_mnist import KEEP_MOMENTS, ONE, SEVEN, WALL, draw, press
from tests.browser.test_stage import KEEP_FRAMES, plays_through
from tests.sweeps import sweep
from views.mnist.training.paper import answer

HOME_BYTES, MNIST_BYTES = 300_000, 1_500_000
STILL_TO_SEE = "document.documentElement.scrollHeight - innerHeight"
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1)
    .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""


def save(visit, address, file):
    """Save what this page shows to a file; the page's question."""
    page = visit.page
    page.goto(address)
    settle(page)
    page.get_by_role("button", name="Link").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as HTML").click()
    download.value.save_as(file)
    return page.locator("h1").inner_text(), download.value.suggested_filename


@pytest.fixture
def alone(browser):
    """A visitor without a network at a projector's size, who must see no complaint."""
    with new_page(browser, offline=True, viewport={"width": 1280, "height": 720}) as page:
        visit = Visit(page)
        yield visit
        assert visit.complaints == []
        assert len(set(visit.requests)) == 1
        assert visit.requests[0].startswith("file:")


@pytest.mark.sweep
@pytest.mark.parametrize("present", [False, True])
def test_homes_film_plays_from_a_file(app, visit, alone, tmp_path, present):
    file, page = tmp_path / "home.html", alone.page
    question, name = save(visit, f"{app}/{'?present=true' if present else ''}", file)
    assert name == "home.html"
    assert file.stat().st_size <= HOME_BYTES
    page.goto(file.as_uri())
    page.wait_for_selector("[data-testid=stage][data-frame]")
    assert page.title() == page.locator("h1").inner_text() == question
    page.evaluate(KEEP_FRAMES)
    page.keyboard.press("Space")
    plays_through(page)
    frame = "Number(document.querySelector('[data-testid=stage]').dataset.frame)"
    last = page.evaluate(frame)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(frame) == last - 1
    page.get_by_label("Time").fill("7")
    assert page.evaluate(frame) == 7
    if present:
        assert page.evaluate(SMALLEST) >= 24
        assert page.evaluate(STILL_TO_SEE) <= 0


def bounds(settings, theta, x):
    """The probabilities (10,) of nn_core's network, and how far the log of one can be off.

    Each weight of a layer is off by at most half of its largest / 127. Sigmoid's slope is at most
    ¼ and its answer at most 1; and if no sum of the last layer is off by more than d, the log of a
    probability is off by at most 2d.
    """
    net = mnist_net(settings, 784)
    net.theta = theta
    p = SoftmaxCrossEntropy().output(net.predict(x[np.newaxis]))[0]
    second = net.dense[1]
    half = [scale / FULL / 2 for scale in snapshot(0, theta, net.sizes).scales]
    hidden = half[0] * (np.abs(x).sum() + 1) / 4
    d = np.abs(second.W).sum(axis=0).max() * hidden + half[1] * (settings.hidden * (1 + hidden) + 1)
    return p, 2 * d


@sweep("present", [False, True], usual=[True])
def test_digits_are_read_in_a_file(app, visit, alone, tmp_path, present):
    file, page, saved = tmp_path / "mnist.html", alone.page, recording()
    question, name = save(visit, f"{app}/mnist{'?present=true' if present else ''}", file)
    assert name == "mnist.html"
    assert file.stat().st_size <= MNIST_BYTES
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelector('.gd-answer')?.innerText")
    assert page.title() == page.locator("h1").inner_text() == question
    if present:
        assert page.evaluate(SMALLEST) >= 24
        assert page.evaluate(STILL_TO_SEE) <= 0

    last = int(page.evaluate(f"{WALL}.dataset.moments")) - 1
    step = page.evaluate(f"document.querySelector('.gm').wall.wall.steps[{last} - 5]")
    page.get_by_label("Moment of training").fill(str(step))  # the page plays it from the first
    page.evaluate(KEEP_MOMENTS)
    page.get_by_label("Play the weights").click()
    page.wait_for_function(f"{WALL}.dataset.moment === '{last}'")
    assert page.evaluate("window.moments_seen") == [*range(last - 4, last + 1)]

    for strokes in (SEVEN, ONE):
        draw(page, strokes)
        drawn = page.evaluate("document.querySelector('.gd').pad.sheet.strokes")
        x = as_digit([np.array(stroke).reshape(-1, 2) for stroke in drawn], 28)
        p, off = bounds(saved.settings, saved.theta, x)
        read = np.array(page.evaluate("document.querySelector('.gd').pad.readers[0].probabilities"))
        assert read.sum() == pytest.approx(1)
        assert (np.abs(np.log(read) - np.log(p)) <= off).all()
        assert read == pytest.approx(p, abs=0.02)
        assert page.locator(".gd-answer").inner_text() == answer(read)
        press(page, "Clear")

    page.locator(".gm-time").focus()
    page.keyboard.press("Home")
    draw(page, SEVEN)
    assert page.locator(".gd-answer").inner_text().startswith("At epoch 0 ")
    page.locator(".gm-time").focus()
    page.keyboard.press("End")
    page.evaluate(A_FEW_FRAMES)
    press(page, "Test digit")
    label = saved.samples.labels[1]
    said = page.locator(".gd-answer").inner_text()
    assert said.startswith(f"It reads a {label} (")
    assert said.endswith("). Right.")
