"""Gradients under AppTest: every view opens, shows nn_core's numbers, and takes any input."""

import itertools
import json

import numpy as np
import pytest

from nn_core import ACTIVATIONS, INITIALIZERS, BinaryCrossEntropy, layer_norms, mlp
from recipes.clouds import cloud_points
from tests.charts import figure_on, trace_on
from tests.sweeps import sweep

CHARTS = {
    "vanishing": "gradients_vanishing",
    "landscape": "gradients_contours",
    "race": "gradients_race",
    "learning rates": "gradients_rates",
    "batch noise": "gradients_batches",
}


VIEWS = ["backpropagation", *CHARTS]


def components(page):
    """The pictures: every page has a part of its own, and most suggest what to try."""
    others = {"page", "address", "addview", "film_said"}
    others |= {"along_gradients_batch", "gradients_try_this"}
    return {part.key for part in page.get("bidi_component")} - others


def walk_on(page):
    (walk,) = (c for c in page.get("bidi_component") if c.key == "gradients_walk")
    return json.loads(walk.proto.json)["walk"]


def caption(page):
    return " ".join(line.value for line in page.markdown)


def test_the_page_opens_on_the_drawing_alone(open_page):
    page = open_page("gradients")
    assert components(page) == {"gradients_walk"}
    assert "The answer is **0.373** where 1 is right" in caption(page)


@pytest.mark.parametrize("view", CHARTS)
def test_a_view_in_the_link_is_the_only_one_computed(open_page, view):
    page = open_page("gradients", gradients_view=view)
    assert components(page) == {CHARTS[view]}
    figure = figure_on(page, CHARTS[view])
    assert figure["layout"]["title"]["text"]


def test_all_views_are_offered(open_page):
    page = open_page("gradients")
    assert page.segmented_control(key="gradients_view").options == VIEWS
    for view in VIEWS:
        page.segmented_control(key="gradients_view").set_value(view).run()
        assert not page.exception
        assert len(components(page)) == 1


def test_settings_of_a_view_survive_a_visit_to_another(open_page):
    page = open_page("gradients", gradients_view="vanishing", gradients_depth="7")
    page.segmented_control(key="gradients_view").set_value("learning rates").run()
    page.segmented_control(key="gradients_view").set_value("vanishing").run()
    assert page.slider(key="gradients_depth").value == 7


def test_the_walks_numbers_are_the_networks(open_page):
    page = open_page("gradients", gradients_layers="1", gradients_activation="tanh")
    x, t = np.array([[0.5, 0.1]]), np.array([[1.0]])
    net, loss = mlp([2, 3, 1], "tanh", "normal", 0), BinaryCrossEntropy()
    trace = net.forward(x)
    net.backward(trace, loss.grad(trace[-1], t))
    (steps,) = walk_on(page)["samples"]
    gradients, values = {}, {}
    for step in steps[:-2]:
        gradients |= step["gradients"]
        values |= step["values"]
    assert [values[f"h{j}"] for j in "₁₂₃"] == pytest.approx(trace[2][0].tolist())
    assert [gradients[f"h{j}"] for j in "₁₂₃"] == pytest.approx(net.dense[0].db.tolist())
    assert gradients["x₂→h₃"] == pytest.approx(net.dense[0].dW[1, 2])
    assert values["L"] == pytest.approx(loss.value(trace[-1], t))


def test_the_depth_map_is_real_backward_passes(open_page):
    page = open_page(
        "gradients", gradients_view="vanishing", gradients_depth="5", gradients_width="8"
    )
    x, t = cloud_points(64)
    net, loss = mlp([2, *[8] * 5, 1], "sigmoid", "glorot_uniform", 0), BinaryCrossEntropy()
    trace = net.forward(x)
    net.backward(trace, loss.grad(trace[-1], t))
    norms = layer_norms(net)
    shown = trace_on(page, "gradients_vanishing", "sigmoid, for tanh, even")
    np.testing.assert_allclose(shown["customdata"][4, :6], norms)
    ratio = float(f"{norms[-1] / norms[0]:.2g}")
    assert 100 <= ratio < 1e6
    assert f"hears **one part in {ratio:,.0f}** of what the last one hears" in caption(page)


def test_the_film_can_be_of_all_depths(open_page):
    link = {"gradients_film": "all depths", "gradients_width": "4", "gradients_depth": "5"}
    page = open_page("gradients", gradients_view="vanishing", **link)
    film = figure_on(page, "gradients_vanishing")["layout"]["meta"]["film"]
    assert {track["trace"] for track in film["moving"]} == {0, 1, 2, 3}
    assert film["steps"][-1] == 94
    for track in film["moving"]:
        (moments,) = track["rows"].values()
        assert len(moments) == len(film["steps"])


@sweep("shown", ["contours", "surface"], usual=["contours"])
@sweep("plane", ["three points", "random directions"], usual=["three points"])
def test_the_landscape_is_60_by_60_either_way(open_page, shown, plane):
    link = {"gradients_view": "landscape", "gradients_shown": shown, "gradients_plane": plane}
    page = open_page("gradients", **link)
    assert np.shape(trace_on(page, f"gradients_{shown}", "landscape")["z"]) == (60, 60)
    if "The map misleads here" not in caption(page):
        assert "2 of this network's 9 directions" in caption(page)


@pytest.mark.parametrize(
    ("lr", "word"), [("0.0001", "crawls"), ("3", "glides"), ("100", "flies out")]
)
def test_the_learning_rate_makes_it_crawl_glide_or_fly_out(open_page, lr, word):
    page = open_page("gradients", gradients_view="landscape", gradients_lr=lr)
    assert f"it *{word}*" in caption(page)


def test_the_race_on_digits_without_mnist_runs_on_the_bundled_ones(open_page, bundled):
    page = open_page("gradients", gradients_view="race", gradients_ground="digits")
    names = [trace["name"] for trace in figure_on(page, "gradients_digit_race")["data"][:5]]
    assert names == ["sgd", "momentum", "nesterov", "rmsprop", "adam"]
    assert "The same 200 batches of " in caption(page)


def test_settings_that_change_nothing_on_digits_are_not_shown_there(open_page, bundled):
    keys = {"gradients_plane", "gradients_hidden", "gradients_steps"}
    page = open_page("gradients", gradients_view="race")

    def shown():
        widgets = [*page.segmented_control, *page.slider, *page.select_slider]
        return keys & {widget.key for widget in widgets}

    assert shown() == keys
    page.segmented_control(key="gradients_ground").set_value("digits").run()
    assert shown() == set()


# Every activation and every initialiser once: all 77 pairs were swept by hand, and take minutes.
PAIRS = list(zip(ACTIVATIONS, itertools.cycle(INITIALIZERS), strict=False))


@sweep("activation, init", PAIRS, usual=[*PAIRS[:2]])
def test_depth_30_with_everything_is_a_picture_and_a_sentence(open_page, activation, init):
    link = {"gradients_activation": activation, "gradients_init": init, "gradients_width": "4"}
    page = open_page("gradients", gradients_view="vanishing", gradients_depth="30", **link)
    assert "with 30 hidden layers of" in caption(page)


@pytest.mark.parametrize(
    "link",
    [
        {"gradients_drawn_lr": "1000000000"},
        {"gradients_sample": "600, −600 → 0"},
        {"gradients_start": "zeros"},
        {"gradients_start": "notebook_c"},
        {"gradients_view": "vanishing", "gradients_deep_lr": "1000000000"},
        {"gradients_view": "vanishing", "gradients_init": "zeros"},
        {"gradients_view": "landscape", "gradients_lr": "1000000000"},
        {"gradients_view": "race", "gradients_race_lr": "1000000000"},
        {"gradients_view": "race", "gradients_adaptive_lr": "1000000000"},
        {"gradients_view": "learning rates", "gradients_rate": "1000000000"},
        {"gradients_view": "batch noise", "gradients_activation": "step"},
    ],
    ids=str,
)
def test_the_worst_input_is_a_picture_and_a_sentence(open_page, link):
    page = open_page("gradients", **link)
    assert len(components(page)) == 1
    assert len(caption(page)) > 50
    assert "nan" not in caption(page)


def test_a_link_with_garbage_opens_on_the_default_and_says_so(open_page):
    page = open_page(
        "gradients", gradients_view="vanishing", gradients_depth="99", gradients_init="abc"
    )
    assert page.slider(key="gradients_depth").value == 20
    assert "The link has “99” for hidden layers" in caption(page)
    assert "The link has “abc” for starting weights" in caption(page)


def test_an_unknown_view_opens_the_first(open_page):
    page = open_page("gradients", gradients_view="nonsense")
    assert components(page) == {"gradients_walk"}
    assert f"The link has “nonsense” for watch: expected one of {', '.join(VIEWS)}" in caption(page)


def test_an_old_link_to_the_study_notes_start_still_opens_it(open_page):
    link = {"gradients_layers": "1", "gradients_units": "2", "gradients_start": "notebook_c"}
    page = open_page("gradients", **link)
    assert "The answer is **0.679** where 1 is right" in caption(page)
    assert page.selectbox(key="gradients_start").value == "study notes"
    assert "The link has" not in caption(page)


def test_the_study_notes_start_where_it_does_not_fit_is_replaced_with_a_sentence(open_page):
    page = open_page("gradients", gradients_start="study notes")
    assert "The study notes' start is for one hidden layer of two units; here" in caption(page)


@pytest.mark.parametrize(("layers", "steps"), [("1", 9), ("2", 11), ("3", 13)])
def test_the_choice_of_a_step_has_exactly_the_walks_steps(open_page, layers, steps):
    page = open_page("gradients", gradients_layers=layers)
    slider = page.slider(key="gradients_step")
    assert (slider.min, slider.max, slider.value) == (1, steps, 1)
    assert len(walk_on(page)["samples"][0]) == steps


def test_a_step_that_a_smaller_network_has_not_becomes_its_last(open_page):
    page = open_page("gradients", gradients_layers="3", gradients_step="13")
    page.slider(key="gradients_layers").set_value(1).run()
    assert page.slider(key="gradients_step").value == 9
    page.slider(key="gradients_layers").set_value(2).run()
    assert page.slider(key="gradients_step").value == 9


def chart_on(page, key):
    (chart,) = (c for c in page.get("bidi_component") if c.key == key)
    return json.loads(chart.proto.json)


@pytest.mark.parametrize("view", ["vanishing", "landscape", "race", "learning rates"])
def test_a_link_to_a_moment_goes_to_the_chart_that_plays_and_its_words_go_with_it(open_page, view):
    page = open_page("gradients", gradients_view=view, at="49")
    data = chart_on(page, CHARTS[view])
    assert data["at"] == "49"
    assert data["key"] == CHARTS[view]
    assert "for the moment" not in caption(page)
    film = json.loads(data["figure"])["layout"]["meta"]["film"]
    assert {part.key for part in page.get("bidi_component")} >= {"film_said"}
    said = [one["since"] for one in data["said"]]
    assert said == sorted(set(said))
    assert said[0] == 0
    assert len(said) > 2
    assert film["opens"] in (0, -1)


@pytest.mark.parametrize("at", ["soon", "-3", "49~u1.2"])
def test_a_moment_that_is_none_is_said_and_a_chart_that_stands_still_has_none(open_page, at):
    page = open_page("gradients", gradients_view="race", at=at)
    assert chart_on(page, CHARTS["race"])["at"] == ""
    assert "for the moment: expected a step of the film, such as 49" in caption(page)
    page = open_page("gradients", gradients_view="batch noise", at=at)
    assert "for the moment" not in caption(page)
