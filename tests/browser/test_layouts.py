"""The layouts as pure functions, over many sizes: nothing outside, nothing on another thing.

They run in Chromium, which knows JavaScript; what they return is judged by what a reader needs.
"""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from runs.recording import recorded_run
from tests.sweeps import sweep
from ui.browser.join import joined
from views.activations import learning
from views.gradients import backpropagation, batch_noise, landscape, race, vanishing
from views.mnist.training.curves import training_curves, training_figure
from views.neuron import one_step

BROWSER = Path(__file__).parents[2] / "ui" / "browser"
SCRIPTS = {name: joined(BROWSER / name / f"{name}.js") for name in ("stage", "walk", "chart")}
SCRIPTS["shades"] = joined(BROWSER / "shared" / "shades.js")
SCRIPTS["wall"] = joined(BROWSER / "wall" / "layout.js")
FAULTS = (Path(__file__).parent / "layouts.js").read_text(encoding="utf-8")
WIDTHS = (288, 320, 358, 480, 608, 704, 812, 992, 1216, 1856)
LETTERS = (13.12, 16, 19.2, 24)  # pixels: a page, a phone's, a narrow and a wide projector
NETWORKS = ([2, 1], [2, 4, 4, 1], [7, 8, 1], [2, *[16] * 6, 1], [1, 1, 1], [2, 4, 3], [2, 8, 8, 10])


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


@pytest.mark.parametrize("opened", [False, True])
def test_six_layers_of_sixteen_fit_a_four_to_three_projector(knowing, opened):
    """1024×768, whose letters have 19.2 pixels: what is shown to a room is not scrolled."""
    asked = {"width": 980, "height": 500, "size": 19.2, "sizes": [2, *[16] * 6, 1], "big": True}
    asked |= {"opened": opened, "spaceOnly": False, "classes": True, "signs": 0, "off": 5}
    assert knowing("stage").evaluate("(asked) => layoutOf(asked).height", asked) <= 500


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


def test_gradients_that_lead_to_one_layer_have_as_many_digits_as_each_other(knowing):
    """Beside each other 0.04038 and 0.0442 look as if one were known better."""
    asked = {"message": walk_of("two layers", False), "step": 7, "size": 14.72, "big": False}
    words = knowing("walk").evaluate("wordsOfLinks", asked | {"width": 1010, "height": 310})
    assert len(words) == 9
    assert len({len(word) for word in words}) == 1


@pytest.mark.parametrize("big", [False, True], ids=["page", "projector"])
def test_names_stand_above_their_panels_and_on_nothing_at_any_size(knowing, big):
    """A recording's chart: no name on another one, none in a panel, and panels that can be read."""
    run = recorded_run()
    figure = training_figure(training_curves(run.look()), big).to_json()
    asked = {"figure": figure, "size": 25 if big else 14, "big": big}
    asked |= {"widths": [288, 330, 402, 440, 700], "heights": [345, 460, 500]}
    assert knowing("chart").evaluate("(asked) => headFaults(asked)", asked)[:5] == []


def test_words_at_a_point_stay_in_the_panel_and_off_a_curve_where_there_is_room(knowing):
    asked = {
        "sides": [[90, 60], [290, 130], [420, 190]],
        "words": {"wide": 80, "high": 18, "size": 14},
    }
    assert knowing("chart").evaluate("(asked) => wordsFaults(asked)", asked)[:5] == []


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


def seen_in_scene(points, scene):
    """Where points (points, 3) stand on the screen, 1 being half the scene's height."""
    ways = [scene[f"{way}axis"]["range"] for way in "xyz"]
    sides, eye, center = (
        np.array([of[way] for way in "xyz"])
        for of in (scene["aspectratio"], scene["camera"]["eye"], scene["camera"]["center"])
    )
    low, high = np.array(ways).T
    placed = ((points - low) / (high - low) - 0.5) * sides - center
    forth = (center - eye) / np.linalg.norm(center - eye)
    right = np.cross(forth, [0, 0, 1])
    right /= np.linalg.norm(right)
    return placed @ np.column_stack([right, np.cross(right, forth)])


@pytest.mark.parametrize("changed", [{}, {"lr": 100.0}, {"plane": "random directions"}])
def test_a_surface_is_as_large_as_fits_and_nothing_on_it_is_cut(knowing, changed):
    shown = landscape.numbers(landscape.Settings(shown="surface", steps=100, **changed))
    figure = landscape.picture(shown)
    ground, _, ball, marks = figure.data[:4]
    heights = np.asarray(ground.z)
    a, b = np.meshgrid(ground.x, ground.y)
    hills = np.column_stack([a.ravel(), b.ravel(), heights.ravel()])
    on_it = np.concatenate([np.column_stack([one.x, one.y, one.z]) for one in (ball, marks)])
    on_it = on_it[np.isfinite(on_it).all(axis=1)]
    layout = json.loads(figure.to_json())["layout"]
    ranges = np.array([layout["scene"][f"{way}axis"]["range"] for way in "xyz"])
    for points in (hills, on_it):  # what is beyond them Plotly does not draw
        assert (points >= ranges[:, 0] - 1e-6).all()
        assert (points <= ranges[:, 1] + 1e-6).all()
    fitted = "([layout, w, h]) => { fitScene(layout, w, h); return layout.scene; }"
    page = knowing("chart")
    for width, height in ((536, 420), (1216, 496), (1224, 440)):
        scene = page.evaluate(fitted, [layout, width, height])
        wide = (width - 8 - 16) * (scene["domain"]["x"][1] - scene["domain"]["x"][0])
        across, up = np.abs(seen_in_scene(hills, scene)).max(axis=0)
        shares = across / (wide / (height - 56 - 52)), up
        assert 0.8 < max(shares) < 1 + 1e-6
        assert min(shares) < 1 + 1e-6


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
    near = page.evaluate("(values) => apart(values, 0.1, 0, 1)", [0.5, 0.5, 0.5])
    assert sum(near) / 3 == pytest.approx(0.5)  # a stack around where they would like to be
    few = page.evaluate("(values) => apart(values, 0.4, 0, 1)", values)
    assert few[:2] == [None, None]
    assert None not in few[2:]


BESIDE = """([point, taken, dots, before]) => {
    const panel = { left: 0, right: 400, top: 0, bottom: 200 };
    const size = { wide: 80, high: 20, away: 10 };
    const side = sideOf(point, size, panel, taken, dots, before);
    return [side, boxOnSide(point, side, size.wide, size.high, size.away)]; }"""


def test_a_name_stands_beside_its_mark_in_the_panel_on_nothing_and_stays_where_it_can(knowing):
    page = knowing("chart")

    def beside(point, taken=(), dots=(), before=None):
        side, box = page.evaluate(BESIDE, [point, list(taken), list(dots), before])
        assert box["right"] - box["left"] == 80
        assert (
            not box["left"] < point[0] < box["right"] or not box["top"] < point[1] < box["bottom"]
        )
        return side, box

    for point in ([0, 0], [400, 0], [0, 200], [400, 200], [200, 100], [5, 100]):
        _, box = beside(point)
        assert box["left"] >= 0
        assert box["top"] >= 0
        assert box["right"] <= 400
        assert box["bottom"] <= 200
    above = {"left": 100, "right": 300, "top": 0, "bottom": 95}
    assert beside([200, 100], [above])[1]["top"] > 95
    path = [[200, y, 1] for y in range(100)]  # it comes from above
    _, box = beside([200, 100], (), path)
    assert not any(box["left"] < x < box["right"] and box["top"] < y < box["bottom"]
                   for x, y, _ in path)  # fmt: skip
    assert beside([200, 100], (), (), [-1, 0])[0] == [-1, 0]


TOGETHER = """([tips, taken]) => {
    const size = { wide: 80, high: 20, away: 10 };
    const panel = { left: 0, right: 130, top: 0, bottom: 200 };
    const costs = tips.map((tip, k) => costsOf(tip, size, panel, taken[k], []));
    const names = tips.map((tip, k) => ({ tip, size, costs: costs[k] }));
    return sidesOf(names).sides.map((side, k) => boxOnSide(tips[k], side, 80, 20, 10)); }"""


def test_a_name_does_not_take_the_only_place_of_another(knowing):
    below = {"left": 0, "right": 130, "top": 105, "bottom": 140}  # no place for the second
    tips = [[45, 100], [85, 100]]
    one, other = knowing("chart").evaluate(TOGETHER, [tips, [[], [below]]])
    assert other["bottom"] <= 90
    assert one["top"] >= 110


NARROW = """(figure) => { const least = leastOf(figure, false).width;
    const turns = narrowBelow(figure, false), big = narrowBelow(figure, true);
    makeNarrow(figure);
    return [least, turns, big, leastOf(figure, false).width, figure]; }"""
NARROWED = {
    "learning": (learning, {}),
    "learning of three": (learning, {"second": "leaky_relu", "third": "softplus"}),
    "vanishing": (vanishing, {}),
    "landscape": (landscape, {"steps": 100}),
    "surface": (landscape, {"steps": 100, "shown": "surface"}),
    "race": (race, {"steps": 100}),
    "batch noise": (batch_noise, {}),
}


@pytest.mark.parametrize("name", NARROWED)
def test_a_chart_of_several_panels_fits_a_phone_and_its_panels_stay_apart(knowing, name):
    view, chosen = NARROWED[name]
    figure = json.loads(view.picture(view.numbers(view.Settings(**chosen))).to_json())
    wide, turns, on_a_projector, least, narrow = knowing("chart").evaluate(NARROW, figure)
    assert turns == wide > 390 - 32  # of a phone, without the page's edges
    assert on_a_projector == 0
    assert least <= 390 - 32
    up = [
        tuple(axis.get("domain", axis)["y"] if "scene" in key else axis.get("domain", [0, 1]))
        for key, axis in narrow["layout"].items()
        if key.startswith(("yaxis", "scene"))
    ]
    assert len(set(up)) == len(up)  # below each other
    for (_, top), (bottom, _) in pairwise(sorted(up)):
        assert bottom - top > 0.05


SHADES = "([paper, ends, share]) => ends.map((end) => shadeOf(rgbOf(paper), rgbOf(end), share))"
SCALE = "([paper, negative, positive]) => signScale(paper, { negative, positive })"


def contrast(one, other):
    """WCAG's contrast of two colours."""
    parts = [np.array(colour) / 255 for colour in (one, other)]
    linear = [np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for c in parts]
    low, high = sorted(float(c @ [0.2126, 0.7152, 0.0722]) for c in linear)
    return (high + 0.05) / (low + 0.05)


def test_a_weight_stands_out_on_a_dark_page_as_on_a_light_one(knowing):
    """The fainter of orange and blue, at every size of weight, by the colours of both themes."""
    page, ends = knowing("shades"), ["#E69F00", "#0072B2"]
    themes = {"#FFFFFF": [255] * 3, "#14191A": [20, 25, 26]}
    for share in (0.05, 0.1, 0.2, 0.3, 0.5, 1.0):
        faint = [
            min(contrast(one, ground) for one in page.evaluate(SHADES, [paper, ends, share]))
            for paper, ground in themes.items()
        ]
        assert faint[1] >= faint[0]
    for paper in themes:
        scale = page.evaluate(SCALE, [paper, *ends])
        assert [at for at, _ in scale] == pytest.approx(np.linspace(0, 1, len(scale)))
        assert scale[0][1] == "rgb(230,159,0)"
        assert scale[-1][1] == "rgb(0,114,178)"


NAMES_AT = """([layout, frame]) => {
    const track = (trace, y) => ({ trace, values: { x: [0, 10, 20], y } });
    const tracks = [track(0, [1, 10, 100]), track(1, [1, 0.1])];
    const film = { steps: [0, 10, 20], last: 2, tracks };
    return namesAt(layout, 400, film, frame); }"""


def test_names_go_with_their_curves_and_say_the_end_at_the_end_alone(knowing):
    page, low, high = knowing("chart"), -3, 3
    name = {"name": "end of a curve", "yref": "y", "xref": "x domain", "x": 1}
    room = {"low": low, "high": high, "curves": [0, 1], "on_the_way": ["up", "down"]}
    layout = {
        "yaxis": {"type": "log"},
        "meta": {"rooms of labels": {"y": room}},
        "annotations": [name | {"text": "up 99%", "y": 2}, name | {"text": "down 1%", "y": -1}],
    }
    ends = page.evaluate(NAMES_AT, [layout, 2])
    assert [(n["text"], n["x"], n["xref"], n["y"]) for n in ends] == [
        ("up 99%", 1, "x domain", 2), ("down 1%", 1, "x domain", -1),
    ]  # fmt: skip
    begun = page.evaluate(NAMES_AT, [layout, 0])
    assert [(n["text"], n["x"], n["xref"]) for n in begun] == [("up", 0, "x"), ("down", 0, "x")]
    assert abs(begun[0]["y"] - begun[1]["y"]) > 0.2  # both curves are at 1, the names apart
    for name in page.evaluate(NAMES_AT, [layout, 1]):
        assert name["y"] == pytest.approx({"up": 1, "down": -1}[name["text"]])
