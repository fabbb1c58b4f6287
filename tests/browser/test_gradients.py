"""Gradients in a real browser: every view opens, the walk walks, the film plays, numbers agree."""

import numpy as np
import pytest

from figures.numbers import written
from nn_core import BinaryCrossEntropy, gradients
from runs.gradients import one_pass
from runs.gradients_config import SAMPLES, VIEWS, DrawnConfig
from tests.browser.server import settle

CAPTION = ".st-key-caption"
WALK = "[data-testid=walk][data-steps]"
CHARTS = [view for view in VIEWS if view != "backpropagation"]


def open_walk(page, address, link=""):
    page.goto(f"{address}/gradients{link}")
    page.wait_for_selector(WALK)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector(CAPTION)
    return page.locator(WALK)


def step_to(page, step):
    page.wait_for_function(f"document.querySelector('{WALK}').dataset.step === '{step}'")


@pytest.mark.parametrize("view", CHARTS)
@pytest.mark.parametrize(("link", "height"), [("", 800), ("&present=true", 720)])
def test_every_chart_opens_without_a_complaint_and_without_scrolling(
    app, visit, view, link, height
):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": height})
    page.goto(f"{app}/gradients?gradients_view={view}{link}")
    settle(page)
    page.wait_for_selector(CAPTION)
    box = page.locator(CAPTION).bounding_box()
    assert box["y"] + box["height"] <= height


def test_the_surface_opens_without_a_complaint(app, visit):
    visit.page.goto(f"{app}/gradients?gradients_view=landscape&gradients_shown=surface")
    visit.page.wait_for_selector("[data-testid=chart] .gl-container canvas")


def test_the_walk_goes_by_arrow_key_and_button_and_every_number_is_nn_cores(app, visit):
    config = DrawnConfig(layers=2, units=2, activation="tanh")
    one = one_pass(config)
    page = visit.page
    root = open_walk(page, app, "?gradients_step=1&gradients_units=2&gradients_activation=tanh")
    assert root.get_attribute("data-steps") == "11"
    for step in range(1, 9):
        if step % 2:
            page.keyboard.press("ArrowRight")
        else:
            page.locator(".gw-next").click()
        step_to(page, step)
    x, t = np.array([SAMPLES[config.sample][:2]]), np.array([SAMPLES[config.sample][2:]])
    numbers = gradients.walk(one.net, BinaryCrossEntropy(), x, t)
    for j, unit in enumerate(("h₁", "h₂")):
        node = page.locator(f'[data-id="{unit}"]')
        assert float(node.get_attribute("data-value")) == numbers["a1"][0, j]
        assert float(node.get_attribute("data-gradient")) == numbers["dz1"][0, j]
        texts = node.locator("text").all_text_contents()
        assert written(numbers["a1"][0, j]) in " ".join(texts)
        assert f"∂ {written(numbers['dz1'][0, j])}" in texts
    link = page.locator('[data-id="h₁→k₂"]')
    assert float(link.get_attribute("data-gradient")) == numbers["dW2"][0, 1]
    page.keyboard.press("ArrowLeft")
    step_to(page, 7)


def test_a_touched_weight_opens_its_chain_rule_and_factors_lead_to_their_nodes(app, visit):
    page = visit.page
    open_walk(page, app, "?gradients_step=9")
    page.locator('[data-id="x₁→h₁"]').focus()
    page.keyboard.press("Enter")
    note = page.locator(".gw-note")
    assert "finite difference" in note.inner_text()
    one = one_pass(DrawnConfig())
    assert written(one.numbers["dW1"][0, 0]) in note.inner_text()
    factor = note.locator(".gw-factor").last
    assert factor.get_attribute("data-of") == "h₁"
    factor.hover()
    assert page.locator('[data-id="h₁"].gw-led').count() == 1


def test_saturated_units_carry_a_lock(app, visit):
    open_walk(visit.page, app, "?gradients_step=2&gradients_sample=600,+−600+→+0")
    assert visit.page.locator('[data-id^="h"] [data-lock]').count() == 3


def test_a_moved_slider_keeps_the_readers_step(app, visit):
    page = visit.page
    open_walk(page, app, "?gradients_step=1")
    for step in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        step_to(page, step)
    digest = page.locator(WALK).get_attribute("data-walk")
    page.locator('input[type=range][aria-label="Units in each"]').press("ArrowRight")
    page.wait_for_function(f"document.querySelector('{WALK}').dataset.walk !== '{digest}'")
    step_to(page, 3)


def test_the_film_of_norms_plays_in_the_browser_alone(app, visit):
    page = visit.page
    page.goto(
        f"{app}/gradients?gradients_view=vanishing&gradients_depth=3&gradients_activation=tanh"
    )
    settle(page)
    norms = "() => [...document.querySelector('[data-testid=chart]')._fullData[2].customdata]"
    before, sent = page.evaluate(norms), len(visit.requests)
    page.locator(".updatemenu-button", has_text="Play").click()
    page.wait_for_function(f"(before) => ({norms})()[0] !== before[0]", arg=before)
    page.wait_for_function(
        "() => document.querySelector('.slider-label')?.textContent.includes('200')"
    )
    assert len(visit.requests) == sent


MAPS = """() => [...document.querySelectorAll('[data-testid=chart] .heatmaplayer image')]
    .filter((image) => image.getBoundingClientRect().width > 50).length"""


def test_the_maps_stay_while_the_film_of_one_depth_plays(app, visit):
    page = visit.page
    page.goto(f"{app}/gradients?gradients_view=vanishing&gradients_depth=22")
    settle(page)
    assert page.evaluate(MAPS) == 2
    page.locator(".updatemenu-button", has_text="Play").click()
    page.wait_for_function(
        "() => document.querySelector('.slider-label')?.textContent.includes('200')"
    )
    assert page.evaluate(MAPS) == 2
    lines = page.locator("[data-testid=chart] .scatterlayer .js-line").all()
    panel = page.locator("[data-testid=chart] .bglayer, [data-testid=chart] .draglayer .nsewdrag")
    (inside,) = [b for b in (p.bounding_box() for p in panel.all()) if b and b["x"] > 800]
    for line in lines:  # both curves lie in the panel, from its left to its right
        box = line.bounding_box()
        assert inside["y"] <= box["y"] <= box["y"] + box["height"] <= inside["y"] + inside["height"]
        assert box["width"] > 0.8 * inside["width"]
    assert len(lines) == 2


def test_a_chart_that_is_moved_while_plotlys_script_comes_is_drawn_all_the_same(app, visit):
    page = visit.page
    held = []
    page.route("**/plotly-*.min.js", lambda route: held.append(route))
    page.goto(f"{app}/gradients?gradients_view=vanishing&gradients_depth=3")
    page.wait_for_selector("[data-testid=chart]")
    page.wait_for_timeout(300)
    page.evaluate(
        """() => { window.moved = document.querySelector('[data-testid=chart]');
                   window.home = moved.parentElement; moved.remove(); }"""
    )
    held[0].continue_()
    page.wait_for_function("() => window.Plotly")
    page.wait_for_timeout(300)
    page.evaluate("() => window.home.append(window.moved)")
    page.wait_for_selector("[data-testid=chart] .main-svg")
    settle(page)


def test_the_link_it_offers_opens_the_same_view(app, visit):
    page = visit.page
    page.goto(f"{app}/gradients?gradients_view=landscape&gradients_lr=100")
    settle(page)
    caption = page.locator(CAPTION).inner_text()
    assert "flies out" in caption
    page.get_by_role("button", name="Link").click()
    link = page.locator("[data-testid=stCode] code").last.inner_text().strip()
    page.goto(link)
    settle(page)
    assert page.locator(CAPTION).inner_text() == caption


def test_the_view_is_chosen_by_a_click_and_in_the_address(app, visit):
    page = visit.page
    open_walk(page, app)
    page.get_by_role("radio", name="batch noise").click()
    page.wait_for_url("**gradients_view=batch*noise**")
    settle(page)
    page.locator(WALK).wait_for(state="detached")


def test_the_film_of_all_depths_is_made_while_the_picture_stands(app, visit):
    page = visit.page
    link = "gradients_view=vanishing&gradients_film=all+depths&gradients_width=2"
    page.goto(f"{app}/gradients?{link}")
    page.wait_for_selector("[data-testid=chart] .main-svg")
    page.wait_for_function(
        """() => document.querySelector('[data-testid=chart]')
                 ._transitionData?._frames[0]?.data.length === 4"""
    )
    settle(page)
    assert page.get_by_text("Training 60 networks").count() == 0
