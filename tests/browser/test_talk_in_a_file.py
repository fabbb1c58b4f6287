"""A talk in a file of its own: it is given by keyboard from disk, without a network."""

import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from nn_core import SoftmaxCrossEntropy
from runs.recording import Recording, recorded_run
from runs.shelf import bundled, shelf
from talks.built_in import FIRST, built_in_talk
from talks.reader import read_talk
from talks.talk import Scene, Talk
from tests.browser.conftest import Visit
from tests.browser.server import PATIENCE, new_page
from tests.browser.test_mnist import SEVEN, draw, press, strokes
from tests.browser.test_saved import SMALLEST, STILL_TO_SEE
from tests.browser.test_taken_along import SVG, saved
from ui.offline.file import as_html, making
from ui.offline.link import views_of
from ui.talk import PAGE_NAMES
from views.mnist.training.paper import drawn_on, readers, reading

DIGITS = [str(digit) for digit in range(10)]
MOST = 5_000_000  # bytes of the built-in talk for everybody
SMALL = """
title = "Four scenes"
[[scene]]
link = "/boundaries?boundaries_layers=0&boundaries_epochs=30"
title = "A film"
notes = "Play it."
[[scene]]
link = "/boundaries?boundaries_layers=0&boundaries_epochs=30"
title = "A drawing"
question = { ask = "Where will the line be?", sketch = "boundary" }
[[scene]]
link = "/neuron"
title = "A walk"
question = { ask = "What comes next?", answers = ["This", "That"] }
[[scene]]
link = "/mnist"
title = "A paper"
"""
ON_SCREEN = "document.querySelector('.go').dataset.scene"
FRAME = "Number(document.querySelector('[data-testid=stage]').dataset.frame)"
LAST = "Number(document.querySelector('[data-testid=stage]').dataset.frames) - 1"
DUE = """[...document.querySelectorAll('.go-said > *')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => e.innerText)"""
DRAWN = """[...document.querySelectorAll('.go-part')].length > 0 &&
    [...document.querySelectorAll('.go-part')].every((part) => part.clientHeight > 60
        && part.querySelector('canvas, svg')
        && (!part.querySelector('.gc') || part.querySelector('.gc .main-svg')))"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def written(file, talk, here):
    file.write_text(as_html(talk, list(making(talk, here))), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def small(browser, tmp_path_factory):
    talk = read_talk(SMALL.encode(), PAGE_NAMES)
    return written(tmp_path_factory.mktemp("talk") / "small.html", talk, bundled())


@pytest.fixture(scope="module")
def built_in(browser, tmp_path_factory):
    talk = built_in_talk(FIRST, PAGE_NAMES)
    file = tmp_path_factory.mktemp("talk") / "talk.html"
    return written(file, talk, shelf().digits(PATIENCE))


def opened(browser, file, width, height, **how):
    """A visitor without a network who opens a file, and must see no complaint."""
    with new_page(
        browser, offline=True, viewport={"width": width, "height": height}, **how
    ) as page:
        visit = Visit(page)
        page.goto(file.as_uri())
        yield page
        assert visit.complaints == []
        assert {request.partition(":")[0] for request in visit.requests} <= {"file", "data"}


@pytest.fixture
def page(browser, small):
    yield from opened(browser, small, 1280, 720)


def on(page, number):
    page.wait_for_function(f"{ON_SCREEN} === '{number}'")
    page.wait_for_function(DRAWN)


def test_a_talk_is_given_from_a_file(page):
    on(page, 1)
    assert page.title() == "Four scenes"
    expect(page.locator("h1")).to_have_text("A film")
    assert page.evaluate(FRAME) == 0  # where films begin in a talk
    at_its_beginning = page.evaluate(DUE)
    assert len(at_its_beginning) == 1
    page.keyboard.press("Period")
    page.keyboard.press("Period")
    page.keyboard.press("Comma")
    assert page.evaluate(FRAME) == 1
    page.keyboard.press("Space")
    page.wait_for_function(f"{FRAME} > 1")
    page.evaluate("const { stage } = document.querySelector('.gs'); stage.pauseAt(stage.film.last)")
    (at_the_end,) = page.evaluate(DUE)
    assert at_the_end.startswith("At the end, after 600 steps")
    assert at_the_end not in at_its_beginning
    page.keyboard.press("n")
    expect(page.locator(".go-notes")).to_have_text("Play it.")
    page.keyboard.press("n")
    page.keyboard.press("b")
    expect(page.locator(".gh-black")).to_be_visible()
    page.keyboard.press("b")
    assert page.evaluate(STILL_TO_SEE) <= 0
    assert page.evaluate(SMALLEST) >= 24
    png = saved(page, "PNG")
    assert Image.open(io.BytesIO(png)).text == {
        "Title": "A film",
        "Description": page.evaluate(DUE)[0],
    }

    page.keyboard.press("PageDown")
    expect(page.locator("h1")).to_have_text("Where will the line be?")
    on(page, 2)
    assert page.evaluate(LAST) == 0  # nothing that could be found out
    expect(page.locator(".go-said")).to_contain_text("Draw where the boundary will lie")
    page.wait_for_function("document.activeElement.matches('.gs-canvas')")
    for key in ("Enter", "ArrowRight", "ArrowRight", "Enter", "Enter"):
        page.keyboard.press(key)
    page.get_by_role("button", name="This is my guess").press("Enter")
    expect(page.locator("h1")).to_have_text("A drawing")
    page.wait_for_function(f"{LAST} > 0")
    assert len(page.evaluate("document.querySelector('.gs').stage.guessing.lines")) == 1
    page.reload()  # which asks nobody again
    on(page, 2)
    expect(page.locator(".go-caption")).to_have_text("Your guess is dashed.")

    page.keyboard.press("PageDown")
    expect(page.locator(".gh-asked")).to_have_text("What comes next?")
    page.keyboard.press("1")
    expect(page.locator(".gh-asks")).to_be_hidden()
    expect(page.locator(".go-caption")).to_have_text("Your guess: This.")
    on(page, 3)
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("walk")).to_have_attribute("data-step", "1")
    assert page.evaluate(STILL_TO_SEE) <= 0
    assert page.evaluate(SMALLEST) >= 24
    page.keyboard.press("Shift+ArrowRight")
    on(page, 4)
    expect(page.locator(".gh-next")).to_be_disabled()
    page.reload()
    on(page, 4)
    assert page.evaluate(STILL_TO_SEE) <= 0
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.keyboard.press("t")
    assert page.evaluate(background) != light
    page.keyboard.press("Escape")
    expect(page.locator(".gh-all")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    on(page, 1)


def test_its_paper_reads_as_the_app_does(page):
    on(page, 1)
    page.keyboard.press("End")
    on(page, 4)
    draw(page, SEVEN)
    run = recorded_run(Recording.STUDY_NOTES)
    paper = drawn_on(strokes(page), run.digits)
    read = page.evaluate("document.querySelector('.gd').pad.readers.map((r) => r.probabilities)")
    answers = page.locator(".gd-answer").all_inner_texts()
    for reader, p, answer in zip(readers(run), read, answers, strict=True):
        exact = SoftmaxCrossEntropy().output(reader.net.predict(paper.image[np.newaxis]))[0]
        assert p == pytest.approx(exact, abs=2e-3)
        assert answer.partition(" (")[0] == reading(reader, paper).words.partition(" (")[0]
    assert "7" in answers[0]
    taken = ElementTree.fromstring(saved(page, "SVG", which=2))
    words = ["".join(text.itertext()) for text in taken.iter(f"{SVG}text")]
    assert sorted(word for word in words if word in DIGITS) == sorted(2 * DIGITS)
    assert "Test digit" not in words
    press(page, "Test digit")
    for answer in page.locator(".gd-answer").all():
        expect(answer).to_have_text(re.compile(r"Right\.$"))


FEW = {"epochs": "10", "starts": "10", "each": "1", "side": "2", "steps": "100"}


def little(view):
    """What a link says besides, for a view that would train for long: little."""
    trains = view.settings.page != "mnist"
    return [(view.settings.key(name), few) for name, few in FEW.items()
            if trains and name in view.settings.allowed()]  # fmt: skip


@pytest.mark.sweep
def test_every_view_can_be_a_scene_of_a_file(browser, tmp_path):
    views = [(page, view) for page in PAGE_NAMES[1:] for view in views_of(page).values()]
    scenes = [
        Scene(page, ((f"{page}_view", view.name), *little(view)), f"{page} {view.name}"[:80])
        for page, view in views
    ]
    talk = Talk("Every view", "", tuple(scenes))
    file = written(tmp_path / "every.html", talk, shelf().digits(PATIENCE))
    for page in opened(browser, file, 1280, 720):
        for number, scene in enumerate(scenes, 1):
            on(page, number)
            expect(page.locator("h1")).to_have_text(scene.title)
            assert len(page.evaluate(DUE)) == 1
            assert page.evaluate(SIDEWAYS) <= 0
            page.wait_for_function(f"{STILL_TO_SEE} <= 0")
            page.keyboard.press("Shift+PageDown")


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("width", "height", "theme"),
    [(1280, 720, "dark"), (390, 844, "light")],
)
def test_the_built_in_talk_plays_from_a_file_to_its_end(browser, built_in, width, height, theme):
    assert built_in.stat().st_size <= MOST
    talk = built_in_talk(FIRST, PAGE_NAMES)
    for page in opened(browser, built_in, width, height, color_scheme=theme):
        for number, scene in enumerate(talk.scenes, 1):
            if scene.question:
                asked = "h1" if scene.question.sketch else ".gh-asked"
                expect(page.locator(asked)).to_have_text(scene.question.ask)
                page.keyboard.press("1" if scene.question.answers else "PageDown")
            on(page, number)
            expect(page.locator("h1")).to_have_text(scene.title)
            assert len(page.evaluate(DUE)) == 1
            assert page.locator(".go-missing").inner_text() == ""
            assert page.evaluate(SIDEWAYS) <= 0
            if width > height:
                page.wait_for_function(f"{STILL_TO_SEE} <= 0")
                assert page.evaluate(SMALLEST) >= 24
            page.keyboard.press("Shift+PageDown")
        expect(page.locator(".gh-count")).to_have_text(f"{len(talk.scenes)} of {len(talk.scenes)}")
