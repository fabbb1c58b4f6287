import numpy as np
import pytest

from nn_core import ACTIVATIONS
from tests.activation_formulas import FORMULAS
from tests.charts import trace_on
from tests.sweeps import sweep
from tests.words import paragraphs_on


def slope(name, x, h=1e-5):
    """The slope by central differences; a corner or a jump at 0 has none, ours are conventions."""
    x = np.asarray(x, float)
    return (FORMULAS[name](x + h) - FORMULAS[name](x - h)) / (2 * h)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_both_curves_are_the_formulas_over_minus_ten_to_ten(open_page, name):
    page = open_page("activations", activations_function=name)
    f = trace_on(page, "activations_curve", f"f = {name}")
    df = trace_on(page, "activations_curve", "f′, its slope")
    assert (f["x"][0], f["x"][-1], len(f["x"])) == (-10, 10, 1000)
    np.testing.assert_allclose(f["y"], FORMULAS[name](f["x"]), rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(df["y"], slope(name, f["x"]), atol=1e-8)


@sweep("name", ACTIVATIONS, usual=["tanh", "relu"])
@pytest.mark.parametrize("x", [-10.0, -1.3, 2.5, 10.0])
def test_the_probe_moves_with_the_slider_and_its_tangent_has_the_slope(open_page, name, x):
    page = open_page("activations", activations_function=name)
    page.slider(key="activations_x").set_value(x).run()
    value = trace_on(page, "activations_curve", "probe f")
    probe_slope = trace_on(page, "activations_curve", "probe f′")
    tangent = trace_on(page, "activations_curve", "tangent")
    assert (value["x"], probe_slope["x"]) == ([x], [x])
    np.testing.assert_allclose(value["y"], FORMULAS[name](x), atol=1e-12)
    np.testing.assert_allclose(probe_slope["y"], slope(name, x), atol=1e-8)
    rise, run = np.diff(tangent["y"]), np.diff(tangent["x"])
    np.testing.assert_allclose(rise / run, slope(name, x), atol=1e-8)
    np.testing.assert_allclose(np.mean(tangent["y"]), FORMULAS[name](x), atol=1e-12)


def test_the_caption_says_the_numbers_and_names_saturation(open_page):
    page = open_page("activations", activations_x="5.0")
    caption = page.markdown[0].value
    assert "**0.993**" in caption  # σ(5)
    assert "**0.00665**" in caption  # σ′(5)
    assert "saturated" in caption
    assert "saturated" not in open_page("activations").markdown[0].value


def test_the_maths_has_the_numbers_of_the_moment(open_page):
    lines = paragraphs_on(open_page("activations", activations_x="0.1"))
    assert "$$f(0.1) = 0.52497919$$" in lines  # notebook C's σ(0.1) = 0.52497918747894


@pytest.mark.parametrize(
    "link",
    [
        {"activations_x": "99"},
        {"activations_x": "abc"},
        {"activations_x": "nan"},
        {"activations_function": "softmax"},
    ],
)
def test_a_link_with_garbage_opens_on_the_default(open_page, link):
    page = open_page("activations", **link)
    assert page.slider(key="activations_x").value == 1.0
    assert page.session_state["activations_function"] == "sigmoid"
