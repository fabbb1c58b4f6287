"""Gradients in a real browser: every view opens, the walk walks, the film plays, numbers agree."""

from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import expect

from figures.words import written
from nn_core import OPTIMIZERS, BinaryCrossEntropy, gradients
from tests.browser.server import A_FEW_FRAMES, offered_link, settle
from tests.sweeps import sweep
from views.gradients import batch_noise, landscape, race, rates, vanishing
from views.gradients.backpropagation import SAMPLES, Settings, numbers

CAPTION = ".st-key-caption"
WALK = "[data-testid=walk][data-steps]"
CHARTS = [view.VIEW.name for view in (vanishing, landscape, race, rates, batch_noise)]


def open_walk(page, address, link=""):
    page.goto(f"{address}/gradients{link}")
    page.wait_for_selector(WALK)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector(CAPTION)
    return page.locator(WALK)


def step_to(page, step):
    page.wait_for_function(f"document.querySelector('{WALK}').dataset.step === '{step}'")


@pytest.mark.sweep
@pytest.mark.parametrize("view", CHARTS)  # on a projector: test_presenting.py
def test_every_chart_opens_without_a_complaint_and_without_scrolling(app, visit, view):
    page = visit.page
    page.goto(f"{app}/gradients?gradients_view={view}")
    settle(page)
    page.wait_for_selector(CAPTION)
    box = page.locator(CAPTION).bounding_box()
    assert box["y"] + box["height"] <= 800


@pytest.mark.sweep
def test_the_surface_opens_without_a_complaint(app, visit):
    visit.page.goto(f"{app}/gradients?gradients_view=landscape&gradients_shown=surface")
    visit.page.wait_for_selector("[data-testid=chart] .gl-container canvas")


def test_the_walk_goes_by_arrow_key_and_button_and_every_number_is_nn_cores(app, visit):
    settings = Settings(layers=2, units=2, activation="tanh")
    one = numbers(settings)
    page = visit.page
    root = open_walk(page, app, "?gradients_step=1&gradients_units=2&gradients_activation=tanh")
    assert root.get_attribute("data-steps") == "11"
    for step in range(1, 9):
        if step % 2:
            page.keyboard.press("ArrowRight")
        else:
            page.locator(".gw-next").click()
        step_to(page, step)
    x, t = np.array([SAMPLES[settings.sample][:2]]), np.array([SAMPLES[settings.sample][2:]])
    named = gradients.forward_backward(one.net, BinaryCrossEntropy(), x, t)
    for j, unit in enumerate(("h₁", "h₂")):
        node = page.locator(f'[data-id="{unit}"]')
        assert float(node.get_attribute("data-value")) == named["a1"][0, j]
        assert float(node.get_attribute("data-gradient")) == named["dz1"][0, j]
        texts = node.locator("text").all_text_contents()
        assert written(named["a1"][0, j]) in " ".join(texts)
        assert f"∂L/∂z {written(named['dz1'][0, j])}" in texts
    link = page.locator('[data-id="h₁→k₂"]')
    assert float(link.get_attribute("data-gradient")) == named["dW2"][0, 1]
    page.keyboard.press("ArrowLeft")
    step_to(page, 7)


def test_a_touched_weight_opens_its_chain_rule_and_factors_lead_to_their_nodes(app, visit):
    page = visit.page
    open_walk(page, app, "?gradients_step=9")
    page.locator('[data-id="x₁→h₁"]').focus()
    page.keyboard.press("Enter")
    note = page.locator(".gw-note")
    assert "finite difference" in note.inner_text()
    one = numbers(Settings())
    assert written(one.numbers["dW1"][0, 0]) in note.inner_text()
    factor = note.locator(".gw-factor").last
    assert factor.get_attribute("data-of") == "h₁"
    factor.hover()
    assert page.locator('[data-id="h₁"].gw-led').count() == 1
    texts = page.locator(".gw-drawing .gw-slope").all_text_contents()  # of what, and in what
    assert any(text.startswith("∂L/∂z ") for text in texts)
    assert not [text for text in texts if text.startswith("∂ ")]


@pytest.mark.sweep
def test_saturated_units_carry_a_lock(app, visit):
    open_walk(visit.page, app, "?gradients_step=2&gradients_sample=600,+−600+→+0")
    assert visit.page.locator('[data-id^="h"] [data-lock]').count() == 3


def step_at(page):
    return int(page.locator(WALK).get_attribute("data-step"))


def test_a_moved_slider_another_view_and_another_page_leave_the_reader_at_their_step(app, visit):
    page = visit.page
    open_walk(page, app, "?gradients_step=1")
    for step in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        step_to(page, step)
    digest = page.locator(WALK).get_attribute("data-walk")
    page.locator('input[type=range][aria-label="Units in each"]').press("ArrowRight")
    page.wait_for_function(f"document.querySelector('{WALK}').dataset.walk !== '{digest}'")
    step_to(page, 3)
    page.get_by_role("radio", name="batch noise").click()
    page.wait_for_url("**gradients_view=batch*noise**")
    page.locator(WALK).wait_for(state="detached")
    page.get_by_role("radio", name="backpropagation").click()
    page.wait_for_selector(WALK)
    step_to(page, 3)
    nav = page.get_by_test_id("stTopNav")
    nav.get_by_role("link", name="Activations").click()
    page.locator(WALK).wait_for(state="detached")
    nav.get_by_role("link", name="Gradients").click()
    page.wait_for_selector(WALK)
    step_to(page, 3)
    page.reload()
    page.wait_for_selector(WALK)
    step_to(page, 0)


def test_the_step_is_a_link_that_opens_right_there(app, visit):
    page = visit.page
    open_walk(page, app, "?gradients_units=2")
    step_to(page, 0)
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    step_to(page, 9)
    page.goto(page.locator(".gw-count").get_attribute("href"))
    page.wait_for_selector(WALK)
    step_to(page, 9)
    page.get_by_role("button", name="Link").click()
    assert "For the step you are at" in page.get_by_test_id("stPopoverBody").inner_text()


WIDTH = """() => [...document.querySelectorAll('[data-id="x₁→h₁"] .gw-line')]
    .map((line) => line.getAttribute('stroke-width'))[0]"""


@pytest.mark.sweep
def test_what_a_later_step_brings_makes_no_line_thinner_now(app, visit):
    widths = set()
    for lr in ("0.01", "1000"):
        open_walk(visit.page, app, f"?gradients_step=1&gradients_drawn_lr={lr}")
        widths.add(visit.page.evaluate(WIDTH))
    assert len(widths) == 1


def test_hidden_answers_are_not_in_the_caption_either(app, visit):
    page = visit.page
    open_walk(page, app, "?gradients_step=5")
    look = f"() => getComputedStyle(document.querySelector('{CAPTION}')).filter"
    assert page.evaluate(look) == "none"
    page.locator(".gw-hide").click()
    assert "blur" in page.evaluate(look)
    page.get_by_role("radio", name="batch noise").click()
    page.locator(WALK).wait_for(state="detached")
    caption = f"document.querySelector('{CAPTION}')"  # between two views there may be none
    page.wait_for_function(f"{caption} && ({look})() === 'none'")


# All words of the drawing as boxes; a box of another thing may not overlap them by more than this.
OVERLAPS = """(most) => {
    const boxes = [...document.querySelectorAll('.gw-drawing text')]
        .filter((text) => text.textContent).map((text) => [text, text.getBoundingClientRect()]);
    const found = [];
    boxes.forEach(([one, a], k) => boxes.slice(k + 1).forEach(([other, b]) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > most && down > most) found.push([one.textContent, other.textContent]);
    }));
    return found;
}"""
CLIPPED = """() => ['.gw-formula', '.gw-sentence'].filter((css) => {
    const part = document.querySelector(css);
    return part.scrollHeight > part.clientHeight + 1; })"""
INSIDE = """() => {
    const bar = document.querySelector('.gw-bar').getBoundingClientRect();
    return [...document.querySelectorAll('.gw-drawing text')]
        .every((text) => text.getBoundingClientRect().bottom <= bar.top + 2); }"""


MODES = [((1280, 720), "&present=true"), ((1280, 800), "")]


@sweep("size, mode", MODES, usual=MODES[:1])
@sweep("layers, units", [(3, 4), (2, 3), (1, 1)], usual=[(3, 4)])
def test_all_words_of_every_step_can_be_read(app, visit, layers, units, size, mode):
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    shape, near = f"gradients_layers={layers}&gradients_units={units}", 0.45 * (24 if mode else 15)
    root = open_walk(page, app, f"?gradients_step=1&{shape}{mode}")
    for step in range(int(root.get_attribute("data-steps"))):
        step_to(page, step)
        page.wait_for_function(INSIDE)  # the drawing takes the room that a step's words leave
        page.wait_for_function(f"({CLIPPED})().length === 0")
        page.wait_for_function(f"(near) => ({OVERLAPS})(near).length === 0", arg=near)
        page.keyboard.press("ArrowRight")


@sweep("height, mode", [(720, "&present=true"), (800, "")], usual=[(720, "&present=true")])
def test_a_card_leaves_the_network_in_sight(app, visit, height, mode):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": height})
    open_walk(page, app, f"?gradients_step=9{mode}")
    page.locator('[data-id="h₂"]').click()
    card = page.locator(".gw-note").bounding_box()
    drawn = page.locator(".gw-place").bounding_box()
    assert card["y"] >= drawn["y"] + drawn["height"]
    assert card["y"] + card["height"] <= height


def test_the_film_of_norms_plays_in_the_browser_alone(app, heard):
    page = heard.page
    page.goto(
        f"{app}/gradients?gradients_view=vanishing&gradients_depth=3&gradients_activation=tanh"
    )
    settle(page)
    norms = "() => [...document.querySelector('[data-testid=chart]')._fullData[2].customdata]"
    before, sent = page.evaluate(norms), len(heard.requests)
    page.locator(".gc-play").click()
    plays_to_its_end(page)
    page.wait_for_function(f"(before) => ({norms})()[0] !== before[0]", arg=before)
    assert len(heard.requests) == sent


MAPS = """() => [...document.querySelectorAll('[data-testid=chart] .heatmaplayer image')]
    .map((image) => image.getBoundingClientRect())
    .filter(({ width, height }) => width > 50 && height > 50).length"""


def test_the_maps_stay_while_the_film_of_one_depth_plays(app, visit):
    page = visit.page
    page.goto(f"{app}/gradients?gradients_view=vanishing&gradients_depth=22")
    settle(page)
    assert page.evaluate(MAPS) == 2
    page.locator(".gc-play").click()
    plays_to_its_end(page)
    page.wait_for_function(f"({MAPS})() === 2")
    lines = page.locator("[data-testid=chart] .scatterlayer .js-line").all()
    panel = page.locator("[data-testid=chart] .bglayer, [data-testid=chart] .draglayer .nsewdrag")
    (inside,) = [b for b in (p.bounding_box() for p in panel.all()) if b and b["x"] > 800]
    for line in lines:  # both curves lie in the panel, from its left to its right
        box = line.bounding_box()
        assert inside["y"] <= box["y"] <= box["y"] + box["height"] <= inside["y"] + inside["height"]
        assert box["width"] > 0.8 * inside["width"]
    assert len(lines) == 2


PLAYER = ".gc-bar:not([hidden])"
DRAWN = """(name) => { const plot = document.querySelector('[data-testid=chart]');
    const trace = plot._fullData.find((trace) => trace.name === name);
    return { x: [...trace.x], y: [...trace.y] }; }"""
# Whether there is paint on the canvas over a chart, near where its first panel has this point.
PAINTED = """([x, y]) => { const plot = document.querySelector('[data-testid=chart]');
    const { xaxis, yaxis } = plot._fullLayout, canvas = document.querySelector('.gc-moving');
    if (canvas.hidden) return false;
    const ratio = canvas.width / plot.offsetWidth;
    const at = [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(y)].map((p) => p * ratio);
    return canvas.getContext('2d').getImageData(at[0] - 1, at[1] - 1, 3, 3).data[3] > 0; }"""


def open_player(page, app, link):
    page.goto(f"{app}/gradients?{link}")
    settle(page)
    page.wait_for_selector(f"{PLAYER}[data-rests=true]")
    return page.locator(PLAYER)


def rest_at(page, step):
    page.wait_for_selector(f"{PLAYER}[data-step='{step}'][data-rests=true]")


def plays_to_its_end(page):
    """From a first moment to the last; what lies between is passed over."""
    player = "document.querySelector('.gc').glassboxPlayer"
    page.wait_for_function(f"{player}.frame > 0")
    page.evaluate(f"{player}.position = Math.max({player}.position, 0.95 * {player}.film.last)")
    rest_at(page, page.evaluate(f"{player}.film.steps.at(-1)"))


@pytest.fixture(scope="module")
def opened_once(app, stays):
    player = open_player(stays.page, app, "gradients_view=landscape")
    assert player.get_attribute("data-step") == "1000"
    return stays.page


@pytest.fixture
def rolling(opened_once, stays):
    """The landscape with the ball at its path's end: one visit for all who only play."""
    opened_once.evaluate("document.activeElement.blur()")
    opened_once.keyboard.press("End")
    rest_at(opened_once, 1000)
    yield opened_once
    stays.had_no_complaint()


def test_the_ball_rolls_along_the_path_and_the_numbers_are_nn_cores(rolling, stays):
    page, one = rolling, landscape.numbers(landscape.Settings())
    sent = len(stays.requests)
    page.keyboard.press("Home")
    rest_at(page, 0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press(".")
    page.keyboard.press(",")
    rest_at(page, 1)
    page.locator(".gc-time").fill("880")
    page.wait_for_selector(f"{PLAYER}[data-step='880']")
    rest_at(page, 880)
    ball, path = page.evaluate(DRAWN, "ball"), page.evaluate(DRAWN, "the path")
    np.testing.assert_allclose([ball["x"][0], ball["y"][0]], one.path.at[880], rtol=1e-5)
    assert len(path["x"]) == 881
    assert len(page.evaluate(DRAWN, "loss of the path")["y"]) == 881
    arrow = page.evaluate(DRAWN, "gradient")
    reach = np.array([np.diff(arrow["x"])[0], np.diff(arrow["y"])[0]])
    np.testing.assert_allclose(reach / np.linalg.norm(reach), one.beside.uphill[880], atol=1e-3)
    told = page.locator(".gc-when").inner_text()
    assert "step 880" in told
    assert f"{one.path.loss[880]:.3g}" in told
    assert len(stays.requests) == sent


def test_it_plays_and_pauses_by_space_and_rolls_where_the_path_is(rolling):
    page, one = rolling, landscape.numbers(landscape.Settings())
    player = page.locator(PLAYER)
    page.keyboard.press("Space")
    page.wait_for_function("() => Number(document.querySelector('.gc-bar').dataset.step) > 0")
    page.keyboard.press("Space")
    step = int(player.get_attribute("data-step"))
    assert 0 < step < 1000
    rest_at(page, step)
    page.evaluate("document.querySelector('.gc').glassboxPlayer.stopAt(950)")
    assert page.evaluate(PAINTED, one.path.at[950].tolist())  # before it rests, on the canvas
    rest_at(page, 950)
    assert not page.evaluate(PAINTED, one.path.at[950].tolist())


def test_a_click_on_the_map_starts_a_training_there_and_it_rolls(app, visit):
    page = visit.page
    open_player(page, app, "gradients_view=landscape&gradients_steps=100")
    at = page.evaluate(
        """() => { const plot = document.querySelector('[data-testid=chart]');
            const { xaxis, yaxis } = plot._fullLayout, edge = plot.getBoundingClientRect();
            const x = xaxis._offset + xaxis.d2p(5), y = yaxis._offset + yaxis.d2p(10);
            return [edge.x + x, edge.y + y]; }"""
    )
    page.mouse.click(*at)
    page.wait_for_url("**gradients_begin=**")
    box = page.get_by_role("textbox", name="Start at")
    expect(box).not_to_have_value("")
    place = [float(word) for word in box.input_value().replace("−", "-").split(",")]
    np.testing.assert_allclose(place, [5, 10], atol=0.1)
    begins = f"(x) => Math.abs(({DRAWN})('the path').x[0] - x) < 1e-3"
    page.wait_for_function(begins, arg=place[0])  # the new path, no longer the one before
    plays_to_its_end(page)  # it rolls by itself
    page.keyboard.press("Home")
    rest_at(page, 0)
    ball = page.evaluate(DRAWN, "ball")
    np.testing.assert_allclose([ball["x"][0], ball["y"][0]], place, atol=1e-4)


def test_where_motion_is_unwelcome_it_opens_on_the_whole_path(app, visit):
    page = visit.page
    page.emulate_media(reduced_motion="reduce")
    open_player(page, app, "gradients_view=landscape&gradients_steps=300")
    page.evaluate("document.querySelector('.gc').glassboxPlayer.rolls = true")
    box = page.get_by_role("textbox", name="Start at")
    box.fill("5, 10")
    box.press("Enter")
    page.wait_for_url("**gradients_begin=**")
    settle(page)
    page.wait_for_function("() => !document.querySelector('.gc').glassboxPlayer.rolls")
    assert page.locator(PLAYER).get_attribute("data-step") == "300"


def test_a_letter_or_a_space_that_is_typed_moves_nothing(rolling):
    page, player = rolling, rolling.locator(PLAYER)
    page.get_by_role("textbox", name="Start at").press("Space")
    page.get_by_role("textbox", name="Start at").press("Home")
    page.evaluate(A_FEW_FRAMES)
    assert player.get_attribute("data-step") == "1000"


@pytest.mark.sweep
def test_a_chart_that_is_moved_while_plotlys_script_comes_is_drawn_all_the_same(app, visit):
    page = visit.page
    held = []
    page.route("**/plotly-*.min.js", lambda route: held.append(route))
    with page.expect_request("**/plotly-*.min.js"):
        page.goto(f"{app}/gradients?gradients_view=vanishing&gradients_depth=3")
    page.wait_for_selector("[data-testid=chart]")
    page.evaluate(
        """() => { window.moved = document.querySelector('[data-testid=chart]');
                   window.home = moved.parentElement; moved.remove(); }"""
    )
    held[0].continue_()
    page.wait_for_function("() => window.Plotly")
    page.evaluate(A_FEW_FRAMES)
    page.evaluate("() => window.home.append(window.moved)")
    page.wait_for_selector("[data-testid=chart] .main-svg")
    settle(page)


@pytest.mark.sweep
def test_the_link_it_offers_opens_the_same_view(app, visit):
    page = visit.page
    page.goto(f"{app}/gradients?gradients_view=landscape&gradients_lr=100")
    settle(page)
    caption = page.locator(CAPTION).inner_text()
    assert "flies out" in caption
    page.goto(offered_link(page, app))
    settle(page)
    assert page.locator(CAPTION).inner_text() == caption


def test_the_film_of_all_depths_is_made_while_the_picture_stands(app, visit):
    page = visit.page
    link = "gradients_view=vanishing&gradients_film=all+depths&gradients_width=2"
    page.goto(f"{app}/gradients?{link}")
    page.wait_for_selector("[data-testid=chart] .main-svg")
    page.wait_for_function(
        """() => document.querySelector('[data-testid=chart]')
                 .glassboxPlayer.film?.tracks.every(({ trace }) => trace < 4)"""
    )
    settle(page)
    assert page.get_by_text("Training 60 networks").count() == 0


def test_after_the_step_all_numbers_are_new_and_none_of_before_stands_while_answers_are_hidden(
    app, visit
):
    page = visit.page
    open_walk(page, app, "?gradients_step=11")
    one = numbers(Settings())
    then, now = one.numbers["a1"][0], one.after["a1"][0]
    for j, unit in enumerate(("h₁", "h₂", "h₃")):
        node = page.locator(f'[data-id="{unit}"]')
        assert float(node.get_attribute("data-value")) == now[j]
        assert node.get_attribute("data-gradient") is None
        node.focus()
        page.keyboard.press("Enter")
        note = page.locator(".gw-note").inner_text()
        assert f"{unit} = {written(now[j])}" in note
        assert f"before it: {written(then[j])}" in note
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Hide the answers").click()
    for unit in ("h₁", "k₂", "ŷ", "L"):
        node = page.locator(f'[data-id="{unit}"]')
        assert node.get_attribute("data-value") == "?"
        assert written(then[0]) not in " ".join(node.locator("text").all_text_contents())


DUE = """() => [...document.querySelectorAll("[class*='st-key-said_']")]
    .filter((place) => getComputedStyle(place.querySelector('p')).visibility === 'visible')
    .map((place) => place.innerText).join('|')"""
# The names at the curves' ends, as drawn: what they say, and their boxes.
NAMES = """() => { const plot = document.querySelector('[data-testid=chart]');
    return Object.fromEntries(plot._fullLayout.annotations.map((a, k) => [a, k])
        .filter(([a]) => a.name === 'end of a curve' && a.visible && a.text).map(([a, k]) => {
            const drawn = plot.querySelector(`.annotation[data-index="${k}"]`);
            const { left, top, right, bottom } = drawn.getBoundingClientRect();
            return [a.text, [left, top, right, bottom]]; })); }"""


LENGTHS = """() => document.querySelector('[data-testid=chart]')._fullData
    .filter((trace) => trace.mode?.includes('lines')).map((trace) => trace.x.length)"""


def test_words_and_names_go_with_the_film_and_a_link_opens_right_there(app, visit):
    page = visit.page
    player = open_player(page, app, "gradients_view=race&gradients_steps=300&at=123")
    assert player.get_attribute("data-step") == "123"
    assert set(page.evaluate(LENGTHS)) == {124}  # all panels are at one step
    assert "Nobody has come below half of" in page.evaluate(DUE)
    page.keyboard.press("Home")
    rest_at(page, 0)
    assert page.evaluate(DUE).startswith("All five stand at one place")
    first = page.evaluate(NAMES)
    page.locator(".gc-time").fill("200")
    rest_at(page, 200)
    middle = page.evaluate(NAMES)
    page.keyboard.press("End")
    rest_at(page, 300)
    assert "lowest first" in page.evaluate(DUE)
    last = page.evaluate(NAMES)
    for name in OPTIMIZERS:
        assert first[name][0] < middle[name][0] < last[name][0]
    for drawn in (first, middle, last):
        heights = sorted((top, bottom) for _, top, _, bottom in drawn.values())
        assert all(one[1] <= other[0] + 4 for one, other in pairwise(heights))
    page.keyboard.press("Home")
    page.keyboard.press("Space")  # while it plays they move with it, too
    page.wait_for_function(f"(left) => ({NAMES})().adam[0] > left + 30", arg=first["adam"][0])
    page.keyboard.press("Space")
    page.locator(".gc-time").fill("77")
    rest_at(page, 77)
    page.goto(page.locator(".gc-now").get_attribute("href"))
    settle(page)
    rest_at(page, 77)


def test_the_words_follow_the_film_of_the_view_that_came_after(app, visit):
    page = visit.page
    open_player(page, app, "gradients_view=race&gradients_steps=300")
    page.keyboard.press("Home")
    rest_at(page, 0)
    page.get_by_role("radio", name="landscape").first.click()
    page.wait_for_url("**gradients_view=landscape**")
    settle(page)
    page.keyboard.press("Home")  # the key is the picture's, though a button was clicked last
    rest_at(page, 0)
    page.wait_for_function(f"({DUE})().includes('Before the first step')")
    page.keyboard.press("End")
    rest_at(page, 300)
    page.wait_for_function(f"({DUE})() && !({DUE})().includes('Before the first step')")


def test_the_race_on_digits_goes_by_the_same_keys(app, visit):
    page = visit.page
    page.goto(f"{app}/gradients?gradients_view=race&gradients_ground=digits")
    settle(page)
    page.wait_for_selector(f"{PLAYER}[data-rests=true]")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(f"{PLAYER}[data-rests=true]")
    assert "After 190 batches, loss" in page.evaluate(DUE)
    assert {"adam", "sgd"} <= page.evaluate(NAMES).keys()  # without how many it reads at the end
