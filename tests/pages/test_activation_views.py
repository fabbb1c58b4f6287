import numpy as np
import pytest
from scipy import special

from nn_core import ACTIVATIONS, INITIALIZERS
from tests.charts import figure_on, trace_on
from tests.sweeps import sweep
from tests.words import paragraphs_on
from views.activations import curve, in_and_out, learning

CHART = "activations_curve"


def test_three_functions_at_once_each_with_its_numbers(open_page):
    page = open_page(
        "activations",
        activations_function="relu",
        activations_second="sigmoid",
        activations_third="tanh",
        activations_x="0.5",
    )
    assert "relu gives **0.5** with slope **1**" in page.markdown[0].value
    for name, value in (("sigmoid", special.expit(0.5)), ("tanh", np.tanh(0.5))):
        assert trace_on(page, CHART, f"probe f of {name}")["y"][0] == pytest.approx(value)
    lines = paragraphs_on(page)
    assert f"$$f(0.5) = {special.expit(0.5):.8f}$$" in lines
    assert f"$$f'(0.5) = {1 - np.tanh(0.5) ** 2:.8f}$$" in lines


def test_the_same_function_twice_is_shown_once(open_page):
    page = open_page("activations", activations_second="sigmoid", activations_third="sigmoid")
    assert len(figure_on(page, CHART)["data"]) == 5


def test_leaky_slope_and_alpha_move_the_curve_and_the_formula(open_page):
    page = open_page("activations", activations_function="leaky_relu", activations_x="-2.0")
    page.slider(key="activations_slope").set_value(0.25).run()
    assert trace_on(page, CHART, "probe f")["y"][0] == pytest.approx(-0.5)
    assert any("0.25" in line and "text{ if }" in line for line in paragraphs_on(page))
    page = open_page("activations", activations_function="elu", activations_x="-2.0")
    page.slider(key="activations_alpha").set_value(2.0).run()
    assert trace_on(page, CHART, "probe f")["y"][0] == pytest.approx(2 * np.expm1(-2))


@pytest.mark.parametrize("name", ACTIVATIONS)
@sweep("x", ["-10.0", "0.0", "3.3"], usual=["3.3"])
def test_the_formula_with_its_numbers_is_set_for_every_function(open_page, name, x):
    page = open_page("activations", activations_function=name, activations_x=x)
    formulas = [line for line in paragraphs_on(page) if line.startswith("$$f")]
    assert len(formulas) == 6
    assert not any("§" in line or "SLOPE" in line or "ALPHA" in line for line in formulas)


def test_sigmoids_in_a_row_and_their_ceiling(open_page):
    page = open_page("activations", activations_view="learning", activations_weight="1.0")
    ceiling = trace_on(page, "activations_chain", "0.25ⁿ: sigmoid's ceiling")["y"]
    np.testing.assert_allclose(ceiling, 0.25 ** np.arange(1, 11))
    assert "9.54\u00a0×\u00a010⁻⁷" in page.markdown[0].value  # 0.25¹⁰, on one line


@sweep("name", ACTIVATIONS, usual=["tanh", "relu"])
@pytest.mark.parametrize(("depth", "weight"), [("1", "0.1"), ("50", "8.0")])
def test_both_ends_of_the_chain_open(open_page, name, depth, weight):
    page = open_page(
        "activations",
        activations_view="learning",
        activations_function=name,
        activations_depth=depth,
        activations_weight=weight,
    )
    assert " down with weights of " in page.markdown[0].value


@pytest.mark.parametrize("init", INITIALIZERS)
def test_what_goes_in_comes_out_for_every_start(open_page, init):
    page = open_page(
        "activations",
        activations_view="in and out",
        activations_function="relu",
        activations_init=init,
    )
    fate = {"normal": "exploding", "zeros": "dead", "he_normal": "fading", "lecun_normal": "dying"}
    assert fate.get(init, "signal") in page.markdown[0].value


def test_softmax_shares_and_temperature(open_page):
    page = open_page("activations", activations_view="softmax")
    page.text_input(key="activations_logits").set_value("3, 1").run()
    page.select_slider(key="activations_temperature").set_value(2.0).run()
    shares = trace_on(page, "activations_softmax", "p")["y"]
    np.testing.assert_allclose(shares, special.softmax([1.5, 0.5]))


@pytest.mark.parametrize("scores", ["abc", "1e400, 1", "1", "1 2 3 4 5 6 7 8 9", ""])
def test_scores_that_are_none_get_a_sentence(open_page, scores):
    page = open_page("activations", activations_view="softmax")
    page.text_input(key="activations_logits").set_value(scores).run()
    assert not page.exception
    assert "Scores:" in page.markdown[0].value
    assert len(trace_on(page, "activations_softmax", "p")["y"]) == 4


@pytest.mark.parametrize("name", [*curve.PRESETS, *learning.PRESETS, *in_and_out.PRESETS])
def test_every_preset_opens_and_is_lit(open_page, name):
    page = open_page("activations", activations_x="3.0")
    (pills,) = (group for group in page.get("button_group") if group.key == "activations_preset")
    pills.set_value(name).run()
    assert not page.exception
    assert page.session_state["activations_preset"] == name


def test_a_probe_off_the_axis_is_said(open_page):
    page = open_page("activations", activations_x="99")
    assert "The link has “99”" in page.markdown[0].value
