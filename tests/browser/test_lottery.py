"""The lottery in a real browser: tile, curve and bar lead to the film, by mouse, key and finger."""

import re

import pytest

from tests.browser.server import settle

FEW = (
    "boundaries_view=lottery&boundaries_dataset=four+points&boundaries_layers=1"
    "&boundaries_hidden=2&boundaries_activation=sigmoid&boundaries_init=normal&boundaries_lr=1"
    "&boundaries_epochs=1000&boundaries_starts=50"
)
CANVAS = "[data-testid=lottery]"
PART = "document.querySelector('.gt').lottery"
WHOLE = f"document.querySelector('{CANVAS}')?.dataset.drawn === '50'"


def open_lottery(page, address, link=""):
    page.goto(f"{address}/boundaries?{FEW}{link}")
    page.wait_for_function(WHOLE)
    settle(page)
    page.locator(CANVAS).scroll_into_view_if_needed()


def at(page, x, y):
    """Where a place of the canvas is in the window."""
    box = page.locator(CANVAS).bounding_box()
    return box["x"] + x, box["y"] + y


def middle_of_tile(page, start):
    tile = page.evaluate(f"({PART}.drawn.places.tiles[{start}])")
    size = page.evaluate(f"{PART}.drawn.places.size")
    return at(page, tile["x"] + size / 2, tile["y"] + size / 2)


def end_of_curve(page, start):
    """Where a start's curve ends, if no other's ends nearer."""
    curves, level = page.evaluate(
        f"[{PART}.drawn.places.curves, {PART}.heights[({start} + 1) * {PART}.lottery.points - 1]]"
    )
    height = curves["height"] * (1 - level / 65534)
    return at(page, curves["x"] + curves["width"] - 0.5, curves["y"] + height)


def seed_of(page, start):
    return page.evaluate(f"{PART}.lottery.seeds[{start}]")


def opened(page):
    """The seed of the film that is on the stage now."""
    page.wait_for_selector("[data-testid=stage]")
    settle(page)
    found = re.search("boundaries_seed=([0-9]+)", page.url)
    return int(found[1]) if found else 0


def test_a_click_on_a_tile_opens_its_film_and_the_way_back_marks_it(app, visit):
    page = visit.page
    open_lottery(page, app)
    seed = seed_of(page, 13)
    page.mouse.move(*middle_of_tile(page, 13))
    assert page.locator(CANVAS).get_attribute("data-seed") == str(seed)
    assert f"Seed {seed}" in page.locator(".gt-said").inner_text()
    page.mouse.click(*middle_of_tile(page, 13))
    assert opened(page) == seed
    assert "boundaries_view" not in page.url
    page.get_by_role("radio", name="lottery").click()
    page.wait_for_function(WHOLE)
    page.mouse.move(0, 0)
    assert page.locator(CANVAS).get_attribute("data-seed") == str(seed)
    assert f"seed {seed}" in page.locator(".st-key-caption").inner_text()


def test_a_click_on_a_curve_or_a_bar_opens_a_start_of_it(app, visit):
    page = visit.page
    open_lottery(page, app)
    last = page.evaluate(f"{PART}.lottery.seeds.length - 1")
    page.mouse.move(*end_of_curve(page, last))
    shown = int(page.locator(CANVAS).get_attribute("data-seed"))
    seeds, its_bars = page.evaluate(f"[{PART}.lottery.seeds, {PART}.lottery.bars]")
    alike = [seed for seed, bar in zip(seeds, its_bars, strict=True) if bar == its_bars[last]]
    assert shown in alike
    bars = page.evaluate(f"{PART}.drawn.places.bars")
    y = bars["y"] + bars["height"] * (1 - (its_bars[last] + 0.5) / 24)
    page.mouse.move(*at(page, bars["x"] + 2, y))
    assert page.evaluate(f"{PART}.lit.starts.length") == len(alike)
    assert "loss of" in page.locator(".gt-said").inner_text()
    page.mouse.click(*at(page, bars["x"] + 2, y))
    assert opened(page) in alike


def test_arrows_choose_and_enter_opens(app, visit):
    page = visit.page
    open_lottery(page, app)
    page.locator(CANVAS).focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.locator(CANVAS).get_attribute("data-seed") == str(seed_of(page, 1))
    page.keyboard.press("PageDown")
    second = page.evaluate(f"{PART}.lottery.groups[0].count")
    assert page.locator(CANVAS).get_attribute("data-seed") == str(seed_of(page, second))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{PART}.drawn.places.tiles[{PART}.chosen].group") == 1
    page.keyboard.press("End")
    seed = seed_of(page, 49)
    assert page.locator(CANVAS).get_attribute("data-seed") == str(seed)
    page.keyboard.press("Enter")
    assert opened(page) == seed


def test_a_finger_chooses_first_and_a_button_opens(app, phone):
    page = phone.page
    open_lottery(page, app)
    seed = seed_of(page, 3)
    page.touchscreen.tap(*middle_of_tile(page, 3))
    page.wait_for_function(f"document.querySelector('{CANVAS}').dataset.seed === '{seed}'")
    button = page.get_by_role("button", name="Open its film")
    assert button.bounding_box()["height"] >= 44
    button.tap()
    assert opened(page) == seed


SIZES = [((1280, 800), ""), ((1280, 720), "&present=true"), ((390, 844), "")]


@pytest.mark.sweep
@pytest.mark.parametrize(("size", "link"), SIZES)
def test_no_tile_lies_outside_and_no_tile_on_a_heading(app, visit, size, link):
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_lottery(page, app, link)
    places = page.evaluate(f"{PART}.drawn.places")
    box = page.evaluate(f"[{PART}.canvas.clientWidth, {PART}.canvas.clientHeight]")
    for tile in places["tiles"]:
        assert tile["x"] + places["size"] <= box[0] + 1
        assert tile["y"] + places["size"] <= box[1] + 1
        for head in places["heads"]:
            above, below = head["y"] - places["em"], head["y"]
            assert tile["y"] >= below - 1 or tile["y"] + places["size"] <= above + 1
    assert places["curves"]["x"] + places["curves"]["width"] < places["bars"]["x"]


@pytest.mark.sweep
def test_a_link_out_of_bounds_gets_a_sentence(app, visit):
    page, wrong = visit.page, "boundaries_seed=400&boundaries_starts=7"
    page.goto(f"{app}/boundaries?boundaries_view=lottery&boundaries_epochs=10&{wrong}")
    page.wait_for_selector(CANVAS)
    page.wait_for_selector("text=expected a whole number from 0 to 399, so it is 0")
    page.wait_for_selector("text=expected one of 1, 10, 25, 50, 100, 200, 400, so it is 400")


def test_a_stop_in_the_middle_keeps_what_is_there_and_another_start_is_in_the_same_lottery(
    app, visit
):
    page = visit.page
    long = "boundaries_view=lottery&boundaries_epochs=3000&boundaries_hidden=7"
    page.goto(f"{app}/boundaries?{long}")
    page.wait_for_function(f"document.querySelector('{CANVAS}')?.dataset.drawn > 0")
    page.get_by_role("button", name="Stop here").click()
    page.get_by_role("button", name="Go on").wait_for()
    page.mouse.move(0, 0)
    drawn = int(page.locator(CANVAS).get_attribute("data-drawn"))
    assert 0 < drawn < 400
    page.mouse.click(*middle_of_tile(page, drawn - 1))
    seed = opened(page)
    page.get_by_role("radio", name="lottery").click()
    page.wait_for_function(f"document.querySelector('{CANVAS}')?.dataset.drawn >= {drawn}")
    page.wait_for_function(f"{PART}.lottery.seeds[{PART}.lottery.own] === {seed}")


def test_the_keys_of_every_page_choose_a_start_wherever_the_reader_is(app, visit):
    page = visit.page
    open_lottery(page, app)
    page.evaluate("document.activeElement.blur()")
    for key, place in {"End": 49, "PageUp": 48, "Home": 0, "PageDown": 1}.items():
        page.keyboard.press(key)
        assert page.locator(CANVAS).get_attribute("data-seed") == str(seed_of(page, place)), key


def test_what_there_is_to_wait_for_lies_on_nothing_on_a_projector(app, visit):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app}/boundaries?boundaries_view=lottery&boundaries_lr=0.03&present=true")
    page.wait_for_function(
        """() => { const box = (css) => document.querySelector(css)?.getBoundingClientRect();
            const waiting = box('.st-key-work_stop'), caption = box('.st-key-caption');
            return waiting && caption && caption.bottom <= waiting.top
                && waiting.bottom <= 720; }"""
    )
    page.get_by_role("button", name="Stop here").click()
