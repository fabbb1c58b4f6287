"""One neuron in a real browser: every figure that the study notes print is read off the page."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.server import A_FEW_FRAMES, close_popover, settle
from tests.sweeps import sweep

WALK = "[data-testid=walk]"
CAPTION = ".st-key-caption"

# Notebook A as it printed (shared/notebooks.md), in the order of the steps that reveal it.
PRINTED = {
    1: {"h": [1.43270697, 0.71316644, 1.90414213, 0.24173127]},
    2: {"y": [0.80732274, 0.67110045, 0.87035962, 0.56014025]},
    3: {"class": [1, 1, 1, 1]},
    4: {"squared": [0.65177001, 0.10817491, 0.01680663, 0.3137571]},
    5: {"dy": [1.61464548, -0.6577991, -0.25928077, 1.1202805]},
    6: {"dh_dy": [0.15555273, 0.22072464, 0.11283376, 0.24638315]},
    7: {"dh": [0.25116252, -0.14519247, -0.02925562, 0.27601824]},
    8: {"gradient": [-0.17444809, 0.13082577, 0.35273266, 0.35273266]},
    9: {"new": [0.47317964, -1.19228395, 1.42917964, -0.00352733]},
}


@pytest.fixture
def neuron(app, visit):
    """Opens the page with a link's parameters and waits for its walk, or its chart."""

    def neuron(link="neuron_step=1", wait=f"{WALK}[data-step]"):
        page = visit.page
        page.goto(f"{app}/neuron?{link}")
        page.wait_for_selector(wait)
        return settle(page)

    return neuron


@pytest.fixture(scope="module")
def opened_once(app, stays):
    stays.page.goto(f"{app}/neuron?neuron_step=1")
    stays.page.wait_for_selector(f"{WALK}[data-step]")
    return settle(stays.page)


@pytest.fixture
def walk(opened_once, stays):
    """The page at its first step: one visit for all who only step and look."""
    page = opened_once
    page.keyboard.press("Escape")
    page.locator(".gw-picks").first.click()
    page.keyboard.press("Home")
    page.wait_for_selector(f"{WALK}[data-step='0']")
    yield page
    stays.had_no_complaint()


def step_of(page):
    return int(page.locator(WALK).get_attribute("data-step"))


def column(page, name):
    """The texts of one column, top to bottom."""
    return page.locator(f"{WALK} td[data-column={name}]").all_inner_texts()


def printed(value):
    """A number as the notebook prints it, eight digits after the point; whole ones without."""
    text = f"{value:.0f}" if value == round(value) else f"{value:.8f}"
    return text.replace("-", "−")


def caption_has(page, words):
    expect(page.locator(CAPTION)).to_contain_text(words)


def has_value(field, text):
    expect(field).to_have_value(text)


def go_to(page, step):
    page.locator(f"{WALK} .gw-dots button").nth(step).click()


def test_the_arrow_keys_walk_through_notebook_a_to_its_printed_digits(walk):
    page = walk
    assert column(page, "value") == [printed(v) for v in (0.47143516, -1.19097569, 1.43270697, 0)]
    for step in range(1, 11):
        for name in PRINTED.get(step, {}):
            assert set(column(page, name)) == {""}, "a number shows before its step"
        page.keyboard.press("ArrowRight")
        assert step_of(page) == step
        for name, numbers in PRINTED.get(step, {}).items():
            assert column(page, name) == [printed(v) for v in numbers]
        if step == 4:
            formula = page.locator(".gw-formula").inner_text()
            assert "E / 4 ≈ 0.27262716 " in formula  # printed as 0.27262716361994604
            assert "= 0.5" in formula
    page.keyboard.press("ArrowLeft")
    assert step_of(page) == 9


def test_it_opens_on_the_first_step_and_begins_anew_after_the_last(neuron):
    page = neuron("")
    assert step_of(page) == 0
    page.keyboard.press("End")
    assert step_of(page) == 10
    for name, numbers in PRINTED.items():
        for column_name, values in numbers.items():
            assert column(page, column_name) == [printed(v) for v in values], name
    page.get_by_role("button", name="Start ▸").click()
    assert step_of(page) == 0
    assert set(column(page, "h")) == {""}
    page.keyboard.press("PageUp")
    assert step_of(page) == 0
    for step in (*range(1, 11), 0):
        page.keyboard.press("PageDown")  # a presenter's clicker
        assert step_of(page) == step
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert step_of(page) == 0


def significant(text):
    """Significant digits of a number as the drawing writes it."""
    return len(text.lstrip("−").replace(".", "").lstrip("0"))


def test_with_other_weights_every_cell_and_every_node_is_the_formula_restated(neuron):
    W, b, lr = np.array([0.7, -2.3, 0.45]), 1.1, 0.1
    page = neuron("neuron_weights=0.7,-2.3,0.45,1.1&neuron_table=OR&neuron_lr=0.1&neuron_step=11")
    x, t = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]]), np.array([0, 1, 1, 1])
    h = x @ W + b
    y = 1 / (1 + np.exp(-h))
    dy, slope = -2 * (t - y), y * (1 - y)
    dW, db = x.T @ (dy * slope), (dy * slope).sum()
    for name, numbers in {
        "h": h,
        "y": y,
        "squared": (t - y) ** 2,
        "dy": dy,
        "dh_dy": slope,
        "dh": dy * slope,
        "gradient": [*dW, db],
        "new": [*(W - lr * dW), b - lr * db],
    }.items():
        shown = [float(text.replace("−", "-")) for text in column(page, name)]
        np.testing.assert_allclose(shown, numbers, rtol=0, atol=5.01e-9)
    assert_drawn(page, h[0], y[0], t[0], after=False)
    new_h = h[0] - lr * (x[0] @ dW + db)
    assert_drawn(page, new_h, 1 / (1 + np.exp(-new_h)), t[0], after=True)


def assert_drawn(page, h, y, t, after):
    """What the nodes say of the followed sample, before the step and with the new weights."""
    go_to(page, 10 if after else 9)
    for name, number in {"h": h, "y": y, "E": (t - y) ** 2}.items():
        texts = page.locator(f"{WALK} [data-id={name}] text").all_text_contents()
        values = [text for text in texts if text.lstrip("−")[0].isdigit()]
        assert len(values) == 1
        assert significant(values[0]) == 4
        assert float(values[0].replace("−", "-")) == pytest.approx(number, rel=5.01e-4)


RUNS = """() => {
    window.runs = 0;
    const app = document.querySelector('[data-testid=stApp]');
    new MutationObserver(() => { window.runs += app.dataset.testScriptState !== 'notRunning'; })
        .observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
}"""


def test_the_end_key_goes_to_the_last_step_though_a_pill_has_the_focus(neuron):
    page = neuron("")
    for name, opens in (("Saturated", 6), ("Too large a step", 0)):
        page.get_by_text(name, exact=True).first.click()
        page.wait_for_selector(f"{WALK}[data-step='{opens}']")
        settle(page)
        page.keyboard.press("End")
        assert step_of(page) == 10


@sweep(
    "link", ["neuron_lr=100", "neuron_lr=100&present=true"], usual=["neuron_lr=100&present=true"]
)
def test_a_tiny_number_stays_within_its_circle_and_is_whole_elsewhere(neuron, link):
    page = neuron(link)
    page.keyboard.press("End")
    for name in ("y", "E"):
        node = page.locator(f"{WALK} [data-id={name}]")
        circle, *_ = (box.bounding_box() for box in node.locator("circle.gw-face").all())
        text = node.locator("text").get_by_text("≈ 0", exact=True).bounding_box()
        assert circle["x"] <= text["x"]
        assert text["x"] + text["width"] <= circle["x"] + circle["width"]
        assert 0 < float(node.get_attribute("data-value")) < 1e-20
    page.locator(f"{WALK} [data-id=y]").click()
    assert "× 10⁻³¹" in page.locator(".gw-note").inner_text()


def test_stepping_asks_nothing_of_the_server(walk):
    page = walk
    page.evaluate(RUNS)
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.locator(f"{WALK} [data-id=h]").click()
    page.locator(".gw-picks").nth(2).click()
    page.evaluate(A_FEW_FRAMES)
    assert page.evaluate("window.runs") == 0


def test_the_buttons_step_too_and_the_same_numbers_are_lit_everywhere(walk):
    page = walk
    page.locator(".gw-next").click()
    assert step_of(page) == 1
    assert "1.43270697" in page.locator(".gw-formula .gw-result").inner_text()
    assert page.locator(".gw-picked td.gw-lit[data-column=h]").inner_text() == "1.43270697"
    node = page.locator(f"{WALK} .gw-lit[data-id=h]")
    assert float(node.get_attribute("data-value")) == pytest.approx(1.43270697, abs=5e-9)
    page.locator(".gw-back").click()
    assert step_of(page) == 0


def test_another_sample_is_followed_by_touching_its_row(walk):
    page = walk
    go_to(page, 7)
    page.locator(".gw-picks").nth(1).click()
    node = page.locator(f"{WALK} [data-id=h]")
    assert float(node.get_attribute("data-gradient")) == pytest.approx(-0.14519247, abs=5e-9)
    assert "−0.14519247" in page.locator(".gw-formula .gw-result").last.inner_text()


def test_every_gradient_says_of_what_and_has_its_finite_difference_beside_it(walk):
    page = walk
    go_to(page, 8)
    texts = page.locator(".gw-drawing .gw-slope").all_text_contents()
    assert {text.split()[0] for text in texts} >= {"∂E/∂y", "∂E/∂h"}
    assert all(text.startswith("∂E/∂") or text.startswith("∂") for text in texts)
    assert column(page, "numerical") == column(page, "gradient")
    for step, value in ((5, 1.61464548), (6, 0.15555273), (7, 0.25116252)):
        go_to(page, step)
        assert "by trying: " in page.locator(".gw-formula").inner_text()
        tried = re.split("[=≈] ", page.locator(".gw-formula").inner_text())[-1]
        assert float(tried) == pytest.approx(value, abs=2e-8)


SAID = {
    "0.25": "Right",
    "0.25116252": "Right",
    "0.251": "Right",
    "0.26": "Nearly",
    "-0.25": "sign",
    "−0.25": "sign",
    "0.5": "Twice",
    "0.126": "factor 2",
    "7": "multiplied",
    "abc": "not a number",
    "1e400": "not a number",
    "": "not a number",
}


def test_ones_own_answer_is_right_nearly_or_told_where_to_look_again(walk):
    page = walk
    go_to(page, 7)
    for typed, said in SAID.items():
        page.locator(".gw-answer").fill(typed)
        page.locator(".gw-judge").click()
        assert said in page.locator(".gw-verdict").inner_text()


def test_answers_can_be_hidden_until_they_are_found(neuron):
    page = neuron("neuron_step=8")
    page.locator(".gw-hide").click()
    assert page.locator(".gw-formula .gw-result").last.inner_text() == "?"
    assert set(column(page, "dh")) == {""}
    page.locator(".gw-answer").fill("0.251")
    page.keyboard.press("Enter")
    assert page.locator(".gw-formula .gw-result").last.inner_text() == "0.25116252"
    assert column(page, "dh")[0] == "0.25116252"


def test_a_touched_node_opens_its_arithmetic_and_a_factor_leads_to_its_source(walk):
    page = walk
    go_to(page, 7)
    page.locator(f"{WALK} [data-id=h]").click()
    note = page.locator(".gw-note")
    assert "1.43270697" in note.inner_text()
    assert "0.25116252" in note.inner_text()
    note.locator("[data-of=slope]").hover()
    assert "gw-led" in page.locator(f"{WALK} [data-id=slope]").get_attribute("class")
    page.keyboard.press("Escape")
    assert note.is_hidden()


@pytest.mark.sweep
def test_a_saturated_neuron_carries_a_lock_and_hardly_any_gradient(neuron):
    page = neuron("neuron_weights=-12,0,6,0&neuron_step=7")
    assert page.locator(f"{WALK} [data-id=y] [data-lock]").count() == 1
    assert "saturated" in page.locator(".gw-sentence").inner_text()
    caption_has(page, "saturated")
    go_to(page, 7)
    gradient = page.locator(f"{WALK} [data-id=h]").get_attribute("data-gradient")
    assert abs(float(gradient)) < 0.005  # of the largest error there is


def test_other_settings_leave_the_reader_at_their_step(neuron):
    page = neuron()
    go_to(page, 9)
    page.locator('input[type=range][aria-label="Learning rate"]').press("ArrowRight")
    page.wait_for_function(
        "() => document.querySelector('.gw-formula').innerText.includes('0.1 ·')"
    )
    assert step_of(page) == 9


def test_many_steps_flip_where_the_notebook_says(neuron):
    page = neuron("neuron_view=many+steps", wait="[data-testid=chart] .main-svg")
    caption_has(page, "14, 341, 574 and 775")
    chart = "document.querySelector('[data-testid=chart]')"
    flips = page.evaluate(f"() => {chart}.data.find((t) => t.name === 'flips').x")
    assert [int(step) for step in (flips if isinstance(flips, list) else json.loads(flips))] == [
        14,
        341,
        574,
        775,
    ]


def test_settings_survive_another_view_another_page_and_a_reload(neuron):
    page = neuron("neuron_lr=1&neuron_table=XOR")
    page.get_by_test_id("stTopNav").get_by_role("link", name="Activations").click()
    page.wait_for_selector("[data-testid=chart] .main-svg")
    page.get_by_test_id("stTopNav").get_by_role("link", name="One neuron").click()
    page.wait_for_selector(f"{WALK}[data-step]")
    page.wait_for_url("**neuron_table=XOR**")
    caption_has(page, "One neuron cannot do this")
    page.reload()
    page.wait_for_selector(f"{WALK}[data-step]")
    caption_has(page, "One neuron cannot do this")


def test_a_link_opens_the_page_at_the_readers_step(neuron):
    page = neuron("neuron_weights=1,2,3")
    go_to(page, 6)
    page.goto(page.locator(".gw-count").get_attribute("href"))
    page.wait_for_selector(f"{WALK}[data-step]")
    assert step_of(page) == 6
    assert column(page, "value") == ["1", "2", "3", "0"]


@pytest.mark.sweep
@pytest.mark.parametrize("view", ["one step", "many steps"])
def test_a_link_from_before_the_table_had_its_name_opens_it(neuron, view):
    wait = f"{WALK}[data-step]" if view == "one step" else "[data-testid=chart] .main-svg"
    page = neuron(f"neuron_table=notebook+A&neuron_lr=0.1&neuron_view={view}", wait)
    table = page.get_by_role("radiogroup", name="Table")
    assert table.get_by_role("radio", name="first input").is_checked()
    assert "The link has" not in page.locator(CAPTION).inner_text()
    assert "notebook" not in page.url
    assert "neuron_lr=0.1" in page.url
    page.reload()
    page.wait_for_selector(wait)
    assert "The link has" not in page.locator(CAPTION).inner_text()
    page.go_back()  # to the link as it was
    page.wait_for_url(lambda url: "notebook" not in url)
    page.wait_for_selector(wait)
    assert "The link has" not in page.locator(CAPTION).inner_text()
    assert table.get_by_role("radio", name="first input").is_checked()


@pytest.mark.sweep
def test_a_link_that_the_page_gives_opens_it_again(neuron):
    page = neuron("neuron_table=OR&neuron_weights=1,2,3&neuron_step=4")
    said = page.locator(CAPTION).inner_text()
    page.get_by_role("button", name="Link").click()
    link = page.locator("[data-testid=stPopoverBody] code").inner_text()
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector(f"{WALK}[data-step]")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    assert page.locator(CAPTION).inner_text() == said
    assert step_of(page) == 3
    assert column(page, "value") == ["1", "2", "3", "0"]


def open_table(page):
    page.get_by_role("button", name="More").click()
    rows = page.get_by_role("textbox", name="Your own samples")
    rows.wait_for()
    return rows


def wait_for_targets(page, targets):
    page.wait_for_function(
        "(t) => t === Array.from("
        "document.querySelectorAll('td[data-column=t]'), (cell) => cell.innerText).join()",
        arg=",".join(targets),
    )


def test_the_table_can_be_edited_is_kept_from_page_to_page_and_put_back(neuron):
    page = neuron()
    rows = open_table(page)
    rows.fill("0 0 1 1\n1 1 1 1")
    rows.press("Control+Enter")
    wait_for_targets(page, "11")
    caption_has(page, "The table is your own")
    close_popover(page)
    nav = page.get_by_test_id("stTopNav")
    nav.get_by_role("link", name="Activations").click()
    page.wait_for_selector("[data-testid=chart] .main-svg")
    nav.get_by_role("link", name="One neuron").click()
    page.wait_for_selector(f"{WALK}[data-step]")
    assert column(page, "t") == ["1", "1"]
    has_value(open_table(page), "0 0 1 1\n1 1 1 1")
    page.get_by_role("button", name="Back to the usual table").click()
    wait_for_targets(page, "0110")


def test_an_emptied_table_is_put_back_where_its_reader_sees_it(neuron):
    page = neuron()
    rows = open_table(page)
    expect(rows).to_have_value(re.compile(r"(.+\n){3}.+"))
    usual = rows.input_value()
    rows.fill("")
    rows.press("Control+Enter")
    caption_has(page, "no row to learn")
    page.get_by_role("button", name="Back to the usual table").click()
    has_value(rows, usual)  # the browser shows a box's new text some frames after the caption's
    expect(page.locator(CAPTION)).not_to_contain_text("no row to learn")
    close_popover(page)
    has_value(open_table(page), usual)


@sweep("delay", [0, 30, 80], usual=[0])
def test_no_key_is_lost_however_fast_a_number_is_typed(neuron, delay):
    page = neuron()
    rows = open_table(page)
    rows.click()
    rows.press("Control+a")
    page.keyboard.type("0 0.25 1 0.5", delay=delay)
    page.locator(CAPTION).click()  # a reader may leave the box without a key
    wait_for_targets(page, ["0.500"])
    assert column(page, "x2") == ["0.250"]


CELLS = [("abc", "is no number"), ("1e400", "lies beyond")]


@pytest.mark.sweep
@pytest.mark.parametrize(("cell", "said"), CELLS)
def test_a_cell_that_is_no_number_is_told_to_its_reader(neuron, cell, said):
    page = neuron()
    rows = open_table(page)
    rows.fill(f"0 {cell} 1 0\n1 1 1 1")
    rows.press("Control+Enter")
    wait_for_targets(page, "1")
    caption_has(page, cell)
    caption_has(page, said)


def test_the_three_answers_are_one_click_away_without_scrolling(walk):
    page = walk
    for question in ("What is a gradient?", "Which way does it point?", "Why does a saturated"):
        button = page.get_by_role("button", name=question)
        box = button.bounding_box()
        assert box["y"] + box["height"] <= 800
        button.click()
        page.locator("[data-testid=stPopoverBody] strong", has_text=question).wait_for()
        close_popover(page)


SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('[data-testid=stMain] *')]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .filter((e) => { const r = e.getBoundingClientRect();
                     return r.width > 1 && r.height > 1 && r.top < innerHeight; })
    .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""
CLIPPED = """() => ['.gw-formula', '.gw-sentence', '.gw-side'].filter((css) => {
    const e = document.querySelector(css); return e.scrollHeight > e.clientHeight + 1; })"""


def test_presenter_mode_shows_every_step_large_and_whole(neuron, visit):
    visit.page.set_viewport_size({"width": 1280, "height": 720})
    page = neuron("present=true&neuron_step=1")
    for step in range(11):
        assert step_of(page) == step
        assert page.evaluate(SMALLEST_TEXT) >= 24
        assert page.evaluate(CLIPPED) == []
        page.keyboard.press("ArrowRight")
    caption = page.locator(CAPTION).bounding_box()
    assert caption["y"] + caption["height"] <= 720


def test_every_step_is_whole_and_nothing_moves_between_steps(walk):
    page = walk
    places = set()
    for _ in range(11):
        assert page.evaluate(CLIPPED) == []
        box = page.locator(".gw-next").bounding_box()
        table = page.locator(".gw-side").bounding_box()
        places.add((box["x"], box["y"], table["x"], table["width"]))
        page.keyboard.press("ArrowRight")
    assert len(places) == 1
    caption = page.locator(CAPTION).bounding_box()
    assert caption["y"] + caption["height"] <= 800
