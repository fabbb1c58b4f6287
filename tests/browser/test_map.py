"""The map in a real browser: a cell leads to its film, by mouse, key and finger."""

import re

import pytest

from tests.browser.server import settle

FEW = (
    "boundaries_view=map&boundaries_dataset=four+points&boundaries_layers=1&boundaries_hidden=2"
    "&boundaries_activation=sigmoid&boundaries_init=normal&boundaries_lr=1&boundaries_epochs=100"
    "&boundaries_each=5&boundaries_side=4"
)
CANVAS = "[data-testid=map]"
PART = "document.querySelector('.gk').map"
WHOLE = f"document.querySelector('{CANVAS}')?.dataset.drawn === '80'"


def open_map(page, address, link=""):
    page.goto(f"{address}/boundaries?{FEW}{link}")
    page.wait_for_function(WHOLE)
    settle(page)
    page.locator(CANVAS).scroll_into_view_if_needed()


def middle_of(page, cell):
    """Where the middle of a cell is in the window."""
    box, places = page.locator(CANVAS).bounding_box(), page.evaluate(f"{PART}.places")
    row, column = divmod(cell, places["columns"])
    x = places["left"] + (column + 0.5) * places["width"]
    y = places["top"] + (places["rows"] - row - 0.5) * places["height"]
    return box["x"] + x, box["y"] + y


def chosen(page):
    return page.locator(CANVAS).get_attribute("data-cell")


def opened(page):
    """Learning rate and hidden units of the film that is on the stage now, as its link has them."""
    page.wait_for_selector("[data-testid=stage]")
    settle(page)
    assert "boundaries_view" not in page.url
    return {
        name: found[1] if (found := re.search(f"boundaries_{name}=([^&]+)", page.url)) else None
        for name in ("lr", "hidden")
    }


def test_a_cell_is_chosen_and_opened_by_mouse_and_by_key(app, visit):
    page = visit.page
    open_map(page, app)
    across, up = page.evaluate(f"[{PART}.map.across.values, {PART}.map.up.values]")
    own = across.index("1") + len(across) * up.index("2")
    assert chosen(page) == str(own)
    page.mouse.move(*middle_of(page, 6))
    assert chosen(page) == "6"
    said = page.locator(".gk-said").inner_text()
    assert said.startswith(f"Learning rate {across[2]}, {up[1]} hidden units")
    page.mouse.move(0, 0)
    page.locator(CANVAS).focus()
    page.keyboard.press("ArrowUp")
    assert chosen(page) == str(own + 4)
    page.keyboard.press("Home")
    assert chosen(page) == str(4 * (own // 4 + 1))
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    for key, place in {"End": 15, "PageUp": 14, "Home": 0, "PageDown": 1}.items():
        page.keyboard.press(key)
        assert chosen(page) == str(place), key
    page.locator(CANVAS).focus()
    page.keyboard.press("Enter")
    assert opened(page) == {"lr": across[1], "hidden": up[0]}
    page.get_by_role("radio", name="map").click()
    page.wait_for_function(WHOLE)
    page.mouse.move(0, 0)
    assert chosen(page) == "1"
    across, up = page.evaluate(f"[{PART}.map.across.values, {PART}.map.up.values]")
    page.mouse.click(*middle_of(page, 10))
    assert opened(page) == {"lr": across[2], "hidden": up[2]}


@pytest.mark.sweep
def test_a_finger_chooses_first_and_a_button_opens(app, phone):
    page = phone.page
    page.emulate_media(color_scheme="dark")
    open_map(page, app)
    across, up = page.evaluate(f"[{PART}.map.across.values, {PART}.map.up.values]")
    width = page.evaluate(f"{PART}.canvas.clientWidth")
    places = page.evaluate(f"{PART}.places")
    assert places["left"] + 4 * places["width"] <= width + 1
    assert min(places["width"], places["height"]) >= 40
    page.touchscreen.tap(*middle_of(page, 3))
    page.wait_for_function(f"document.querySelector('{CANVAS}').dataset.cell === '3'")
    button = page.get_by_role("button", name="Open its film")
    assert button.bounding_box()["height"] >= 44
    button.tap()
    assert opened(page) == {"lr": across[3], "hidden": up[0]}


def test_a_stop_in_the_middle_keeps_what_is_there_and_the_same_side_twice_gets_a_sentence(
    app, visit
):
    page = visit.page
    long = "boundaries_view=map&boundaries_epochs=3000&boundaries_across=hidden+units"
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app}/boundaries?{long}&present=true")
    page.wait_for_selector("text=cannot be both across and upward, so upward it is learning rate")
    page.wait_for_function(f"document.querySelector('{CANVAS}')?.dataset.drawn > 0")
    page.get_by_role("button", name="Stop here").click()
    page.get_by_role("button", name="Go on").wait_for()
    page.mouse.move(0, 0)
    drawn = int(page.locator(CANVAS).get_attribute("data-drawn"))
    assert 0 < drawn < int(page.locator(CANVAS).get_attribute("data-of"))
    page.mouse.click(*middle_of(page, 0))
    opened(page)
    page.get_by_role("radio", name="map").click()
    page.wait_for_function(f"document.querySelector('{CANVAS}')?.dataset.drawn >= {drawn}")
