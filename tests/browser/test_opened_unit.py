"""A unit of the wall, opened by mouse, finger, keyboard and link, with the network's numbers."""

import base64
import re
from itertools import pairwise

import numpy as np
import pytest

from runs.recording import Recording, recorded_run
from tests.browser.server import A_FEW_FRAMES, settle
from tests.browser.test_every_page import CAPTION
from tests.sweeps import sweep

WALL = "document.querySelector('[data-testid=wall]')"
PART = "document.querySelector('.gm').wall"
UNIT = ".gm-unit"
SAYS = ".gm-unit-words"
EXACT = f"{PART}.opened?.facts().exact"
PAPER = """() => {
    const { pixels } = document.querySelector('.gd').pad;
    return btoa(String.fromCharCode(...pixels));
}"""


def the_network():
    """The recording's network, as the page opens on it."""
    run = recorded_run(Recording.STUDY_NOTES)
    return run.net(run.look())


def middle_of(page, place):
    """Where the picture at this place of the wall is, on the page."""
    page.wait_for_function(f"{WALL}?.dataset.moment !== undefined")
    tile = page.evaluate(f"{PART}.shown[{place}]")
    box = page.get_by_test_id("wall").bounding_box()
    return box["x"] + tile["x"] + tile["size"] / 2, box["y"] + tile["y"] + tile["size"] / 2


def said(page):
    """The sentence, once the exact numbers are here."""
    page.wait_for_function(EXACT)
    page.evaluate(A_FEW_FRAMES)
    return page.locator(SAYS).inner_text()


def numbers_of(text):
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+\.\d+", text)]


def check_numbers(page, unit):
    """The picture, the bars and the sentence of the unit, beside the network of the recording."""
    net, text = the_network(), said(page)
    first, second = net.dense
    heat = page.evaluate("document.querySelector('.gm-plot').data[0].z")
    np.testing.assert_array_equal(np.float32(heat).ravel(), first.W[:, unit])
    ends = page.evaluate(
        "(({zmin, zmax}) => [zmin, zmax])(document.querySelector('.gm-plot').data[0])"
    )
    assert ends[0] == -ends[1] < 0
    bars = page.locator(".gm-class").evaluate_all("bars => bars.map((bar) => bar.title)")
    weights = [float(bar.split(": ")[1].replace("−", "-")) for bar in bars]
    np.testing.assert_allclose(weights, second.W[unit], rtol=1e-6)
    image = np.frombuffer(base64.b64decode(page.evaluate(PAPER)), np.uint8) / 255
    z = float(image @ first.W[:, unit].astype(float) + first.b[unit])
    paper, low, high = numbers_of(text.split("Its output for ")[1])[:3]
    assert paper == pytest.approx(1 / (1 + np.exp(-z)), abs=6e-4)
    assert low <= paper <= high or "test digit" not in text
    best, worst = int(weights.index(max(weights))), int(weights.index(min(weights)))
    assert re.search(rf"most for an? {best} ", text)
    assert re.search(rf"most against an? {worst} ", text)


@pytest.fixture(scope="module")
def opened_once(app, stays):
    stays.page.goto(f"{app}/mnist")
    return settle(stays.page)


@pytest.fixture
def page(opened_once, stays):
    """The wall at its end with no unit open: one visit for all who open one."""
    page = opened_once
    page.keyboard.press("Escape")
    page.wait_for_function("!location.search.includes('mnist_unit')")
    page.get_by_label("Moment of training").press("End")
    page.evaluate("document.activeElement.blur()")
    yield page
    stays.had_no_complaint()


def test_a_click_opens_a_unit_with_the_networks_numbers_and_escape_closes_it(page):
    page.mouse.click(*middle_of(page, 11))
    assert page.locator(UNIT).is_visible()
    check_numbers(page, 11)
    page.wait_for_function("location.search.includes('mnist_unit=12')")
    assert page.locator(".gm-unit-title").inner_text() == "What does unit 12 look for?"
    digits = page.locator(".gm-most figcaption").all_inner_texts()
    assert len(digits) == 6
    page.keyboard.press("Escape")
    assert not page.locator(UNIT).is_visible()
    page.wait_for_function("!location.search.includes('mnist_unit')")
    assert page.evaluate(f"document.activeElement === {WALL}")


def test_the_keyboard_chooses_a_unit_opens_it_and_goes_on_to_the_next(app, visit):
    page = visit.page
    page.goto(f"{app}/mnist")
    settle(page)
    columns = page.evaluate(f"{PART}.shown.filter(({{y}}) => y === 0).length")
    page.get_by_test_id("wall").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    check_numbers(page, columns + 1)
    page.get_by_label("The next unit").click()
    page.wait_for_function(f"location.search.includes('mnist_unit={columns + 3}')")
    check_numbers(page, columns + 2)
    page.get_by_label("Close", exact=True).press("Enter")
    assert not page.locator(UNIT).is_visible()


def test_a_link_opens_it_at_another_moment_it_says_that_it_rounds_and_ink_moves_it(app, visit):
    page = visit.page
    page.goto(f"{app}/mnist?mnist_unit=12")
    settle(page)
    check_numbers(page, 11)
    for moment in (0, f"{PART}.wall.steps.length >> 1"):
        page.evaluate(f"({PART}.moment = {moment}, {PART}.paint())")
        text = page.locator(SAYS).inner_text()
        assert "rounded" in text
        W = the_network().dense[0].W[:, 11]
        heat = page.evaluate("document.querySelector('.gm-plot').data[0].z")
        assert not np.array_equal(np.float32(heat).ravel(), W)
    page.evaluate(f"({PART}.moment = {PART}.wall.steps.length - 1, {PART}.paint())")
    before = said(page)
    pad = page.get_by_test_id("pad").bounding_box()
    page.mouse.move(pad["x"] + pad["width"] * 0.5, pad["y"] + pad["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(pad["x"] + pad["width"] * 0.45, pad["y"] + pad["height"] * 0.8, steps=8)
    page.mouse.up()
    page.wait_for_function(f"document.querySelector('{SAYS}').textContent !== {before!r}")
    settle(page)
    check_numbers(page, 11)


@sweep("by", ["mouse", "keyboard", "the next one"], usual=["keyboard"])
def test_space_plays_the_wall_while_a_unit_is_open(page, by):
    if by == "keyboard":
        page.get_by_test_id("wall").focus()
        page.keyboard.press("Enter")
    else:
        page.mouse.click(*middle_of(page, 11))
    if by == "the next one":
        page.get_by_label("The next unit").click()
    page.keyboard.press("Space")
    page.wait_for_function(f"{PART}.timer !== null")
    assert page.locator(UNIT).is_visible()
    page.keyboard.press("Space")
    page.wait_for_function(f"{PART}.timer === null")
    assert page.locator(UNIT).is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(UNIT).is_visible()


@sweep("unit", ["51", "0", "-1", "nan", "1e400", "one"], usual=["51"])
def test_a_link_to_a_unit_that_there_is_not_gets_a_sentence(app, visit, unit):
    page = visit.page
    page.goto(f"{app}/mnist?mnist_unit={unit}")
    settle(page)
    assert "expected from 1 to 50" in page.locator(CAPTION).inner_text()
    assert not page.locator(UNIT).is_visible()


def test_a_finger_opens_it_on_a_phone_and_all_of_it_is_there(app, phone):
    page = phone.page
    page.goto(f"{app}/mnist")
    settle(page)
    page.locator(".gm").scroll_into_view_if_needed()
    page.evaluate(A_FEW_FRAMES)
    page.touchscreen.tap(*middle_of(page, 4))
    check_numbers(page, 4)
    assert page.locator(".gm-unit-close").bounding_box()["height"] >= 44
    boxes = [
        page.locator(f".gm-unit-{part}").bounding_box() for part in ("map", "words", "bars", "seen")
    ]
    for one, below in pairwise(boxes):
        assert one["y"] + one["height"] <= below["y"] + 1
        assert below["x"] + below["width"] <= 390
    bar = page.locator(".gm-bar").bounding_box()
    assert boxes[-1]["y"] + boxes[-1]["height"] <= bar["y"] + 1


@pytest.mark.sweep
def test_of_a_deeper_network_the_menu_chooses_a_layer_and_its_units_open(app, visit):
    page = visit.page
    page.goto(f"{app}/mnist?mnist_layers=2&mnist_hidden=6&mnist_init=he_normal")
    settle(page)
    page.get_by_role("button", name="One batch", exact=True).click()
    page.wait_for_function("document.querySelector('.gm-layer')?.options.length === 2")
    settle(page)
    assert page.evaluate(f"{PART}.wall.inputs") in (64, 784)
    page.get_by_label("Hidden layer", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.search.includes('mnist_wall_layer=2')")
    page.wait_for_function(f"{PART}.wall.layer === 2")
    settle(page)
    assert page.evaluate(f"[{PART}.wall.inputs, {PART}.wall.side]") == [6, 3]
    page.mouse.click(*middle_of(page, 3))
    text = said(page)
    assert page.locator(".gm-unit-title").inner_text() == "What does unit 4 of layer 2 listen to?"
    weights = page.evaluate(f"Array.from({PART}.opened.facts().weights)")
    loudest = int(np.argmax(weights)) + 1
    assert re.match(rf"Units? {loudest} \(", text)
    assert " of layer 1 speak" in text
    shown = page.evaluate("document.querySelector('.gm-plot').data[0].z.flat()")
    np.testing.assert_array_equal([z for z in shown if z is not None], weights)
    assert page.locator(".gm-class").count() == 10  # it is the last layer: the digits come after it
    page.wait_for_function("location.search.includes('mnist_unit=4')")
    page.reload()
    settle(page)
    page.wait_for_function(f"{PART}.opened && {PART}.wall.layer === 2")
