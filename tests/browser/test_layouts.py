"""The layouts as pure functions, over many sizes: nothing outside, nothing on another thing.

They run in Chromium, which knows JavaScript; what they return is judged by what a reader needs.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.sweeps import sweep
from ui.browser.join import joined
from views.gradients import backpropagation
from views.neuron import one_step

BROWSER = Path(__file__).parents[2] / "ui" / "browser"
SCRIPTS = {name: joined(BROWSER / name / f"{name}.js") for name in ("stage", "walk", "chart")}
SCRIPTS["wall"] = joined(BROWSER / "wall" / "layout.js")
FAULTS = (Path(__file__).parent / "layouts.js").read_text(encoding="utf-8")
WIDTHS = (288, 320, 358, 480, 608, 704, 812, 992, 1216, 1856)
LETTERS = (13.12, 16, 19.2, 24)  # pixels: a page, a phone's, a narrow and a wide projector
NETWORKS = ([2, 1], [2, 4, 4, 1], [7, 8, 1], [2, *[16] * 6, 1], [1, 1, 1])


@pytest.fixture(scope="module")
def empty(browser: Browser) -> Iterator[Page]:
    """An empty page, for scripts."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def knowing(empty: Page):
    """The empty page once it knows a part's script, and nothing else."""

    def knowing(part: str) -> Page:
        empty.goto("about:blank")
        empty.add_script_tag(content=SCRIPTS[part] + FAULTS)
        return empty

    return knowing


@sweep("height", [120, 240, 460, 620, 900], usual=[240, 460])
def test_the_stage_has_a_place_for_everything_at_every_size(knowing, height):
    asked = {"widths": WIDTHS, "heights": [height], "letters": LETTERS, "networks": NETWORKS}
    assert knowing("stage").evaluate("(asked) => stageFaults(asked)", asked)[:5] == []


WALKS = {
    "one neuron": (one_step, {}),
    "too large a step": (one_step, {"lr": 100.0, "weights": "12, -30, 7.25, 0.5"}),
    "two layers": (backpropagation, {}),
    "three layers of four": (backpropagation, {"layers": 3, "units": 4}),
    "small numbers": (backpropagation, {"layers": 3, "units": 3, "sample": "600, −600 → 0"}),
}


def walk_of(name: str, brief: bool) -> dict:
    """What the browser gets of a view's walk."""
    view, chosen = WALKS[name]
    settings = view.VIEW.settings(**chosen)
    return view.picture(view.numbers(settings), brief).message()


@sweep(
    "name, big",
    [(name, big) for name in WALKS for big in (False, True)],
    usual=[("one neuron", True), ("too large a step", True), ("three layers of four", False)],
)
def test_no_word_of_a_walk_lies_on_another_at_any_size(knowing, name, big):
    asked = {"message": walk_of(name, big), "size": 24 if big else 14.72, "big": big}
    asked |= {"widths": [300, 500, 720, 1000, 1250], "heights": [0, 215, 260, 340, 500]}
    assert knowing("walk").evaluate("(asked) => walkFaults(asked)", asked)[:5] == []


@sweep("height", [150, 240, 420, 620, 900], usual=[240, 420])
def test_the_wall_and_an_opened_unit_have_a_place_for_everything(knowing, height):
    asked = {"widths": WIDTHS, "heights": [height], "letters": LETTERS, "counts": [1, 7, 50, 100]}
    assert knowing("wall").evaluate("(asked) => wallFaults(asked)", asked)[:5] == []


LEAST = "([figure, big]) => leastOf(figure, big)"


def test_a_chart_asks_for_the_room_of_its_panels_and_of_what_stands_between(knowing):
    page = knowing("chart")
    one = {"data": [], "layout": {"xaxis": {}, "yaxis": {}}}
    assert page.evaluate(LEAST, [one, False])["width"] <= 320  # it fits a phone
    left, right = {"domain": [0, 0.45]}, {"domain": [0.55, 1]}
    two = {"data": [], "layout": {"xaxis": left, "xaxis2": right}}
    width = page.evaluate(LEAST, [two, False])["width"]
    assert (width - 76) * 0.45 >= 150
    scaled = two | {"data": [{"colorbar": {"x": 0.46}}]}
    assert (page.evaluate(LEAST, [scaled, False])["width"] - 76) * 0.1 >= 130
    below = {"data": [], "layout": {"yaxis": left, "yaxis2": right}}
    assert page.evaluate(LEAST, [below, False])["height"] > 300


def test_a_title_keeps_its_words_and_no_line_is_too_long(knowing):
    page = knowing("chart")
    title = "How large the gradient (the teaching signal) is in each layer"
    for width in (200, 358, 700):
        lines = page.evaluate("([t, w]) => linesOf(t, w, 16)", [title, width])
        assert " ".join(lines) == title
        assert max(map(len, lines)) * 8 <= width


def test_names_stay_in_order_and_apart_or_the_first_ones_go(knowing):
    page, values = knowing("chart"), [0.9, 0.1, 0.12, 0.11, 0.95]
    placed = page.evaluate("(values) => apart(values, 0.1, 0, 1)", values)
    assert sorted(range(5), key=values.__getitem__) == sorted(range(5), key=placed.__getitem__)
    placed.sort()
    assert all(b - a >= 0.1 - 1e-9 for a, b in pairwise(placed))
    assert placed[0] >= 0
    assert placed[-1] <= 1
    few = page.evaluate("(values) => apart(values, 0.4, 0, 1)", values)
    assert few[:2] == [None, None]
    assert None not in few[2:]
