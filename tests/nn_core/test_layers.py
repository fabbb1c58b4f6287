"""The dense layer against its formulas written out as loops."""

import numpy as np
import pytest

from nn_core import Dense

N_IN, N_OUT, BATCH = 3, 2, 4


@pytest.fixture
def layer():
    """A layer on vectors of its own, W before b, and a gradient full of leftovers."""
    layer, rng = Dense(N_IN, N_OUT), np.random.default_rng(0)
    layer.bind(rng.normal(size=layer.size), rng.normal(size=layer.size))
    return layer


@pytest.fixture
def x():
    return np.random.default_rng(1).normal(size=(BATCH, N_IN))


@pytest.fixture
def dz():
    return np.random.default_rng(2).normal(size=(BATCH, N_OUT))


def test_forward_weighs_and_adds_up_every_input(layer, x):
    for k in range(BATCH):
        for j in range(N_OUT):
            z_kj = sum(x[k, i] * layer.W[i, j] for i in range(N_IN)) + layer.b[j]
            assert layer.forward(x)[k, j] == pytest.approx(z_kj)


def test_backward_replaces_the_gradient_of_the_parameters(layer, x, dz):
    layer.backward(x, layer.forward(x), dz)
    for j in range(N_OUT):
        assert layer.db[j] == pytest.approx(sum(dz[k, j] for k in range(BATCH)))
        for i in range(N_IN):
            assert layer.dW[i, j] == pytest.approx(sum(x[k, i] * dz[k, j] for k in range(BATCH)))


def test_backward_returns_the_gradient_of_the_input(layer, x, dz):
    dx = layer.backward(x, layer.forward(x), dz)
    for k in range(BATCH):
        for i in range(N_IN):
            assert dx[k, i] == pytest.approx(sum(dz[k, j] * layer.W[i, j] for j in range(N_OUT)))


def test_gradient_of_the_input_is_left_out_on_request_and_that_of_the_parameters_is_not(
    layer, x, dz
):
    layer.backward(x, layer.forward(x), dz)
    dW = layer.dW.copy()
    layer.dW[:] = np.nan
    assert layer.backward(x, layer.forward(x), dz, input_gradient=False) is None
    np.testing.assert_array_equal(layer.dW, dW)


def test_parameters_and_gradients_are_views_weights_first():
    layer, theta, grad = Dense(2, 3), np.arange(9.0), np.arange(9.0) + 100
    layer.bind(theta, grad)
    np.testing.assert_array_equal(layer.W, [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(layer.b, [6, 7, 8])
    layer.W[1, 0], layer.b[2], layer.dW[0, 1], layer.db[0] = -1, -2, -3, -4
    np.testing.assert_array_equal(theta, [0, 1, 2, -1, 4, 5, 6, 7, -2])
    np.testing.assert_array_equal(grad, [100, -3, 102, 103, 104, 105, -4, 107, 108])


@pytest.mark.parametrize("wrong", [0, -1, 2.5, "3", None, True])
def test_a_number_of_units_that_is_no_positive_whole_number_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^n_in: "):
        Dense(wrong, 1)
    with pytest.raises(ValueError, match=r"^n_out: "):
        Dense(1, wrong)
