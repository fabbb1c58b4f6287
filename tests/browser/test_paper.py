"""The paper in a real browser: every hand, every size, and the rule that Python follows, too."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import CDPSession, Page

from datasets.digits import Kind, Subject
from datasets.drawn import as_digit
from nn_core import ACTIVATIONS, SoftmaxCrossEntropy, mlp
from recipes.mnist import mnist_net
from runs.recording import Recording, recorded_digits, recorded_run, recording
from runs.snapshots import restored, snapshot
from tests.browser.conftest import Visit
from tests.browser.test_mnist import (
    NOTHING_DRAWN,
    ONE,
    SEVEN,
    answered,
    draw,
    on_paper,
    open_mnist,
    probabilities,
    strokes,
)
from tests.sweeps import sweep
from ui.browser.join import joined
from views.mnist.training.networks import asked_for
from views.mnist.training.paper import Reader, drawn_on, readers

# What the rule in the browser makes of strokes, as [drawing][pixel].
SEEN_IN_THE_BROWSER = """([side, drawings]) => {
    const { pad } = document.querySelector('.gd');
    const kept = pad.side, sheet = pad.sheet.strokes;
    pad.side = side;
    const seen = drawings.map((strokes) => {
        pad.sheet.strokes = strokes;
        pad.look();
        return [...(pad.ink ?? new Float32Array(side ** 2))];
    });
    Object.assign(pad, { side: kept });
    pad.sheet.strokes = sheet;
    return seen;
}"""

# What the readers say of what is on the paper, as [reader][class].
SAID = """() => {
    const { pad } = document.querySelector('.gd');
    return pad.readers.map((reader) => pad.saidBy(reader).probabilities);
}"""

# Pairs of parts of the pad that lie on each other, and parts that stick out of it.
OVERLAPS = """() => {
    const box = (part) => part.getBoundingClientRect(), all = box(document.querySelector('.gd'));
    const parts = ['paper', 'seen', 'words', 'undo', 'clear', 'sample', 'reader', 'answer', 'bars']
        .flatMap((name) => [...document.querySelectorAll(`.gd-${name}`)])
        .filter((part) => getComputedStyle(part).display !== 'none');
    const found = [];
    parts.forEach((one, i) => {
        const a = box(one);
        if (a.bottom > all.bottom + 1 || a.right > all.right + 1) found.push(one.className);
        for (const other of parts.slice(i + 1)) {
            const b = box(other);
            if (a.left < b.right - 1 && b.left < a.right - 1 &&
                a.top < b.bottom - 1 && b.top < a.bottom - 1) {
                found.push(`${one.className} on ${other.className}`);
            }
        }
    });
    return found;
}"""

PLACES = {  # where all that the page scrolls is, and how large the window looks
    "scroll": "[scrollY, document.querySelector('[data-testid=stMain]').scrollTop]",
    "zoom": "visualViewport.scale",
}


def some_drawings() -> list[list[list[int]]]:
    """Drawings as the browser keeps them: curves, dots, lines that lie or stand."""
    rng, drawings = np.random.default_rng(0), []
    for _ in range(40):
        size, corner = rng.integers(30, 900), rng.integers(0, 120, 2)
        drawing = []
        for _ in range(rng.integers(1, 4)):
            way = np.cumsum(rng.normal(0, 1, (rng.integers(2, 30), 2)), axis=0)
            way = (way - way.min(axis=0)) / np.ptp(way, axis=0).max() * size + corner
            drawing.append(np.rint(way).clip(0, 1023).astype(int).ravel().tolist())
        drawings.append(drawing)
    line, dot = [100, 500, 900, 500], [10, 10, 12, 11]
    return [*drawings, [line], [[500, 100, 500, 900]], [line, dot], [dot], [[700, 300]], []]


@pytest.fixture(scope="module")
def desk(app: str, stays: Visit) -> Page:
    """MNIST's page, opened once for all who draw."""
    open_mnist(stays.page, app)
    return stays.page


@pytest.fixture
def page(desk: Page, stays: Visit) -> Iterator[Page]:
    """A paper as it is when the page opens: with a test digit on it."""
    desk.evaluate("delete document.querySelector('[data-testid=pad]').setPointerCapture")
    answered(desk, desk.locator(".gd-sample").click)
    assert strokes(desk) == []
    yield desk
    desk.mouse.up()
    stays.had_no_complaint()


@sweep("side", [28, 8, 16, 64], usual=[28])
def test_the_browser_sees_of_strokes_what_python_sees(page, side):
    drawings = some_drawings()
    seen = page.evaluate(SEEN_IN_THE_BROWSER, [side, drawings])
    for drawing, theirs in zip(drawings, seen, strict=True):
        ours = as_digit([np.array(stroke).reshape(-1, 2) for stroke in drawing], side)
        off = abs(np.array(theirs) - (np.zeros(side**2) if ours is None else ours))
        # Of 8×8 a pixel of the bitmap may lie just between ink and paper: a sixteenth of one.
        assert off.max() <= (1 / 16 if side == 8 else 1e-6), drawing


def answers_of_nn_core(theta_of: Callable[[Recording], np.ndarray], image: np.ndarray) -> list:
    """The probabilities that the recordings' networks, with these parameters, give an image."""
    answers = []
    for which in (Recording.CROOKED, Recording.STUDY_NOTES):
        net = mnist_net(which.settings, 784)
        net.theta = theta_of(which)
        answers.append(SoftmaxCrossEntropy().output(net.predict(image[np.newaxis]))[0])
    return answers


def test_both_networks_answer_while_one_draws_as_they_do_at_the_end(app, visit):
    page = visit.page
    open_mnist(page, app)
    assert page.locator(".gd-reader").all_inner_texts() == ["Crooked digits", "Study notes"]
    shown = "document.querySelector('.gd').pad.networks.size"
    assert page.evaluate(shown) == 0  # nobody has come to draw
    page.mouse.move(*on_paper(page, SEVEN[0][0]))
    page.wait_for_function(f"{shown} === 2")
    aloud = page.locator(".gd-aloud").text_content()
    page.mouse.down()
    swayed = []
    for spot in SEVEN[0][1:]:
        page.mouse.move(*on_paper(page, spot), steps=4)
        now = [probabilities(page, f".gd-reading:nth-child({k})") for k in (1, 2)]
        expected = answers_of_nn_core(
            lambda which: recording(which).theta, as_digit(strokes(page), 28)
        )
        np.testing.assert_allclose(now, expected, rtol=1e-4, atol=1e-5)
        swayed.append(now)
    assert abs(np.subtract(*swayed)).max() > 0.1
    assert page.locator(".gd-aloud").text_content() == aloud  # it is not spoken at every movement
    here, words = page.evaluate(SAID), page.locator(".gd-answer").all_inner_texts()
    assert words[0].startswith("Sure: a 7 (")
    answered(page, page.mouse.up)
    np.testing.assert_allclose(page.evaluate(SAID), here, atol=1e-5)  # now it is the server's
    said = page.locator(".gd-answer").all_inner_texts()
    assert said == words
    assert all("a 7" in one for one in said)
    spoken = page.locator(".gd-aloud").text_content()
    assert spoken == f"Crooked digits: {said[0]} Study notes: {said[1]}"


PAD = Path(__file__).parents[2] / "ui" / "browser" / "pad"
NETWORKS = joined(PAD / "network.js")
# Two far apart, beside and below each other, and one that goes to and fro.
DOUBTED = [
    [[100, 200, 200, 800], [600, 210, 700, 790]],
    [[100, 100, 500, 200], [120, 700, 520, 800]],
    [[x for k in range(40) for x in (100 + 20 * k, 900 * (k % 2) + 50)]],
]


def test_the_browser_doubts_a_drawing_and_believes_an_answer_as_python_does(browser):
    page = browser.new_page()
    for name in ("drawn", "trust"):
        page.add_script_tag(content=joined(PAD / f"{name}.js"))
    drawings, mnist = [*some_drawings(), *DOUBTED], Subject.of(Kind.MNIST)
    doubts = page.evaluate("(drawings) => drawings.map((strokes) => doubtOf(strokes))", drawings)
    as_strokes = [[np.array(one).reshape(-1, 2) for one in strokes] for strokes in drawings]
    assert doubts == [drawn_on(strokes, mnist).doubt for strokes in as_strokes]
    assert doubts[-3:] == ["ink in two places", "ink in two places", "more ink than one has"]
    assert "" in doubts

    run = recorded_run(Recording.CROOKED)
    (reader,) = (one for one in readers(run) if one.trust)
    (message,) = asked_for([reader.key], [reader], ())
    images, _ = recorded_digits()
    images = np.concatenate([images, images[:40, ::-1], np.roll(images[:40], 300, axis=1)])
    probabilities = SoftmaxCrossEntropy().output(reader.net.predict(images))
    judged = page.evaluate(
        """([message, images, probabilities]) => {
            const judge = trustOf(message);
            return images.map((image, k) => judge(Float32Array.from(image), probabilities[k]));
        }""",
        [message["trust"], images.tolist(), probabilities.tolist()],
    )
    sure, strange = reader.trust.judged(images, probabilities)
    assert [one["sure"] for one in judged] == sure.tolist()
    assert [one["strange"] for one in judged] == strange.tolist()
    assert 0 < sure.sum() < len(sure)
    assert 0 < strange.sum() < len(strange)
    page.close()


def test_every_network_answers_in_the_browser_as_nn_core_does(browser):
    rng = np.random.default_rng(0)
    page = browser.new_page()
    page.add_script_tag(content=NETWORKS)
    for name, hidden in [*((name, [30]) for name in ACTIVATIONS), ("relu", [40, 20, 30])]:
        sizes = [64, *hidden, 10]
        net = mlp(sizes, name, "he_normal", 3, np.float32)
        net.theta = net.theta + rng.normal(0, 0.1, len(net.theta)).astype(np.float32)
        moment = snapshot(7, net.theta, sizes)
        reader = Reader(net, key="a")
        twin = mlp(sizes, name, "zeros", 0, np.float32)
        twin.theta = restored(moment, sizes)
        x = rng.random(64, np.float32) * (rng.random(64) < 0.4)
        messages = asked_for(["a", "a@7", "b", "a@8"], [reader], [moment])
        read = page.evaluate(
            "([messages, x]) => messages.map((m) => networkOf(m)(Float32Array.from(x)))",
            [messages, x.tolist()],
        )
        assert len(read) == 2
        for one, p in zip((net, twin), read, strict=True):
            expected = SoftmaxCrossEntropy().output(one.predict(x[np.newaxis].astype(np.float32)))
            np.testing.assert_allclose(p, expected[0], atol=1e-5, err_msg=name)
    page.close()


def test_a_preset_shows_its_recording_which_reads_at_every_moment_too(app, visit):
    page, saved = visit.page, recording(Recording.CROOKED)
    open_mnist(page, app)
    page.locator("[data-testid=stButtonGroup]").get_by_text("Crooked digits").click()
    page.wait_for_function(
        "document.querySelector('.gm-title')?.innerText.startsWith('100 of 200 hidden units')"
    )
    page.get_by_text(f"{saved.state['history_val_accuracy'][-1]:.1%}").first.wait_for()
    draw(page, SEVEN)
    page.get_by_label("Moment of training").press("Home")
    said = page.locator(".gd-answer").first
    page.wait_for_function(
        "document.querySelector('.gd-answer').innerText.startsWith('At epoch 0 it read')"
    )
    assert said.inner_text().endswith(", by rounded weights.")
    theta = restored(saved.snapshots[0], saved.sizes)
    thetas = {Recording.CROOKED: theta, Recording.STUDY_NOTES: recording().theta}
    expected, _ = answers_of_nn_core(thetas.get, as_digit(strokes(page), 28))
    shown = probabilities(page, ".gd-reading:nth-child(1)")
    np.testing.assert_allclose(shown, expected, rtol=1e-4, atol=1e-5)


def test_undo_takes_one_stroke_back_and_clear_all(page):
    undo = page.locator(".gd-undo")
    assert undo.is_disabled()  # a test digit is no stroke of one's own
    first = draw(page, ONE)
    draw(page, [[(0.3, 0.85), (0.7, 0.85)], [(0.3, 0.3), (0.7, 0.3)]])
    assert len(strokes(page)) == 3
    answered(page, undo.click)
    page.get_by_test_id("pad").focus()
    assert answered(page, lambda: page.keyboard.press("Control+z")) == first
    assert len(strokes(page)) == 1
    assert answered(page, undo.click).startswith(NOTHING_DRAWN)
    assert undo.is_disabled()
    draw(page, [*ONE, *ONE])
    assert answered(page, page.locator(".gd-clear").click).startswith(NOTHING_DRAWN)
    assert strokes(page) == []


def test_size_place_and_a_speck_make_no_difference_to_the_answer(page):

    def seen(scale: float, right: float, down: float, speck: bool = False) -> np.ndarray:
        answered(page, page.locator(".gd-clear").click)
        draw(page, [[(x * scale + right, y * scale + down) for x, y in s] for s in SEVEN])
        if speck:
            answered(page, lambda: page.mouse.click(*on_paper(page, (0.95, 0.95))))
            assert len(strokes(page)) == 2
        return as_digit(strokes(page), 28)

    large = seen(1, 0, 0)
    np.testing.assert_array_equal(seen(1, 0, 0, speck=True), large)
    # Pixels of the screen are coarse beside a tiny digit.
    assert abs(seen(0.3, 0.05, 0.6) - large).mean() < 0.03


def test_two_digits_and_a_scribble_get_a_word_on_why(page):
    aside = [[(x * 0.5, y) for x, y in s] for s in SEVEN]
    draw(page, [*aside, *[[(x + 0.5, y) for x, y in s] for s in aside]])
    for said in page.locator(".gd-answer").all_inner_texts():
        assert said.startswith("Perhaps no digit (ink in two places): it reads")
    answered(page, page.locator(".gd-clear").click)
    said = draw(page, [[(0.2 + 0.6 * (i % 2), 0.15 + 0.06 * i) for i in range(12)]])
    assert said.startswith("Perhaps no digit (more ink than one has): it reads")


# Hands that do more than draw


def pointer(page: Page, kind: str, spot: tuple[float, float], **more: object) -> None:
    """A pointer event as a device would send it to the paper."""
    x, y = on_paper(page, spot)
    event = {"bubbles": True, "pointerId": 1, "buttons": 1, "clientX": x, "clientY": y} | more
    page.evaluate(
        """([kind, event]) => {
            const paper = document.querySelector('[data-testid=pad]');
            paper.setPointerCapture = () => {};  // there is no such device
            paper.dispatchEvent(new PointerEvent(kind, event));
        }""",
        [kind, event],
    )


def count(page: Page) -> list[int]:
    """How many points each stroke has."""
    return [len(stroke) for stroke in strokes(page)]


def test_the_right_button_draws_nothing(page):
    page.mouse.move(*on_paper(page, (0.2, 0.2)))
    page.mouse.down(button="right")
    page.mouse.move(*on_paper(page, (0.8, 0.8)), steps=5)
    page.mouse.up(button="right")
    assert count(page) == []
    draw(page, ONE)
    assert len(count(page)) == 1


@sweep("lost", ["pointercancel", "lostpointercapture", "pointermove"], usual=["lostpointercapture"])
def test_a_release_that_nobody_saw_ends_the_stroke(page, lost):
    pointer(page, "pointerdown", (0.5, 0.2))
    pointer(page, "pointermove", (0.5, 0.8))
    answered(page, lambda: pointer(page, lost, (0.6, 0.8), buttons=0))
    drawn = count(page)
    pointer(page, "pointermove", (0.9, 0.9), buttons=0)
    pointer(page, "pointermove", (0.1, 0.9))
    assert count(page) == drawn == [2]


def test_a_second_finger_and_a_palm_draw_nothing(page):
    finger = {"pointerType": "touch"}
    pointer(page, "pointerdown", (0.5, 0.2), **finger)
    pointer(page, "pointerdown", (0.1, 0.1), **finger, pointerId=2)
    pointer(page, "pointermove", (0.2, 0.9), **finger, pointerId=2)
    pointer(page, "pointermove", (0.5, 0.8), **finger)
    pointer(page, "pointerup", (0.2, 0.9), **finger, pointerId=2, buttons=0)
    pointer(page, "pointermove", (0.5, 0.9), **finger)
    pointer(page, "pointerup", (0.5, 0.9), **finger, buttons=0)
    assert count(page) == [3]
    pointer(page, "pointerdown", (0.8, 0.8), **finger, pointerId=3, width=90, height=70)
    pointer(page, "pointermove", (0.9, 0.9), **finger, pointerId=3, width=90, height=70)
    assert count(page) == [3]


def test_a_hand_that_rests_on_the_paper_draws_nothing_beside_a_pen(page):
    hand, pen = {"pointerType": "touch", "pointerId": 5}, {"pointerType": "pen", "pointerId": 6}
    pointer(page, "pointerdown", (0.9, 0.9), **hand)  # it comes down before the pen
    pointer(page, "pointerdown", (0.5, 0.2), **pen)
    pointer(page, "pointermove", (0.8, 0.9), **hand)
    pointer(page, "pointermove", (0.5, 0.8), **pen)
    pointer(page, "pointerup", (0.5, 0.8), **pen, buttons=0)
    pointer(page, "pointerdown", (0.9, 0.7), **hand | {"pointerId": 7})
    pointer(page, "pointermove", (0.7, 0.7), **hand | {"pointerId": 7})
    assert count(page) == [2]
    assert strokes(page)[0][0] == pytest.approx([0.5 * 1023, 0.2 * 1023], abs=3)


# Every size


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("size", "settings"),
    [
        ((1280, 800), ""),
        ((1280, 720), "present=true"),
        ((640, 400), ""),
        ((640, 400), "present=true"),  # as at 200 % zoom
        ((390, 844), ""),
        ((320, 640), ""),
    ],
)
def test_clear_and_undo_can_be_pressed_and_nothing_lies_on_another(app, visit, size, settings):
    page = visit.page
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    open_mnist(page, app, settings)
    page.get_by_test_id("pad").evaluate("(pad) => pad.scrollIntoView({ block: 'center' })")
    draw(page, [*SEVEN, [(0.3, 0.5), (0.7, 0.5)]])
    assert page.evaluate(OVERLAPS) == []
    answered(page, page.locator(".gd-undo").click)
    assert answered(page, page.locator(".gd-clear").click).startswith(NOTHING_DRAWN)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def touch(fingers: CDPSession, kind: str, *spots: tuple[float, float]) -> None:
    points = [{"x": x, "y": y} for x, y in spots]
    fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@sweep("size", [(390, 844), (844, 390), (768, 1024), (1024, 768)], usual=[(390, 844)])
def test_a_finger_draws_while_the_page_stays_and_all_is_in_reach(app, phone, size):
    page = phone.page
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    open_mnist(page, app)
    fingers = page.context.new_cdp_session(page)
    page.get_by_test_id("pad").evaluate("(pad) => pad.scrollIntoView({ block: 'center' })")
    assert page.get_by_test_id("pad").bounding_box()["width"] >= 190
    places = {name: page.evaluate(look) for name, look in PLACES.items()}
    for stroke in (SEVEN[0], [(0.35, 0.5), (0.65, 0.5)]):
        touch(fingers, "touchStart", on_paper(page, stroke[0]))
        for a, b in pairwise(stroke):
            for part in np.linspace(0.1, 1, 10):
                spot = [u + (v - u) * part for u, v in zip(a, b, strict=True)]
                touch(fingers, "touchMove", on_paper(page, tuple(spot)))
        answered(page, lambda: touch(fingers, "touchEnd"))
    assert len(strokes(page)) == 2
    drawn = np.concatenate(strokes(page)) / 1023
    np.testing.assert_allclose(drawn.min(axis=0), (0.25, 0.2), atol=0.03)
    np.testing.assert_allclose(drawn.max(axis=0), (0.75, 0.85), atol=0.03)
    assert {name: page.evaluate(look) for name, look in PLACES.items()} == places
    assert page.evaluate(OVERLAPS) == []
    for name in ("undo", "clear", "sample"):
        button = page.locator(f".gd-{name}")
        button.scroll_into_view_if_needed()
        assert button.bounding_box()["height"] >= 44
        answered(page, button.tap)
    for part in ("pad", "wall", "chart"):
        page.get_by_test_id(part).first.scroll_into_view_if_needed()
        assert page.get_by_test_id(part).first.is_visible()
    # Beside the paper a finger scrolls as ever.
    page.locator(".gd-answer").first.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
    x, y = (page.locator(".gd-answer").first.bounding_box()[name] + 5 for name in ("x", "y"))
    scrolled = page.evaluate(PLACES["scroll"])
    touch(fingers, "touchStart", (x, y))
    for up in range(10, 130, 10):
        touch(fingers, "touchMove", (x, y - up))
    touch(fingers, "touchEnd")
    page.wait_for_function(
        f"(before) => JSON.stringify({PLACES['scroll']}) !== before",
        arg=json.dumps(scrolled, separators=(",", ":")),
    )


def test_a_dot_is_seen_and_it_says_why_it_is_left_out(page):
    page.locator(".gd-clear").click()
    pad = page.get_by_test_id("pad").bounding_box()
    page.mouse.click(pad["x"] + pad["width"] / 2, pad["y"] + pad["height"] / 2)
    left = page.locator(".gd-left")
    assert "left out" in left.inner_text()
    assert page.locator(".gd-undo").is_enabled()
    ink = """() => {
        const paper = document.querySelector('.gd-paper');
        const { data } = paper.getContext('2d').getImageData(0, 0, paper.width, paper.height);
        return data.filter((byte, i) => i % 4 === 3 && byte > 0).length;
    }"""
    assert page.evaluate(ink) > 12
    page.locator(".gd-undo").click()
    assert left.inner_text() == ""
    assert page.evaluate(ink) == 0
