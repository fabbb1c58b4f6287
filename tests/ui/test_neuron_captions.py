import re

import numpy as np
import pytest

from figures.activations import activation_curves
from figures.chain import chain
from figures.layers import flow
from figures.softmax import softmax
from ui.activation_captions import chain_caption, curves_caption, layers_caption, softmax_caption


def numbers(text):
    """All numbers in a caption, as floats."""
    plain = text.replace("−", "-").replace("*", "")
    plain = re.sub(r" × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "e" + m[1].translate(
        str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")), plain)  # fmt: skip
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", plain)]


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
    assert "relu **nothing**" in chain_caption([chain("relu", -1.0, 1.0, 5)], 1.0)


def test_the_steepest_of_several_is_named():
    several = [activation_curves(name, 0.0) for name in ("sigmoid", "tanh")]
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
    assert said in curves_caption([activation_curves(name, x) for name in names])


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
    caption = layers_caption(flow(function), init)
    assert f"**{fate}**" in caption
    start, end = numbers(caption)[:2]
    assert (fate == "steady") == (1 / 3 < end / start < 3)


def test_zeros_are_dead_and_counted():
    caption = layers_caption(flow("relu"), "zeros")
    assert "**dead**" in caption
    assert "**64** of 64" in caption
