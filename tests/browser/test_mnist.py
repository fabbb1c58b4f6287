"""The MNIST page in a real browser: it reads handwriting, and its runs survive what happens."""

import csv
import functools
import random
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, WebSocketRoute

from datasets.digits import Digits, bundled_digits
from datasets.drawn import as_digit
from figures.image_words import share
from nn_core import SoftmaxCrossEntropy
from recipes.mnist import MnistSettings, mnist_net, mnist_trainer
from runs.files import HALF
from runs.recording import recording
from runs.saved import HISTORY, SavedRun, read_run
from runs.snapshots import restored
from tests.browser.conftest import Visit
from tests.browser.server import (
    NO_NETWORK,
    PATIENCE,
    free_port,
    new_page,
    running_app,
    running_server,
    settle,
)
from tests.browser.test_every_page import (
    CAPTION,
    SMALLEST_TEXT,
    drag_a_box,
)
from tests.browser.test_training_live import (
    KEEP_ENDS,
    LONGER,
    caption_says,
    epochs_said,
    wait_for_epoch,
)
from tests.sweeps import sweep

NO_MNIST = {"GLASSBOX_MNIST_DIR": "", **NO_NETWORK}
LONG = "mnist_epochs=200&mnist_batch=10&mnist_hidden=200"  # some ten seconds of training
WALL = "document.querySelector('[data-testid=wall]')"
PAD = "document.querySelector('[data-testid=pad]')"
CURVES = "document.querySelector('.st-key-mnist_curves [data-testid=chart]')"
APP = "document.querySelector('[data-testid=stApp]')"
NOTHING_DRAWN = "Draw a digit"

# Strokes as the paper's width and height have them: a leaning 1, and a 7.
ONE = [[(0.55, 0.15), (0.45, 0.85)]]
SEVEN = [[(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)]]

# The strokes on the paper.
STROKES = "document.querySelector('.gd').pad.sheet.strokes"
# Which network the study notes' is among those who read the paper.
STUDY_NOTES = ".gd-reading:last-child"

# Every moment that the wall shows from now on, in order.
KEEP_MOMENTS = f"""() => {{
    window.moments_seen = [];
    new MutationObserver(() => {{
        const moment = Number({WALL}.dataset.moment);
        if (moment !== window.moments_seen.at(-1)) window.moments_seen.push(moment);
    }}).observe({WALL}, {{ attributes: true, attributeFilter: ['data-moment'] }});
}}"""

# Every state of the line to the server from now on, in order.
KEEP_STATES = f"""() => {{
    window.states_seen = [];
    new MutationObserver(() => window.states_seen.push({APP}.dataset.testConnectionState))
        .observe({APP}, {{ attributes: true, attributeFilter: ['data-test-connection-state'] }});
}}"""


@functools.cache
def recorded() -> SavedRun:
    """The recording that the page opens on."""
    return recording()


@functools.cache
def bundled() -> Digits:
    """The digits of a server without MNIST."""
    return bundled_digits()


def open_mnist(page: Page, address: str, settings: str = "") -> None:
    page.goto(f"{address}/mnist?{settings}")
    settle(page)
    page.wait_for_function(f"{WALL}?.dataset.moment !== undefined")
    page.wait_for_function("document.querySelector('.gd-answer')?.innerText")


@pytest.fixture(scope="module")
def opened_once(app: str, stays: Visit) -> Page:
    open_mnist(stays.page, app)
    return stays.page


@pytest.fixture
def page(opened_once: Page, stays: Visit) -> Iterator[Page]:
    """The page with its recording at its end, and a test digit on the paper: one visit for all."""
    page = opened_once
    page.mouse.move(0, 0)
    page.get_by_label("Order of the units").select_option(index=0)
    page.get_by_label("Moment of training").press("End")
    answered(page, page.locator(".gd-sample").click)
    yield page
    stays.had_no_complaint()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def start(page: Page) -> str:
    """Start a run; its link."""
    press(page, "Start")
    page.wait_for_url("**run=**")
    return page.url


def answer(page: Page) -> str:
    return page.locator(".gd-answer").first.inner_text()


def new_answer(page: Page, before: str) -> str:
    page.wait_for_function(
        "(before) => document.querySelector('.gd-answer').innerText !== before", arg=before
    )
    return answer(page)


def on_paper(page: Page, spot: tuple[float, float]) -> tuple[float, float]:
    """A place on the paper, in the window."""
    paper = page.get_by_test_id("pad").bounding_box()
    return paper["x"] + spot[0] * paper["width"], paper["y"] + spot[1] * paper["height"]


def answered(page: Page, act: Callable[[], object]) -> str:
    """Do something with the paper; the answer that follows, if it says the same as before, too."""
    page.evaluate("delete document.querySelector('.gd').dataset.took")
    act()
    page.wait_for_function("document.querySelector('.gd').dataset.took")
    return answer(page)


def draw(page: Page, drawing: list[list[tuple[float, float]]]) -> str:
    """Draw by mouse; the answer that follows."""
    for stroke in drawing:
        page.mouse.move(*on_paper(page, stroke[0]))
        page.mouse.down()
        for spot in stroke[1:]:
            page.mouse.move(*on_paper(page, spot), steps=8)
        answered(page, page.mouse.up)
    return answer(page)


def strokes(page: Page) -> list[np.ndarray]:
    """The strokes on the paper, each (points, 2)."""
    return [np.array(stroke).reshape(-1, 2) for stroke in page.evaluate(STROKES)]


def probabilities(page: Page, column: str = STUDY_NOTES) -> np.ndarray:
    """What the bars of a column say of each digit, 0 to 1; empty if they say nothing."""
    bars = page.locator(f"{column} .gd-share")
    said = bars.evaluate_all("(bars) => bars.map((bar) => bar.title)")
    return np.array([float(t.split(": ")[1].rstrip(" %")) / 100 for t in said if t])


def study_notes(page: Page) -> str:
    """What the study notes' network says."""
    return page.locator(f"{STUDY_NOTES} .gd-answer").inner_text()


def names_of_curves(page: Page) -> list[str]:
    """What the curves are called, each with its number, as it is drawn."""
    return page.locator(".st-key-mnist_curves .annotation-text").all_text_contents()


def read_by(saved: SavedRun, image: np.ndarray) -> np.ndarray:
    """The ten probabilities that a saved network gives an image."""
    net = mnist_net(saved.settings, saved.sizes[0])
    net.theta = saved.theta
    return SoftmaxCrossEntropy().output(net.predict(image[np.newaxis]))[0]


def checkpoint(home: Path, link: str) -> SavedRun:
    """What the server in `home` has written down of the run that a link names."""
    run_id = re.search(r"run=([\w-]+)", link).group(1)
    with (home / "runs" / f"{run_id}.npz").open("rb") as file:
        return read_run(file)


def finished(home: Path, link: str) -> SavedRun:
    """The same of a run that is done; its file is written a moment after the page says so."""
    end = time.monotonic() + PATIENCE
    while True:
        saved = checkpoint(home, link)
        if int(saved.state["step_count"]) == saved.settings.epochs * saved.steps_per_epoch:
            return saved
        assert time.monotonic() < end, f"the file has {saved.state['step_count']} steps"
        time.sleep(0.05)


def assert_same_run(saved: SavedRun, settings: MnistSettings) -> None:
    """That a run is bit for bit what training without any disturbance gives."""
    undisturbed = mnist_trainer(settings, bundled())
    undisturbed.run(epochs=settings.epochs)
    assert int(saved.state["step_count"]) == undisturbed.step_count
    assert saved.theta.tobytes() == undisturbed.net.theta.tobytes()
    losses = np.array(undisturbed.batch_loss, np.float32)
    assert saved.state["batch_loss"].tobytes() == losses.tobytes()
    for name in HISTORY:
        theirs = np.asarray(undisturbed.history[name])
        np.testing.assert_array_equal(saved.state[f"history_{name}"], theirs, err_msg=name)


# The recording


def test_it_opens_on_a_recording_whose_weights_form_before_ones_eyes(app, heard):
    page = heard.page
    open_mnist(page, app)
    caption = page.locator(CAPTION).inner_text()
    assert caption.startswith("A recording: the study notes' network after 83 epochs")
    assert f"{recorded().state['history_val_accuracy'][-1]:.1%}" in caption
    assert "run=" not in page.url
    moments = len(recorded().snapshots)
    assert recorded().snapshots[-1].step == int(recorded().state["step_count"])
    last = moments - 1
    assert page.evaluate(f"{WALL}.dataset.moment") == str(last)

    page.evaluate(KEEP_MOMENTS)
    page.get_by_role("button", name="Play the weights").click()
    page.wait_for_function("window.moments_seen.length > 2")
    page.wait_for_function(f"{WALL}.dataset.moment === '{last}'")
    assert page.evaluate("window.moments_seen") == list(range(moments))

    time_bar, when = page.get_by_label("Moment of training"), page.locator(".gm-when")
    time_bar.press("Home")
    assert page.evaluate(f"{WALL}.dataset.moment") == "0"
    assert when.inner_text() == "epoch 0"
    time_bar.press("ArrowRight")
    assert page.evaluate(f"{WALL}.dataset.moment") == "1"
    time_bar.press("End")
    assert when.inner_text() == "epoch 83"
    assert all(urlsplit(url).hostname in ("127.0.0.1", None) for url in heard.requests)


def test_hovering_over_the_wall_says_numbers_and_orders_change_who_is_first(page):
    net = mnist_net(recorded().settings, 784)
    net.theta = recorded().theta
    incoming, outgoing = (layer.W for layer in net.dense)
    norms = np.linalg.norm(incoming, axis=0)
    order, tip = page.get_by_label("Order of the units"), page.locator(".gm-tip")

    def first_tile(part: float) -> str:
        """What hovering says in the middle of the first picture, so far down it."""
        size = page.evaluate(f"{WALL}.closest('.gm').wall.shown[0].size")
        box = page.get_by_test_id("wall").bounding_box()
        page.mouse.move(box["x"] + size / 2, box["y"] + part * size)
        return tip.inner_text().replace("−", "-")

    seen = {page.evaluate(f"{WALL}.toDataURL()")}
    said = first_tile(0.5)
    unit, row, column, about = re.search(
        r"hidden unit (\d+)\nweight of the pixel in row (\d+), column (\d+): about (\S+)", said
    ).groups()
    assert unit == "1"
    weight = incoming.reshape(28, 28, 50)[int(row) - 1, int(column) - 1, 0]
    # A picture's numbers are whole 127ths of its range, and three digits of those are shown.
    assert float(about) == pytest.approx(weight, abs=float(np.abs(incoming).max()) / 127, rel=0.01)
    assert f"length of its weights {norms[0]:.4g}"[:26] in said
    digit, about = re.search(r"weight for digit (\d): about (\S+)", first_tile(1.08)).groups()
    step = float(np.abs(outgoing).max()) / 127
    assert float(about) == pytest.approx(outgoing[0, int(digit)], abs=step, rel=0.01)

    for name in ("largest weights first", "most influence first"):
        order.select_option(name)
        seen.add(page.evaluate(f"{WALL}.toDataURL()"))
        if name == "largest weights first":
            assert f"hidden unit {np.argmax(norms) + 1}\n" in first_tile(0.5)
    assert len(seen) == 3


def test_scrubbed_weights_read_the_paper_as_they_did_then(page):
    draw(page, SEVEN)
    image, now = as_digit(strokes(page), 28), probabilities(page)
    time_bar, saved = page.get_by_label("Moment of training"), recorded()
    time_bar.press("Home")
    marked = f"{CURVES}.layout.shapes"
    for moment in (0, 1, 2):
        then = saved.snapshots[moment]
        net = mnist_net(saved.settings, 784)
        net.theta = restored(then, saved.sizes)
        expected = SoftmaxCrossEntropy().output(net.predict(image[np.newaxis]))[0]
        np.testing.assert_allclose(probabilities(page), expected, atol=0.01)
        epoch = then.step / saved.steps_per_epoch
        assert study_notes(page).startswith(f"At epoch {epoch:.2g} it ")
        assert page.locator(".gd-answer").first.inner_text().endswith("That is at its end.")
        page.wait_for_function(f"{marked}[0]?.x0 === {epoch}")
        rows = sum(counted <= then.step for counted in saved.state["history_step"])
        right = f"{saved.state['history_val_accuracy'][rows - 1]:.1%}"
        assert names_of_curves(page)[-1].endswith(f" {right}")
        said = page.locator(CAPTION).inner_text()
        assert f"epoch {epoch:.2g} of 83 (step {then.step})" in said
        assert re.search(f"[Ii]t reads? {re.escape(right)}", said)
        one, other = page.locator(".gd-bars").evaluate_all(
            "all => all.map((bars) => bars.getBoundingClientRect().height)"
        )
        assert one == pytest.approx(other, abs=1)  # one scale for both networks
        time_bar.press("ArrowRight")
    time_bar.press("End")
    assert "at its end" not in page.locator(".gd-readings").inner_text()
    assert names_of_curves(page)[-1].endswith(" 97.2%")
    assert "after 83 epochs reads 97.2%" in page.locator(CAPTION).inner_text()
    np.testing.assert_array_equal(probabilities(page), now)
    page.wait_for_function(f"{marked}.length === 0")


# The paper


def test_a_drawing_is_read_as_the_recordings_weights_read_it(page):
    for drawing in (ONE, SEVEN):
        draw(page, drawing)
        expected = read_by(recorded(), as_digit(strokes(page), 28))
        shown = probabilities(page)
        assert shown.sum() == pytest.approx(1, abs=1e-4)
        np.testing.assert_allclose(shown, expected, rtol=1e-3, atol=1e-6)
        first = int(np.argmax(expected))
        assert re.search(r"\d", study_notes(page)).group() == str(first)
        assert f"{first} ({share(expected[first])})" in study_notes(page)
        page.locator(".gd-clear").click()
        page.wait_for_function(
            "(says) => document.querySelector('.gd-answer').innerText.startsWith(says)",
            arg=NOTHING_DRAWN,
        )
        assert strokes(page) == []
        assert probabilities(page).size == 0


def test_a_key_clears_the_paper_and_a_test_digit_brings_its_label(app, visit):
    page = visit.page
    open_mnist(page, app)
    images, labels = recorded().samples
    draw(page, ONE)
    said = answer(page)
    page.get_by_test_id("pad").focus()
    page.keyboard.press("Delete")
    assert new_answer(page, said).startswith(NOTHING_DRAWN)
    assert strokes(page) == []
    # The first is on the paper when the page opens.
    for which in (1, 2, 3):
        before = page.evaluate("document.querySelector('.gd-seen').toDataURL()")
        page.locator(".gd-sample").click()
        page.wait_for_function(
            "(before) => document.querySelector('.gd-seen').toDataURL() !== before", arg=before
        )
        expected = read_by(recorded(), images[which] / np.float32(255))
        np.testing.assert_allclose(probabilities(page), expected, rtol=1e-3, atol=1e-6)
        right = int(np.argmax(expected)) == labels[which]
        assert study_notes(page).endswith("Right." if right else f"It is a {labels[which]}.")
        assert strokes(page) == []
        assert page.evaluate("document.querySelector('.gd').pad.sheet.picture !== null")


# A run of one's own


def test_every_button_of_a_run_does_what_it_says(app, visit):
    page = visit.page
    open_mnist(page, app, LONGER)
    first = start(page)
    wait_for_epoch(page, 1)
    page.evaluate(f"window.wall_kept = {WALL}")
    wait_for_epoch(page, 1.3)
    press(page, "Pause")
    caption_says(page, "^Paused")
    assert page.evaluate(f"window.wall_kept === {WALL}")

    def steps() -> int:
        said = re.search(r"\(([\d,]+) steps\)", page.locator(CAPTION).inner_text())
        return int(said.group(1).replace(",", ""))

    before = steps()
    press(page, "One batch")
    caption_says(page, rf"\({before + 1:,} steps\)")
    press(page, "Go on")
    wait_for_epoch(page, before / 144 + 0.1)  # 1,437 digits make 144 batches of ten
    press(page, "Stop")
    caption_says(page, "^Done.* You stopped it here")
    settle(page)
    assert page.get_by_role("button", name="Go on").count() == 0

    press(page, "Start over")
    caption_says(page, "^Training")
    page.wait_for_function("(first) => location.href !== first", arg=first)
    assert "run=" in page.url
    press(page, "Pause")
    caption_says(page, "^Paused")
    page.locator("input[type=range][aria-label='Hidden units']").press("ArrowLeft")
    caption_says(page, "The controls say something else")
    press(page, "Leave")
    caption_says(page, "^A recording")
    page.wait_for_url(lambda url: "run=" not in url)


# Holds back every piece of the curves that comes after one in between, until `letGo` is called.
HOLD_BACK = """() => {
    const react = window.Plotly.react, held = [];
    const inBetween = (end) => window.sent.size > 0 && !window.sent.has(end);
    let holds = false;
    window.letGo = () => {
        window.Plotly.react = react;
        held.splice(0).forEach(([plot, figure]) => react(plot, figure));
    };
    window.Plotly.react = (plot, figure) => {
        if (!plot.closest('.st-key-mnist_curves')) return react(plot, figure);
        if (holds) return held.push([plot, figure]);
        react(plot, figure);
        if (inBetween(figure.data[0].x.at(-1))) window.heldAt = figure.data[0].x.at(-1);
        holds = 'heldAt' in window;
    };
}"""


def test_a_zoom_made_while_the_curves_are_under_way_survives_what_follows(app, visit):
    page = visit.page
    open_mnist(page, app, LONGER)
    start(page)
    wait_for_epoch(page, 1)
    page.evaluate(KEEP_ENDS)
    layout = f"{CURVES}._fullLayout"
    zoom = f"[...{layout}.xaxis.range, ...{layout}.yaxis.range]"
    for when in ("between two pieces", "while pieces come"):
        page.evaluate("delete window.heldAt")
        page.evaluate(HOLD_BACK)
        page.wait_for_function("'heldAt' in window")
        before = page.evaluate(zoom)
        drag_a_box(page, ".st-key-mnist_curves")
        if when == "while pieces come":
            page.evaluate("window.letGo()")
            page.wait_for_function("window.sent.has(window.drawn.at(-1))")
        page.mouse.up()
        page.wait_for_function(f"(left) => {layout}.xaxis.range[0] > left", arg=max(0, before[0]))
        zoomed, sent = page.evaluate(zoom), page.evaluate("Math.max(...window.sent)")
        page.evaluate("window.letGo()")
        page.wait_for_function(
            f"window.drawn.at(-1) > {sent} && window.sent.has(window.drawn.at(-1))"
        )
        assert page.evaluate(zoom) == zoomed, when
    press(page, "Stop")


def test_without_mnist_training_and_drawing_work_on_the_bundled_digits(app, visit):
    page = visit.page
    open_mnist(page, app, "mnist_epochs=3&mnist_lr=0.3&mnist_batch=10&mnist_drawing=shuffled")
    assert "MNIST is not here" in page.locator("[data-testid=stMain]").inner_text()
    start(page)
    caption_says(page, "^Done: 3.0 of 3 epochs")
    settle(page)
    page.wait_for_function(f"Number({WALL}.dataset.moments) > 5")
    assert page.evaluate(f"{WALL}.closest('.gm').wall.wall.side") == 8
    settings = MnistSettings(epochs=3, lr=0.3, batch=10, drawing="shuffled")
    trainer = mnist_trainer(settings, bundled())
    trainer.run(epochs=3)
    reads = f"{trainer.history['val_accuracy'][-1]:.1%} of the test digits"
    assert reads in page.locator(CAPTION).inner_text()
    draw(page, ONE)
    logits = trainer.net.predict(as_digit(strokes(page), 8)[np.newaxis])
    expected = SoftmaxCrossEntropy().output(logits)[0]
    np.testing.assert_allclose(probabilities(page), expected, rtol=1e-3, atol=1e-6)


@pytest.mark.sweep
def test_with_mnist_it_opens_on_the_recording_and_trains_on_28_by_28(visit, mnist, tmp_path):
    with running_app(tmp_path, **NO_NETWORK) as address:
        page = visit.page
        open_mnist(page, address, "mnist_images=1000&mnist_epochs=2")
        caption_says(page, "^A recording: the study notes' network after 83 epochs")
        assert "MNIST is not here" not in page.locator("[data-testid=stMain]").inner_text()
        said = answer(page)
        page.locator(".gd-sample").click()
        assert new_answer(page, said)[-20:].endswith(("Right.", f"It is a {mnist.t_test[1]}."))
        start(page)
        caption_says(page, "^Done: 2.0 of 2 epochs")
        assert page.evaluate(f"{WALL}.closest('.gm').wall.wall.side") == 28
        draw(page, ONE)
        saved = finished(tmp_path, page.url)
        expected = read_by(saved, as_digit(strokes(page), 28))
        np.testing.assert_allclose(probabilities(page), expected, rtol=1e-3, atol=1e-6)
        page.goto("about:blank")  # a page without its server complains


# Survival


@pytest.mark.sweep
def test_a_server_that_is_killed_loses_at_most_the_epoch_in_progress(forgiving, tmp_path):
    page, port = forgiving, free_port()
    config = MnistSettings(epochs=200, batch=10, hidden=200)
    home, log = tmp_path / "home", tmp_path / "server.log"
    home.mkdir()
    # A moment that no two runs of this test share.
    epoch, moment = random.randint(2, 20), random.uniform(0, 0.4)
    print(f"killed {moment:.3f} s after epoch {epoch}")
    with running_server(home, log, port, **NO_MNIST) as server:
        open_mnist(page, server.address, LONG)
        link = start(page)
        wait_for_epoch(page, epoch)
        time.sleep(moment)
        server.process.kill()
        server.process.wait()
        seen = epochs_said(page)
    assert seen < 200
    saved = checkpoint(home, link)
    kept = int(saved.state["step_count"]) / saved.steps_per_epoch
    assert kept == int(kept)
    assert kept > seen - 1.1  # the caption rounds to tenths
    with running_server(home, log, port, **NO_MNIST) as server:
        page.goto(link)
        caption_says(page, rf"^Paused after {kept:.1f} of 200 epochs")
        settle(page)
        assert page.url == link
        press(page, "Go on")
        caption_says(page, "^Done: 200.0 of 200 epochs")
    assert_same_run(finished(home, link), config)
    assert "Traceback" not in log.read_text()
    # What was half written when it was killed goes some minutes later.
    whole = [file.name for file in (home / "runs").iterdir() if file.suffix != HALF]
    assert whole == [f"{link.split('run=')[1]}.npz"]


@pytest.mark.sweep
def test_a_line_without_a_network_for_some_seconds_goes_on_where_the_run_is(app, forgiving):
    page = forgiving
    open_mnist(page, app, LONG)
    link = start(page)
    wait_for_epoch(page, 2)
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")
    time.sleep(3)  # the length of the interruption is what is tested
    lost = epochs_said(page)
    page.context.set_offline(False)
    wait_for_epoch(page, lost + 0.1)
    assert page.url == link
    caption_says(page, "^Done: 200.0 of 200 epochs")


@pytest.mark.sweep
def test_a_line_that_is_cut_is_tied_again_to_the_same_run(app, forgiving):
    page, lines = forgiving, []

    def tie(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket(re.compile("_stcore/stream"), tie)
    open_mnist(page, app, LONG)
    link = start(page)
    wait_for_epoch(page, 2)
    assert len(lines) == 1
    page.evaluate(KEEP_STATES)
    lines[0].close(code=1011, reason="cut")
    page.wait_for_function("window.states_seen.length > 0")
    lost = epochs_said(page)
    page.wait_for_function("window.states_seen.at(-1) === 'CONNECTED'")
    assert len(lines) == 2
    wait_for_epoch(page, lost + 0.1)
    assert page.url == link
    caption_says(page, "^Done: 200.0 of 200 epochs")


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for hardly anything."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.sweep
def test_a_full_disk_stops_the_saving_not_the_training(visit, tiny_disk, tmp_path):
    log, page = tmp_path / "server.log", visit.page
    with running_server(tiny_disk, log, **NO_MNIST) as server:
        open_mnist(page, server.address, "mnist_epochs=20")
        link = start(page)
        caption_says(page, r"This run cannot be saved \(no space left on device\): it goes on")
        caption_says(page, "^Done: 20.0 of 20 epochs")
        assert "it would not survive the server" in page.locator(CAPTION).inner_text()
        assert list((tiny_disk / "runs").iterdir()) == []  # nothing half-written takes up room
        # Once there is room again the next run is saved, and nothing is said.
        room = ["mount", "-o", "remount,size=8m", str(tiny_disk)]
        subprocess.run(room, check=True, capture_output=True)
        press(page, "Start over")
        page.wait_for_function("(link) => location.href !== link", arg=link)
        caption_says(page, "^Done: 20.0 of 20 epochs(?!.* cannot be saved)")
        assert_same_run(finished(tiny_disk, page.url), MnistSettings(epochs=20))
        page.goto("about:blank")  # a page without its server complains
    said = log.read_text()
    assert "Traceback" not in said
    assert "Exception ignored" not in said


# What is kept, and brought


def open_file(page: Page, path: Path) -> None:
    box = page.locator("[class*=st-key-mnist_open] input[type=file]")  # another one after each use
    box.set_input_files(path)


@pytest.mark.sweep
def test_a_run_is_taken_away_and_goes_on_elsewhere(app, visit, browser, tmp_path):
    page = visit.page
    open_mnist(page, app, "mnist_epochs=12&mnist_hidden=20")
    press(page, "One batch")
    caption_says(page, r"^Paused.*\(1 steps?\)")
    settle(page)
    said, file = page.locator(CAPTION).inner_text(), tmp_path / "mine.npz"
    with page.expect_download() as download:
        press(page, "The run")
    assert download.value.suggested_filename == "scikit-learns-digits.npz"
    download.value.save_as(file)

    with new_page(browser) as other:
        elsewhere = Visit(other)
        open_mnist(elsewhere.page, app, "mnist_epochs=12&mnist_hidden=20")
        open_file(elsewhere.page, file)
        caption_says(elsewhere.page, re.escape(said))
        settle(elsewhere.page)
        elsewhere.page.wait_for_url("**run=**")
        assert elsewhere.page.url != page.url
        press(elsewhere.page, "Go on")
        caption_says(elsewhere.page, "^Done: 12.0 of 12 epochs")
        settle(elsewhere.page)
        with elsewhere.page.expect_download() as download:
            press(elsewhere.page, "The run")
        with open(download.value.path(), "rb") as finished:
            assert_same_run(read_run(finished), MnistSettings(epochs=12, hidden=20))
        assert elsewhere.complaints == []
        assert elsewhere.exceptions() == []


def test_a_damaged_or_foreign_file_gets_one_sentence_and_changes_nothing(app, visit, tmp_path):
    page = visit.page
    open_mnist(page, app)
    with page.expect_download() as download:
        press(page, "The run")
    whole = download.value.path().read_bytes()
    cut, text = tmp_path / "cut.npz", tmp_path / "notes.txt"
    cut.write_bytes(whole[: len(whole) // 2])
    text.write_text("Dear diary, today I trained a network.")
    caption, pixels = page.locator(CAPTION).inner_text(), page.evaluate(f"{WALL}.toDataURL()")
    alert = page.locator("[data-testid=stAlert]")
    for file in (cut, text):
        open_file(page, file)
        says = f"""() => document.querySelector('[data-testid=stAlert]')?.innerText
            .startsWith({"The file is not an .npz" if file is text else "The file is"!r})"""
        page.wait_for_function(says)
        said = alert.inner_text().strip()
        assert alert.count() == 1
        assert said.endswith(".")
        assert page.locator(CAPTION).inner_text() == caption
        assert page.evaluate(f"{WALL}.toDataURL()") == pixels
        assert "run=" not in page.url
    assert page.locator(CAPTION).inner_text() == caption


def test_space_plays_and_pauses_the_weights(page):
    page.evaluate("document.activeElement.blur()")
    wall = "document.querySelector('.gm').wall"
    page.keyboard.press("Space")
    page.wait_for_function(f"{wall}.moment > 0 && {wall}.timer")
    page.keyboard.press("Space")
    assert page.evaluate(f"{wall}.timer") is None


def test_history_can_be_taken_away(page):
    with page.expect_download() as download:
        press(page, "Its history as CSV")
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    history = recorded().state["history_val_accuracy"]
    assert [float(row["epoch"]) for row in rows] == list(range(84))
    assert [float(row["val_accuracy"]) for row in rows] == history.tolist()


# Looks


@sweep("scheme", ["light", "dark"], usual=["light"])
def test_it_can_be_used_in_light_and_in_dark(app, visit, scheme):
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    open_mnist(page, app)
    draw(page, ONE)
    # Ink has the colour of the page's text, whichever that is.
    text = page.evaluate("getComputedStyle(document.querySelector('.gd')).color")
    x, y = ((a + b) / 2 for a, b in zip(*ONE[0], strict=True))
    place = f"{x} * {PAD}.width, {y} * {PAD}.height"
    pixel = f"[...{PAD}.getContext('2d').getImageData({place}, 1, 1).data]"
    drawn = page.evaluate(pixel)
    assert drawn == [*map(int, re.findall(r"\d+", text)[:3]), 255]
    page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    page.wait_for_function(f"{pixel}[0] !== {drawn[0]}")
    text = page.evaluate("getComputedStyle(document.querySelector('.gd')).color")
    assert page.evaluate(pixel) == [*map(int, re.findall(r"\d+", text)[:3]), 255]
    press(page, "One batch")
    caption_says(page, "Paused after 0.1 of 83 epochs")


@pytest.mark.sweep
def test_on_a_projector_every_word_is_large_with_a_run_and_without(app, visit):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    open_mnist(page, app, "present=true")
    draw(page, SEVEN)
    assert page.evaluate(SMALLEST_TEXT) >= 24
    press(page, "One batch")
    caption_says(page, "Paused after")
    settle(page)
    assert page.evaluate(SMALLEST_TEXT) >= 24


def test_a_paper_that_leaves_the_page_is_not_painted_any_more(app, visit):
    page = visit.page
    open_mnist(page, app)
    page.wait_for_function("document.querySelector('.gd').pad.sheet.picture")
    # Its size is then 0, which it is told before its part is told to end.
    page.evaluate(
        "() => { document.querySelector('.gd').remove();"
        "return new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))); }"
    )
    visit.had_no_complaint()
