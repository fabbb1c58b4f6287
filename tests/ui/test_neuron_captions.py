import re

import numpy as np
import pytest

from datasets.neuron import neuron_table
from figures.activations import activation_curves
from figures.chain import chain
from figures.layers import flow
from figures.softmax import softmax
from nn_core import activation
from runs.neuron import many_steps, one_step, starting_theta
from runs.neuron_config import NeuronConfig
from ui.activation_captions import chain_caption, curves_caption, layers_caption, softmax_caption
from ui.neuron_captions import (
    change,
    many_steps_caption,
    one_step_caption,
    short_many_caption,
    three_answers,
)

X, T = neuron_table("notebook A")
START = starting_theta(NeuronConfig())


def error(theta):
    return (((1 / (1 + np.exp(-(X @ theta[:3] + theta[3])))) - T[:, 0]) ** 2).sum()


def numbers(text):
    """All numbers in a caption, as floats."""
    plain = text.replace("−", "-").replace("*", "")
    plain = re.sub(r" × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "e" + m[1].translate(
        str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")), plain)  # fmt: skip
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", plain)]


def test_two_numbers_get_the_digits_that_tell_them_apart():
    assert change(0.273, 0.108) == "from **0.273** to **0.108**"
    assert change(0.995064, 0.995061) == "from **0.995064** to **0.995061**"
    assert change(0.5, 0.5) == "from **0.5** to **0.5**"


def test_what_is_a_gradient_is_answered_with_what_really_happens():
    what, which_way, _ = three_answers(one_step(X, T, START, 0.01)).values()
    said_slope, nudge, said_change = numbers(what.split("Here")[1])
    raised = error(START + np.array([0, 0, nudge, 0])) - error(START)
    assert nudge == 0.01
    assert said_slope == pytest.approx(0.353, abs=5e-4)
    assert said_change == pytest.approx(raised, rel=0.01)
    old, new = numbers(which_way.split("moves")[1])
    assert error(START + np.array([0, 0, new - old, 0])) < error(START)


def test_why_a_saturated_neuron_stops_is_answered_with_its_own_numbers():
    *_, why = three_answers(one_step(X, T, np.array([-12.0, 0, 6, 0]), 0.01)).values()
    total, slope, dy, dh = numbers(why.split("the sum is")[1])[:4]
    sigma = 1 / (1 + np.exp(-total))
    assert slope == pytest.approx(sigma * (1 - sigma), rel=0.01)
    assert dh == pytest.approx(dy * slope, rel=0.01)
    at_ten = 1 / (1 + np.exp(-10))
    assert pytest.approx(at_ten * (1 - at_ten), rel=1e-3) == 4.54e-5


def test_the_sum_and_the_mean_are_told_apart():
    caption = one_step_caption(one_step(X, T, START, 0.01))
    shown, descended = caption.split("*sum*")
    before, after = numbers(descended)
    assert "*mean* of squared errors" in shown
    assert before == pytest.approx(error(START), abs=5e-4)
    assert before / len(X) == pytest.approx(numbers(shown)[-2], abs=5e-4)
    assert after / len(X) == pytest.approx(numbers(shown)[-1], abs=5e-4)


@pytest.mark.parametrize("point", ["", "A point."])
def test_a_step_that_goes_too_far_is_not_said_to_make_anything_smaller(point):
    caption = one_step_caption(one_step(X, T, START, 100.0), point)
    assert "rises from **0.273** to **0.5**" in caption
    assert caption.endswith("tries to make smaller, goes from 1.09 to 2.")  # twice an error of 1


def test_two_answers_that_turn_right_together_are_one_step():
    caption = many_steps_caption(
        many_steps(X, T, starting_theta(NeuronConfig(view="many steps")), 100.0, 100)
    )
    assert "Answers turned right at step **1**." in caption


@pytest.mark.parametrize("say", [many_steps_caption, short_many_caption])
def test_a_neuron_that_rests_on_a_half_is_not_scored(say):
    x, t = neuron_table("XOR")
    run = many_steps(x, t, starting_theta(NeuronConfig(view="many steps")), 1.0, 1000)
    caption = say(run)
    assert "every answer ends near **½**" in caption
    assert "are right" not in caption
    assert "turned" not in caption
    assert "samples 3 and 4" in caption


def test_xor_fits_on_two_lines_of_a_projector():
    x, t = neuron_table("XOR")
    caption = short_many_caption(many_steps(x, t, START, 1.0, 10_000))
    assert len(caption.replace("*", "")) <= 200  # a line holds about a hundred


def test_many_crossings_are_counted_not_listed():
    x, t = neuron_table("XOR")
    run = many_steps(x, t, START, 10.0, 100)
    assert len(run.flips) > 8
    assert f"crossed ½ **{len(run.flips)}** times" in many_steps_caption(run)


@pytest.mark.parametrize("z", [[2.0, 1, 0], [1.0, 1.0], [-5.0, 5.0]])
def test_what_softmax_claims_is_so(z):
    seen = softmax(z, 1.0)
    np.testing.assert_allclose(seen.jacobian.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(seen.jacobian.sum(axis=1), 0, atol=1e-12)
    caption = softmax_caption(seen)
    assert ("shared" in caption) == (len(set(z)) == 1)
    share = numbers(caption)[1 if "leads" in caption else 0]
    assert share == pytest.approx(100 * seen.p.max(), abs=0.05)


def test_a_dead_chain_is_said_to_let_nothing_through():
    assert "relu **nothing**" in chain_caption([chain(activation("relu"), -1.0, 1.0, 5)], 1.0)


def test_the_steepest_of_several_is_named():
    several = [activation_curves(activation(name), 0.0) for name in ("sigmoid", "tanh")]
    caption = curves_caption(several)
    assert "here tanh lets more of an error back through than the other" in caption
    assert "most" not in caption  # a slope may be the largest and still small


@pytest.mark.parametrize(
    ("names", "x", "said"),
    [
        (("relu", "leaky_relu", "sigmoid"), 1.0, "relu and leaky_relu let more"),
        (("relu", "identity"), 1.0, "all let the same share"),
        (("relu", "step"), -1.0, "no error gets back"),
    ],
)
def test_those_that_are_equally_steep_are_said_to_be(names, x, said):
    assert said in curves_caption([activation_curves(activation(name), x) for name in names])


@pytest.mark.parametrize(
    ("function", "init", "fate"),
    [
        ("sigmoid", "glorot_uniform", "fading"),
        ("relu", "he_normal", "steady"),
        ("tanh", "normal", "steady"),
        ("relu", "normal", "exploding"),
        ("silu", "lecun_normal", "dying"),
        ("identity", "zeros", "dead"),
    ],
)
def test_a_signal_is_steady_only_if_its_spread_stays_about_the_same(function, init, fate):
    caption = layers_caption(flow(activation(function)), init)
    assert f"**{fate}**" in caption
    start, end = numbers(caption)[:2]
    assert (fate == "steady") == (1 / 3 < end / start < 3)


def test_zeros_are_dead_and_counted():
    caption = layers_caption(flow(activation("relu")), "zeros")
    assert "**dead**" in caption
    assert "**64** of 64" in caption
