"""A unit of the wall opens where it is: nothing below it moves, and its picture always comes."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.server import A_FEW_FRAMES, settle
from tests.browser.test_opened_unit import PART, WALL, check_numbers, middle_of, said, the_network
from tests.browser.test_unit_words import PLACES, named, ninth
from tests.sweeps import sweep


@sweep("mode", ["", "?present=true"], usual=["?present=true"])
def test_nothing_below_a_unit_moves_when_it_opens_or_another_does(app, visit, mode):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720 if mode else 800})
    page.goto(f"{app}/mnist{mode}")
    settle(page)
    page.wait_for_function(f"{WALL}?.dataset.moment !== undefined")
    places = """() => ['.gm-time', '.st-key-caption', '.gd-answer'].map(
        (css) => document.querySelector(css).getBoundingClientRect().top)"""
    before, W = page.evaluate(places), the_network().dense[0].W
    page.mouse.click(*middle_of(page, 3))
    for unit in range(3, 7):
        page.wait_for_function(f"(unit) => {PART}.opened?.unit === unit", arg=unit)
        words = said(page)
        assert page.evaluate(places) == before
        means = [ninth(W[:, unit].reshape(28, 28), k).mean() for k in range(9)]
        for named_ones, most in zip(named(words), (np.argmax, np.argmin), strict=True):
            assert named_ones[:1] in ([], [PLACES[most(means)]])
        figures = page.locator(".gm-most figure")
        assert figures.count() == 6
        seen = figures.last.bounding_box()
        assert seen["y"] + seen["height"] <= page.locator(".gm-bar").bounding_box()["y"]
        page.get_by_label("The next unit").click()
    page.keyboard.press("Home")
    assert page.evaluate(places) == before
    page.keyboard.press("Escape")
    page.evaluate(A_FEW_FRAMES)
    assert page.evaluate(places) == before


@pytest.mark.sweep
def test_a_unit_and_the_curves_are_drawn_though_plotly_did_not_come_at_first(app, forgiving):
    """A server that has just begun refused its script once: nobody asked again."""
    page, asked = forgiving, []

    def refuse_the_first(route):
        asked.append(route.request.url)
        route.abort() if len(asked) == 1 else route.continue_()

    page.route("**/plotly-*.js", refuse_the_first)
    page.goto(f"{app}/mnist?mnist_unit=12")
    settle(page)
    check_numbers(page, 11)
    assert page.locator(".gm-plot .hm image").count() == 1
    assert len(asked) == 2


def test_an_opened_unit_is_switched_off_and_accuracy_answer_and_the_view_of_units_follow(
    app, visit
):
    page = visit.page
    page.goto(f"{app}/mnist?mnist_unit=12")
    settle(page)
    switch = page.get_by_role("switch", name="This unit")
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()
    caption = page.locator(".st-key-caption")
    expect(caption).to_contain_text("Unit 12 is off: it answers 0 to every image.")
    read = re.search(r"([\d,]+ of [\d,]+) test digits", caption.inner_text())[1]
    expect(page.locator(".gm-unit-words")).to_contain_text(f"It reads {read} test digits right")
    expect(page.locator(".gd-reader").last).to_have_text("Study notes, 1 unit off")
    expect(page).to_have_url(re.compile("mnist_off=1.12"))
    assert page.evaluate(f"[...{PART}.off]") == ["1.12"]
    page.get_by_text("units", exact=True).first.click()
    unit = page.get_by_role("switch", name=re.compile(r"\bUnit 12\."))
    expect(unit).not_to_be_checked()
    expect(page.locator(".st-key-caption")).to_contain_text(read)
