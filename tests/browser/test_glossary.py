"""A term of a caption opens what it means: by mouse, by keyboard, by finger, on a projector."""

from playwright.sync_api import expect

from figures.glossary import BY_FORM
from tests.browser.server import settle
from tests.sweeps import sweep

TERM = ".st-key-caption a[href^='#term-']:visible"
PLACE = """() => {
    const { left, top, right, bottom } = document.querySelector('.gp-term').getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.gp-term > *')]
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""


def test_a_term_opens_what_it_means_by_mouse_and_by_keyboard(app, visit):
    page = visit.page
    page.goto(f"{app}/neuron")
    settle(page)
    address = page.url
    term, opened = page.locator(TERM).first, page.get_by_role("dialog")
    words = BY_FORM[term.inner_text().lower()]
    term.click()
    expect(opened).to_contain_text(words.plain)
    expect(opened).to_contain_text(words.precise)
    assert page.evaluate(PLACE)
    page.get_by_role("heading", level=1).click()
    expect(opened).to_have_count(0)

    step = page.get_by_test_id("walk").get_attribute("data-step")
    term.focus()
    page.keyboard.press("Enter")
    expect(opened).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(term).to_be_focused()
    assert page.url == address
    assert page.get_by_test_id("walk").get_attribute("data-step") == step

    page.locator(".gw-dots button").nth(1).click()
    in_walk = page.locator(".gw-sentence a").first
    in_walk.click()
    expect(opened).to_contain_text(BY_FORM[in_walk.inner_text().lower()].plain)


@sweep("name", ["neuron", "gradients", "boundaries", "mnist"], usual=[])
def test_it_can_be_read_on_a_projector(app, visit, name):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app}/{name}?present=true")
    settle(page)
    page.locator(TERM).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(PLACE)
    assert page.evaluate(SMALLEST) >= 24


@sweep("name", ["neuron", "gradients", "boundaries", "mnist"], usual=[])
def test_a_finger_opens_and_closes_it_on_a_phone(app, phone, name):
    page = phone.page
    page.goto(f"{app}/{name}")
    settle(page)
    page.locator(TERM).first.tap()
    close = page.get_by_role("button", name="Close")
    expect(close).to_be_visible()
    assert page.evaluate(PLACE)
    close.tap()
    expect(page.get_by_role("dialog")).to_have_count(0)
