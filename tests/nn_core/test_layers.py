"""The dense layer against its formulas written out as loops; dropout against its chances."""

import numpy as np
import pytest

from nn_core import Dense, Dropout, Tanh, mlp

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


# Dropout

MANY = np.random.default_rng(4).normal(size=(200, 500))
RATES = [0.1, 0.5, 0.8]
NO_RATES = [1, -0.1, 1.5, np.nan, np.inf, "0.5", None, [0.5]]


def silenced(rate, seed=0):
    """Which of 100,000 ones became 0, and what became of the others."""
    y = Dropout(rate).forward(np.ones_like(MANY), np.random.default_rng(seed))
    return y == 0, y[y != 0]


def test_dropout_does_nothing_without_a_generator():
    layer = Dropout(0.5)
    layer.forward(MANY, np.random.default_rng(0))
    np.testing.assert_array_equal(layer.forward(MANY), MANY)
    np.testing.assert_array_equal(layer.backward(MANY, MANY, 3 * MANY), 3 * MANY)


def test_a_prediction_leaves_a_training_step_in_progress_alone():
    net, x = mlp([3, 8, 1], dropout=0.5), np.random.default_rng(6).normal(size=(4, 3))
    trace = net.forward(x, np.random.default_rng(0))
    net.backward(trace, np.ones((4, 1)))
    grad = net.grad.copy()
    net.predict(x)
    net.backward(trace, np.ones((4, 1)))
    np.testing.assert_array_equal(net.grad, grad)


@pytest.mark.parametrize("rate", RATES)
def test_dropout_silences_its_share(rate):
    off, _ = silenced(rate)
    assert off.mean() == pytest.approx(rate, abs=5 * np.sqrt(rate * (1 - rate) / off.size))


@pytest.mark.parametrize("rate", RATES)
def test_dropout_silences_units_one_by_one_and_not_by_rows_or_columns(rate):
    off, _ = silenced(rate)
    for axis, length in ((0, 200), (1, 500)):
        spread = off.mean(axis=axis).std()
        assert spread == pytest.approx(np.sqrt(rate * (1 - rate) / length), rel=0.25)


@pytest.mark.parametrize("rate", RATES)
def test_what_stays_is_divided_by_the_share_that_stays(rate):
    _, rest = silenced(rate)
    np.testing.assert_allclose(rest, 1 / (1 - rate), rtol=1e-15)


@pytest.mark.parametrize("rate", RATES)
def test_dropout_keeps_the_mean(rate):
    x = MANY + 3
    y = Dropout(rate).forward(x, np.random.default_rng(1))
    deviation = np.sqrt(rate / (1 - rate) * (x**2).mean() / x.size)
    assert y.mean() == pytest.approx(x.mean(), abs=5 * deviation)
    assert (y != x).any()


def test_dropout_of_nothing_changes_nothing():
    np.testing.assert_array_equal(Dropout(0).forward(MANY, np.random.default_rng(0)), MANY)


@pytest.mark.parametrize("rate", RATES)
def test_dropout_blames_whom_it_heard_and_nobody_else(rate):
    layer, dy = Dropout(rate), np.random.default_rng(5).normal(size=MANY.shape)
    y = layer.forward(MANY, np.random.default_rng(0))
    dx = layer.backward(MANY, y, dy)
    np.testing.assert_allclose(dx, np.where(y == 0, 0, dy / (1 - rate)), rtol=1e-14)
    assert layer.backward(MANY, y, dy, input_gradient=False) is None


def test_dropout_draws_a_new_mask_each_time_and_the_same_one_from_the_same_seed():
    rng = np.random.default_rng(0)
    first, second = (Dropout(0.5).forward(MANY, rng) for _ in range(2))
    assert (first != second).any()
    np.testing.assert_array_equal(first, Dropout(0.5).forward(MANY, np.random.default_rng(0)))


def test_dropout_keeps_float32_and_leaves_its_input_alone():
    layer, x = Dropout(0.5), MANY.astype(np.float32)
    y = layer.forward(x, np.random.default_rng(0))
    assert y.dtype == layer.backward(x, y, np.ones_like(x)).dtype == np.float32
    np.testing.assert_array_equal(x, MANY.astype(np.float32))


@pytest.mark.parametrize("wrong", NO_RATES)
def test_a_rate_that_is_no_share_below_1_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^rate: expected .* got "):
        Dropout(wrong)


def test_mlp_silences_each_hidden_layer_after_its_activation():
    net = mlp([2, 3, 4, 1], dropout=0.2)
    kinds = [Dense, Tanh, Dropout, Dense, Tanh, Dropout, Dense]
    assert [type(layer) for layer in net.layers] == kinds
    assert [layer.rate for layer in net.layers if isinstance(layer, Dropout)] == [0.2, 0.2]
    assert net.is_random


def test_a_network_without_dropout_needs_no_generator():
    net, bare, x = mlp([2, 3, 1]), mlp([2, 3, 1], dropout=0.0), np.ones((1, 2))
    assert not net.is_random
    assert [type(layer) for layer in bare.layers] == [Dense, Tanh, Dense]
    for mine, same in zip(net.forward(x, np.random.default_rng(0)), net.forward(x), strict=True):
        np.testing.assert_array_equal(mine, same)


def test_a_network_silences_only_when_a_generator_is_given():
    net, bare, x = mlp([3, 50, 1], dropout=0.5), mlp([3, 50, 1]), np.ones((4, 3))
    np.testing.assert_array_equal(net.predict(x), bare.predict(x))
    np.testing.assert_array_equal(net.forward(x)[-1], bare.predict(x))
    assert (net.forward(x, np.random.default_rng(0))[-1] != bare.predict(x)).any()


def test_two_hidden_layers_are_silenced_independently():
    net, x = mlp([3, 50, 50, 1], dropout=0.5), np.ones((4, 3))
    _, _, a1, y1, _, a2, y2, _ = net.forward(x, np.random.default_rng(0))
    for a, y in ((a1, y1), (a2, y2)):
        assert 0 < (y == 0).sum() < y.size
        np.testing.assert_allclose(y[y != 0], 2 * a[y != 0])
    assert ((y1 == 0) != (y2 == 0)).any()


def test_a_copy_is_silenced_at_the_same_rate_without_disturbing_the_original():
    net, x = mlp([3, 8, 1], dropout=0.5), np.ones((4, 3))
    trace = net.forward(x, np.random.default_rng(0))
    net.backward(trace, np.ones((4, 1)))
    grad, twin = net.grad.copy(), net.copy()
    for mine, copied in zip(trace, twin.forward(x, np.random.default_rng(0)), strict=True):
        np.testing.assert_array_equal(mine, copied)
    twin.forward(x, np.random.default_rng(1))
    net.backward(trace, np.ones((4, 1)))
    np.testing.assert_array_equal(net.grad, grad)


@pytest.mark.parametrize("wrong", [1, -0.1, np.nan, "0.5"])
def test_mlp_refuses_such_a_rate_too(wrong):
    with pytest.raises(ValueError, match=r"^dropout: expected .* got "):
        mlp([2, 3, 1], dropout=wrong)
