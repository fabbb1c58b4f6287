"""Initialisers against the distributions they are named after."""

import numpy as np
import pytest
from scipy import stats

from nn_core import INITIALIZERS, mlp, normal
from nn_core.initializers import notebook_a, notebook_c

FAN_IN, FAN_OUT = 300, 200
# Each as scipy names it, with the parameters of its paper.
DISTRIBUTIONS = {
    "normal": stats.norm(0, 1),
    "glorot_uniform": stats.uniform(-np.sqrt(6 / 500), 2 * np.sqrt(6 / 500)),
    "glorot_normal": stats.norm(0, np.sqrt(2 / 500)),
    "he_uniform": stats.uniform(-np.sqrt(6 / 300), 2 * np.sqrt(6 / 300)),
    "he_normal": stats.norm(0, np.sqrt(2 / 300)),
    "lecun_normal": stats.norm(0, np.sqrt(1 / 300)),
}
LIMITS = {"glorot_uniform": np.sqrt(6 / (FAN_IN + FAN_OUT)), "he_uniform": np.sqrt(6 / FAN_IN)}


def draw(initializer, seed=0):
    return initializer(np.random.default_rng(seed), FAN_IN, FAN_OUT)


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_has_the_moments_of_its_distribution(name):
    W, expected = draw(INITIALIZERS[name]), DISTRIBUTIONS[name]
    assert W.shape == (FAN_IN, FAN_OUT)
    assert W.mean() == pytest.approx(0, abs=5 * expected.std() / np.sqrt(W.size))
    assert W.std() == pytest.approx(expected.std(), rel=0.01)
    assert stats.kstest(W.ravel(), expected.cdf).pvalue > 0.001


@pytest.mark.parametrize("std", [0.01, 0.1, 3])
def test_normal_is_as_wide_as_asked(std):
    assert draw(normal(std)).std() == pytest.approx(std, rel=0.01)


def test_normal_of_no_width_is_zeros():
    np.testing.assert_array_equal(draw(normal(0)), np.zeros((FAN_IN, FAN_OUT)))


@pytest.mark.parametrize("name", LIMITS)
def test_a_uniform_one_goes_up_to_its_limit_and_not_beyond(name):
    assert 0.999 < abs(draw(INITIALIZERS[name])).max() / LIMITS[name] <= 1


def test_every_initializer_is_one_of_these():
    assert INITIALIZERS.keys() == DISTRIBUTIONS.keys() | {"zeros"}


def test_zeros_are_zeros():
    np.testing.assert_array_equal(draw(INITIALIZERS["zeros"]), np.zeros((FAN_IN, FAN_OUT)))


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_same_seed_same_weights_and_another_seed_others(name):
    np.testing.assert_array_equal(draw(INITIALIZERS[name], 1), draw(INITIALIZERS[name], 1))
    assert (draw(INITIALIZERS[name], 1) != draw(INITIALIZERS[name], 2)).all()


@pytest.mark.parametrize(
    "wrong",
    [-1, np.inf, np.nan, "wide", pytest.param(10**400, id="an integer that no float can hold")],
)
def test_a_standard_deviation_that_is_negative_or_not_finite_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^std: expected .* got "):
        normal(wrong)


@pytest.mark.parametrize("name", sorted(INITIALIZERS))
def test_a_network_starts_from_every_named_initializer_with_biases_of_0(name):
    net = mlp([3, 4, 2], init=name)
    for layer in net.dense:
        np.testing.assert_array_equal(layer.b, np.zeros(layer.n_out))
        assert (layer.W == 0).all() == (name == "zeros")


def test_a_network_asks_the_initializer_for_each_layers_shape_with_one_generator():
    calls = []

    def spy(rng, fan_in, fan_out):
        calls.append((rng, fan_in, fan_out))
        return np.full((fan_in, fan_out), len(calls))

    net = mlp([3, 4, 2], init=spy)
    assert [shape for _, *shape in calls] == [[3, 4], [4, 2]]
    assert calls[0][0] is calls[1][0]
    assert [np.unique(layer.W).tolist() for layer in net.dense] == [[1], [2]]


def test_a_networks_start_follows_from_its_seed_alone():
    first, again, other = (mlp([3, 4, 2], init="he_normal", seed=seed).theta for seed in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("he_norml", "he_normal"), ("glorot_unifrom", "glorot_uniform"), ("zero", "zeros")],
)
def test_unknown_name_is_refused_with_the_nearest_known_one(wrong, near):
    with pytest.raises(ValueError, match=rf"^init: .*mean '{near}'.*got '{wrong}'"):
        mlp([2, 2, 1], init=wrong)


@pytest.mark.parametrize("wrong", [None, 0.1, ["zeros"], "xyzzy"])
def test_what_is_neither_a_name_nor_a_function_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^init: expected one of "):
        mlp([2, 2, 1], init=wrong)


def test_notebook_a_is_the_first_draw_after_its_seed():
    [(W, b)] = notebook_a([(3, 1)])
    np.testing.assert_allclose(W[:, 0], [0.47143516, -1.19097569, 1.43270697], atol=5e-9)
    np.testing.assert_array_equal(b, [0])


def test_notebook_c_draws_weights_and_biases_in_the_notebooks_order():
    h, random = 3, np.random.RandomState(42)
    W1, B1, W2, B2 = random.randn(h, 2), random.randn(h, 1), random.randn(1, h), random.randn(1, 1)
    for (W, b), (notebook_W, notebook_b) in zip(
        notebook_c([(2, h), (h, 1)]), [(W1, B1), (W2, B2)], strict=True
    ):
        np.testing.assert_array_equal(W, notebook_W.T)
        np.testing.assert_array_equal(b, notebook_b[:, 0])


@pytest.mark.parametrize("sizes", [[2, 1], [3, 2], [3, 1, 1]])
def test_notebook_as_start_refuses_every_other_shape(sizes):
    with pytest.raises(ValueError, match=r"^notebook_a: expected .*\(3, 1\), got "):
        mlp(sizes, init="notebook_a")


@pytest.mark.parametrize("sizes", [[2, 1], [3, 2, 1], [2, 2, 2], [2, 2, 2, 1]])
def test_notebook_cs_start_refuses_every_other_shape(sizes):
    with pytest.raises(ValueError, match=r"^notebook_c: expected .* got "):
        mlp(sizes, init="notebook_c")
