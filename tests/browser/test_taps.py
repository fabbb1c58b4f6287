"""A finger does what a mouse does in each view that looks into a network, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.server import settle
from tests.browser.test_looks import CAPTION, CELL, TILE, wrong_cell
from tests.browser.test_space import SPACE


@pytest.fixture
def opened(app: str, phone: Visit):
    def opened(view: str) -> Page:
        phone.page.goto(f"{app}/mnist?mnist_view={view}")
        return settle(phone.page)

    return opened


@pytest.mark.sweep
def test_a_cell_of_the_table_of_mistakes(opened):
    page = opened("mistakes")
    truth, guess = wrong_cell(page)
    page.locator(CELL).nth(10 * truth + guess).tap()
    page.wait_for_url(f"**mnist_truth={truth}**")
    expect(page.locator(".ge-heading")).to_contain_text("taken for")


@pytest.mark.sweep
def test_the_few_pixels_of_an_image(opened):
    page = opened("one+image")
    page.locator(".gi-turn").tap()
    page.wait_for_url("**mnist_opens=few+pixels**")
    page.locator(".gi-back").tap()
    expect(page.locator(".gi-turn")).to_be_visible()


def test_a_unit_is_switched_off(opened):
    page = opened("units")
    page.locator(TILE).first.tap()
    page.wait_for_url("**mnist_off=1.**")
    expect(page.locator(f"{TILE}[aria-checked=false]")).to_have_count(1)
    expect(page.locator(CAPTION)).to_contain_text("is off: it answers 0")


@pytest.mark.sweep
def test_a_unit_s_gradient_and_the_next_batch(opened):
    page = opened("gradients")
    page.locator(".gv-tiles figure").first.tap()
    expect(page.locator(".gv-said")).to_have_text(re.compile(r"^Unit \d+: its weights are"))
    page.get_by_role("button", name="The next batch").tap()
    page.wait_for_url("**mnist_looked_batch=2**")


def test_a_point_and_a_class(opened):
    page = opened("space")
    page.locator(".gz-classes button").nth(4).tap()
    expect(page.locator(".gz-classes button").nth(4)).to_have_attribute("aria-pressed", "true")
    canvas = page.locator(".gz-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    x, y = page.evaluate(
        f"(() => {{ const s = {SPACE}, p = s.labels.indexOf(4);"
        "return s.fit(s.now[2 * p], s.now[2 * p + 1]); })()"
    )
    page.touchscreen.tap(box["x"] + x + 1, box["y"] + y + 1)
    page.wait_for_selector("[data-testid=through]")
    expect(page.locator(".gi-is")).to_have_text("It is a 4.")


@pytest.mark.sweep
def test_a_class_that_two_networks_read(opened):
    page = opened("before+and+after")
    page.locator(".gb-table button").nth(4).tap()
    page.wait_for_url("**mnist_truth=4**")
    expect(page.locator(".gb-table button").nth(4)).to_have_attribute("aria-pressed", "true")
