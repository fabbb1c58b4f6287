"""A misread digit is followed from the table of mistakes to its pixels, by keys and by mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.server import settle

CELL = "[data-testid=mistakes] [role=gridcell]"
PRODUCT = re.compile(r"Unit \d+: (−?[\d.]+) × (−?[\d.]+) ≈ ([+−][\d.]+)")
TILE = "[data-testid=units] [role=switch]"
CAPTION = ".st-key-caption"
# What of the column of scores is beyond its edge.
CUT = """() => {
    const frame = document.querySelector('.gi-scores').parentElement;
    const edge = frame.getBoundingClientRect().left + frame.clientWidth;
    return [...frame.querySelectorAll('td, button')].filter((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return range.getBoundingClientRect().right > edge + 0.5;
    }).map((one) => one.textContent);
}"""


def wrong_cell(page):
    """Row and column of a class that is taken for another one."""
    counts = page.evaluate("document.querySelector('.ge').mistakes.shown.counts")
    return next(
        (truth, guess)
        for truth, row in enumerate(counts)
        for guess, count in enumerate(row)
        if count and truth != guess
    )


def test_a_misread_digit_is_followed_from_the_table_to_its_pixels(app, visit):
    page = visit.page
    page.goto(f"{app}/mnist?mnist_view=mistakes")
    page.wait_for_selector(CELL)
    settle(page)
    truth, guess = wrong_cell(page)
    page.locator(f"{CELL}[tabindex='0']").focus()
    for key, times in (("ArrowDown", truth), ("ArrowRight", guess)):
        for _ in range(times):
            page.keyboard.press(key)
    words = page.locator(".ge-said")
    expect(words).to_have_text(re.compile(rf"^{truth} read as {guess}: \d+ of \d+, [\d.]+%\.$"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**mnist_truth={truth}**")
    expect(page.locator(".ge-heading")).to_contain_text("taken for")
    expect(page.locator("[role=gridcell][aria-selected=true]")).to_have_count(1)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"

    page.locator(".ge-images button").first.press("Enter")
    page.wait_for_selector("[data-testid=through]")
    page.wait_for_url("**mnist_image=**")
    settle(page)
    assert "mnist_truth" not in page.url
    assert page.locator(".gi-is").inner_text() in (f"It is a {truth}.", f"It is an {truth}.")
    assert page.evaluate(CUT) == []
    opened = page.locator(".gi-scores tr[aria-selected=true]")
    expect(opened).to_contain_text(str(guess))
    score = page.locator(".gi-total td").nth(5).inner_text()
    assert score == opened.locator("td").nth(2).inner_text()

    unit = page.locator(".gi-rows button").first
    row = page.locator(".gi-rows tbody tr").nth(1)
    its_sum, answer = (row.locator("td").nth(k).inner_text() for k in (2, 3))
    unit.focus()
    product = PRODUCT.fullmatch(page.locator(".gi-said").inner_text())
    assert product is not None
    a, b, adds = (float(text.replace("−", "-")) for text in product.groups())
    assert f"{a * b:.3g}" == f"{adds:.3g}"
    assert max(map(len, product.groups())) <= 9  # and not sixteen digits
    unit.press("Enter")
    page.wait_for_url("**mnist_sum_of=1.**")
    expect(page.locator(".gi-back")).to_be_visible()
    expect(page.locator(".gi-back")).to_be_focused()
    total = page.locator(".gi-total td").nth(5).inner_text()  # with as many digits as its parts
    assert float(total.replace("−", "-")) == pytest.approx(
        float(its_sum.replace("−", "-")), rel=0.01, abs=0.006
    )
    assert page.locator(".gi-rows tbody tr").last.locator("td").nth(5).inner_text() == answer
    page.locator(".gi-products").focus()
    page.keyboard.press("ArrowRight")
    said = page.locator(".gi-said")
    expect(said).to_have_text(re.compile(r"^Row 1, column 2: ink × weight is 0 × .* = 0$"))
    page.keyboard.press("Escape")
    expect(page.locator(".gi-back")).to_be_hidden()

    page.locator(".gi-turn").press("Enter")
    page.wait_for_url("**mnist_opens=few+pixels**")
    expect(page.locator(".gi-back")).to_be_focused()
    enough = re.match(r"(\d+) pixels? (is|are) enough: ", page.locator(".gi-title").inner_text())
    assert enough is not None
    changed = page.evaluate("document.querySelector('.gi').through.shown.turned.pixels")
    assert len(changed) == int(enough.group(1))
    page.locator(".gi-change").focus()
    expect(said).to_have_text(re.compile(rf"^Row {changed[0] // 28 + 1}, column .* becomes [01]$"))
    page.keyboard.press("Escape")
    expect(page.locator(".gi-turn")).to_be_visible()
    expect(page.locator(".gi-rows")).to_be_visible()

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")  # a moment before
    page.wait_for_url("**mnist_moment=**")
    settle(page)
    page.keyboard.press("1")
    page.wait_for_selector("[data-testid=stApp] .gm")
    settle(page)
    assert "mnist_view" not in page.url
    assert "mnist_image" not in page.url


def test_units_are_switched_off_by_keys_and_mouse_and_gradients_are_gone_through(app, visit):
    page = visit.page
    page.goto(f"{app}/mnist?mnist_view=units")
    page.wait_for_selector(TILE)
    settle(page)
    off, caption = page.locator(f"{TILE}[aria-checked=false]"), page.locator(CAPTION)
    page.locator(f"{TILE}[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".gu-said")).to_have_text(re.compile(r"^Unit \d+ is on\. Without it alone"))
    page.keyboard.press("Space")
    page.wait_for_url("**mnist_off=1.**")
    expect(caption).to_contain_text("is off: it answers 0 to every image")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "switch"
    for place in (4, 5):  # the second before the first was answered
        page.locator(TILE).nth(place).click()
    expect(off).to_have_count(3)
    expect(caption).to_contain_text(re.compile(r"Units [\d, ]+ and \d+ are off"))
    expect(off).to_have_count(3)
    page.locator(".gu-first").focus()
    page.keyboard.press("End")
    expect(caption).to_contain_text("50 of 50 units are off")
    page.locator(".gu-table [tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".gu-said")).to_have_text(re.compile(r"^1 read as 0: \d+ of \d+"))
    page.get_by_role("button", name="All on").click()
    expect(caption).to_contain_text("with all its units on")
    page.wait_for_function("!location.href.includes('mnist_off')")
    expect(page.locator(".gn-link")).to_have_text("the first 6 of the list, off")
    page.locator(".gn-link").click()
    expect(caption).to_contain_text("are off: they answer 0 to every image")

    page.get_by_role("radio", name="gradients").click()
    page.wait_for_selector("[data-testid=gradients][data-drawn]")
    settle(page)
    page.wait_for_function("!location.href.includes('mnist_off')")
    page.locator(".gv-tiles").focus()
    page.keyboard.press("ArrowRight")
    unit = page.locator(".gv-tiles figure").nth(1).locator("figcaption").inner_text()
    expect(page.locator(".gv-said")).to_have_text(re.compile(rf"^Unit {unit}: its weights are"))
    page.get_by_role("button", name="The next batch").click()
    page.wait_for_url("**mnist_looked_batch=2**")
    expect(caption).to_contain_text("on test digits 101 to 200 (pictures): the gradient is")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Home")
    page.wait_for_url("**mnist_moment=0**")
    expect(page.locator(".gv-when")).to_have_text("epoch 0")
