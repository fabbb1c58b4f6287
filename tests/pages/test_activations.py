import math

import numpy as np
import pytest

from tests.charts import trace_on

SLOPES = {
    "identity": lambda x: 1.0,
    "sigmoid": lambda x: math.exp(-x) / (1 + math.exp(-x)) ** 2,
    "tanh": lambda x: 1 / math.cosh(x) ** 2,
    "relu": lambda x: float(x > 0),
}
VALUES = {
    "identity": lambda x: x,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
}


@pytest.mark.parametrize("name", SLOPES)
def test_both_curves_are_the_formulas_over_minus_ten_to_ten(open_page, name):
    page = open_page("activations", activations_function=name)
    f = trace_on(page, "activations_curves", f"f = {name}")
    slope = trace_on(page, "activations_curves", "f′, its slope")
    assert (f["x"][0], f["x"][-1], len(f["x"])) == (-10, 10, 1000)
    np.testing.assert_allclose(f["y"], [VALUES[name](x) for x in f["x"]], rtol=1e-12)
    np.testing.assert_allclose(slope["y"], [SLOPES[name](x) for x in f["x"]], rtol=1e-6)


@pytest.mark.parametrize("name", SLOPES)
@pytest.mark.parametrize("x", [-10.0, -1.3, 0.0, 2.5, 10.0])
def test_the_probe_moves_with_the_slider_and_its_tangent_has_the_slope(open_page, name, x):
    page = open_page("activations", activations_function=name)
    page.slider(key="activations_x").set_value(x).run()
    value = trace_on(page, "activations_curves", "probe f")
    slope = trace_on(page, "activations_curves", "probe f′")
    tangent = trace_on(page, "activations_curves", "tangent")
    assert (value["x"], slope["x"]) == ([x], [x])
    np.testing.assert_allclose(value["y"], VALUES[name](x), atol=1e-12)
    np.testing.assert_allclose(slope["y"], SLOPES[name](x), atol=1e-9)
    rise, run = np.diff(tangent["y"]), np.diff(tangent["x"])
    np.testing.assert_allclose(rise / run, SLOPES[name](x), atol=1e-9)
    np.testing.assert_allclose(np.mean(tangent["y"]), VALUES[name](x), atol=1e-9)


def test_the_caption_says_the_numbers_and_names_saturation(open_page):
    page = open_page("activations", activations_x="5.0")
    caption = page.markdown[0].value
    assert "**0.993**" in caption  # σ(5)
    assert "**0.00665**" in caption  # σ′(5)
    assert "saturated" in caption
    assert "saturated" not in open_page("activations").markdown[0].value


def test_the_maths_has_the_numbers_of_the_moment(open_page):
    lines = [line.value for line in open_page("activations", activations_x="0.1").markdown]
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
