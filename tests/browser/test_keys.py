"""The keys for one step where nothing plays, and menus that say plain words beside names."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.server import close_popover, settle
from tests.sweeps import sweep

CAPTION = ".st-key-caption"
STEPPED = {  # the setting that a view steps through, and its values around the usual one
    "/activations": ("activations_x", ["0.9", None, "1.1", "1.2"], ["-10", "10"]),
    "/activations?activations_view=learning": (
        "activations_depth", ["9", None, "11", "12"], ["1", "50"]
    ),
    "/activations?activations_view=in+and+out": (
        "activations_init", ["normal", None, "glorot_normal", "he_uniform"],
        ["zeros", "lecun_normal"],
    ),
    "/activations?activations_view=softmax": (
        "activations_temperature", ["0.5", None, "2", "5"], ["0.1", "10"]
    ),
    "/gradients?gradients_view=batch+noise": (
        "gradients_batch", ["20", None, "100", "200"], ["1", "200"]
    ),
}  # fmt: skip


def expect_in_link(page, name, value):
    """Wait until the page's link says this of a setting; None is the usual, which it leaves out."""
    wanted = None if value is None else [value]
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get(name) == wanted)


@sweep("link", STEPPED, usual=["/activations?activations_view=in+and+out"])
def test_the_keys_for_one_step_move_what_a_view_is_about(app, visit, link):
    page, (name, (before, usual, after, second), ends) = visit.page, STEPPED[link]
    page.goto(f"{app}{link}{'&' if '?' in link else '?'}present=true")  # its controls are folded
    settle(page)
    for key, value in (("ArrowRight", after), ("PageDown", second), ("PageUp", after),
                       ("ArrowLeft", usual), (",", before), (".", usual)):  # fmt: skip
        page.keyboard.press(key)
        expect_in_link(page, name, value)
    for key, value in zip(("Home", "End"), ends, strict=True):
        page.keyboard.press(key)
        expect_in_link(page, name, value)


def test_no_step_is_lost_to_quick_keys_and_the_slider_goes_along(app, visit):
    page = visit.page
    page.goto(f"{app}/activations")
    settle(page)
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(page.locator(CAPTION)).to_contain_text("At x = 3 ")
    slider = page.locator("input[type=range][aria-label=x]")
    expect(slider).to_have_value("3")
    slider.press("ArrowLeft")  # by hand, and then on by the keys of the page
    expect(page.locator(CAPTION)).to_contain_text("At x = 2.9 ")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(CAPTION)).to_contain_text("At x = 2.8 ")


def test_many_steps_play_by_the_keys_of_a_film(app, visit):
    page = visit.page
    page.goto(f"{app}/neuron?neuron_view=many+steps")
    settle(page)
    bar = page.locator(".gc-bar")
    expect(bar).to_have_attribute("data-step", "1000")
    for key, step in (("PageUp", "999"), ("Home", "0"), ("ArrowRight", "1"), ("End", "1000")):
        page.keyboard.press(key)
        expect(bar).to_have_attribute("data-step", step)
    page.keyboard.press("Home")
    due = page.locator(f"{CAPTION} [data-due=true]")
    expect(due).to_contain_text("Before the first step")
    page.keyboard.press(" ")
    expect(bar).not_to_have_attribute("data-step", "0")
    page.keyboard.press(" ")
    expect(page.locator(".gc-play")).to_contain_text("Play")


def test_a_menu_says_plain_words_and_the_link_the_name(app, visit):
    page = visit.page
    page.goto(f"{app}/activations?activations_view=in+and+out&activations_init=he_normal")
    settle(page)
    menu = page.get_by_role("combobox", name="Starting weights")
    expect(menu).to_have_count(1)  # the one that has the link's spelling is not seen
    expect(menu).to_have_value("sized for ReLU, bell (he_normal)")
    menu.click()
    page.get_by_role("option", name="1 wide (normal)").click()
    expect_in_link(page, "activations_init", "normal")
    expect(page.locator(CAPTION)).to_contain_text("1 wide (normal)")
    page.get_by_role("radio", name="Exploding").click()
    expect(page.locator(CAPTION)).to_contain_text("exploding")
    expect(menu).to_have_value("1 wide (normal)")


@sweep("present", ["", "&present=true"], usual=["&present=true"])
def test_a_folded_menu_of_plain_words_keeps_what_was_chosen(app, visit, present):
    page = visit.page
    page.goto(f"{app}/gradients?gradients_view=vanishing{present}")
    settle(page)
    page.get_by_role("button", name="Controls" if present else "More").click()
    settle(page)
    zeros = page.get_by_role("option", name="all zero (zeros)")
    while not zeros.is_visible():  # a list closes where what it stands in is still being scrolled
        page.get_by_role("combobox", name="Its starting weights").click()
        settle(page)
    zeros.click()
    expect_in_link(page, "gradients_beside_init", "zeros")
    expect(page.locator(CAPTION)).to_contain_text("all zero")
    settle(page)
    close_popover(page)
    for view in ("landscape", "vanishing"):
        page.get_by_role("radio", name=view).click()
        expect_in_link(page, "gradients_view", view)
        settle(page)
    expect_in_link(page, "gradients_beside_init", "zeros")
    expect(page.locator(CAPTION)).to_contain_text("all zero")
