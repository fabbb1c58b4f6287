"""The sweep in a real browser: one time for all films, by mouse, key and finger."""

import re

import pytest

from tests.browser.server import settle

LINK = "boundaries_view=sweep&boundaries_epochs=30"
CANVAS = "[data-testid=sweep]"
PART = "document.querySelector('.gx').sweep"
WHOLE = f"document.querySelector('{CANVAS}')?.dataset.drawn === '30'"


def open_sweep(page, address, link=""):
    page.goto(f"{address}/boundaries?{LINK}{link}")
    page.wait_for_function(WHOLE)
    settle(page)
    page.locator(CANVAS).scroll_into_view_if_needed()


def shown(page, name):
    return page.locator(CANVAS).get_attribute(f"data-{name}")


def place_of(page, row, column):
    """Where the middle of a cell is in the window; −1 for where the value of its side is."""
    box, cells = page.locator(CANVAS).bounding_box(), page.evaluate(f"{PART}.places.cells")
    x = cells["left"] / 2 if column < 0 else cells["left"] + (column + 0.5) * cells["width"]
    bottom = cells["top"] + cells["rows"] * cells["height"]
    y = bottom + 8 if row < 0 else bottom - (row + 0.5) * cells["height"]
    return box["x"] + x, box["y"] + y


def test_films_play_together_and_a_row_a_column_a_cell_are_made_large(app, visit):
    page = visit.page
    open_sweep(page, app)
    last = page.evaluate(f"{PART}.last")
    assert shown(page, "frame") == str(last)
    said = page.locator(".gx-said").inner_text()
    assert said.startswith("Learning rate 0.03, 4 hidden units, yours: ")
    page.keyboard.press("Home")
    assert shown(page, "frame") == "0"
    assert page.locator(".gx-when").inner_text() == "step 0"
    for key, frame in {"ArrowRight": 1, "PageDown": 2, ".": 3, "ArrowLeft": 2, ",": 1}.items():
        page.keyboard.press(key)
        assert shown(page, "frame") == str(frame), key
    page.keyboard.press(" ")
    page.wait_for_function(f"Number(document.querySelector('{CANVAS}').dataset.frame) > 5")
    page.keyboard.press(" ")
    assert page.locator(".gx-play").inner_text().endswith("Play")
    page.mouse.click(*place_of(page, 2, -1))
    assert (shown(page, "size"), page.evaluate(f"{PART}.view.films")) == (
        "row",
        list(range(12, 18)),
    )
    page.keyboard.press("Escape")
    page.mouse.click(*place_of(page, -1, 4))
    assert page.evaluate(f"{PART}.view.films") == [4, 10, 16, 22, 28]
    page.get_by_role("button", name="It alone").click()
    assert page.evaluate(f"{PART}.view.films") == [16]
    page.get_by_role("button", name="All", exact=True).click()
    page.mouse.click(*place_of(page, 4, 5))
    assert (shown(page, "chosen"), shown(page, "size")) == ("29", "all")
    page.mouse.click(*place_of(page, 4, 5))
    assert (shown(page, "chosen"), shown(page, "size")) == ("29", "cell")
    page.locator(CANVAS).focus()
    page.keyboard.press("ArrowDown")
    assert shown(page, "chosen") == "28"
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-testid=stage]")
    assert re.search("boundaries_lr=3(&|$)", page.url)
    assert "boundaries_hidden=16" in page.url


@pytest.mark.sweep
def test_a_finger_has_room_and_the_picture_is_in_the_readers_colours(app, phone):
    page = phone.page
    page.emulate_media(color_scheme="dark")
    open_sweep(page, app)
    cells = page.evaluate(f"{PART}.places.cells")
    width = page.evaluate(f"{PART}.canvas.clientWidth")
    assert cells["left"] + cells["columns"] * cells["width"] <= width + 1
    assert min(cells["width"], cells["height"]) >= 40
    page.touchscreen.tap(*place_of(page, 0, 0))
    page.wait_for_function(f"document.querySelector('{CANVAS}').dataset.chosen === '0'")
    for name in ("Its row", "Its column", "It alone", "Open its film", "Play"):
        assert page.get_by_role("button", name=name).bounding_box()["height"] >= 44
    page.get_by_role("button", name="It alone").tap()
    large = page.evaluate(f"{PART}.places.cells.width")
    assert large > 300
    frames = page.evaluate(f"{PART}.reels[0].tiles.length / {PART}.sweep.side ** 2")
    assert frames == page.evaluate(f"{PART}.sweep.steps.length")
