"""Backpropagation against finite differences; and the check itself against broken gradients."""

import numpy as np
import pytest

from nn_core import (
    ACTIVATIONS,
    BinaryCrossEntropy,
    Dense,
    Dropout,
    MeanSquaredError,
    Sequential,
    Sigmoid,
    SoftmaxCrossEntropy,
    Tanh,
    forward_backward,
    gradient_check,
    input_gradient,
    layer_norms,
    mlp,
    numerical_gradient,
)
from tests.nn_core.common import OUTPUTS, problem, slopes

SLOPING = sorted(ACTIVATIONS.keys() - {"step"})


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("activation", SLOPING)
def test_backpropagation_agrees_with_finite_differences(activation, loss_class, depth, batch):
    net, x, t = problem(activation, loss_class, depth, batch)
    assert gradient_check(net, loss_class(), x, t) < 1e-6
    assert all(layer.dW.any() and layer.db.any() for layer in net.dense)


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("loss_class", OUTPUTS)
def test_no_error_comes_through_a_step_but_the_last_layer_has_its_gradient(
    loss_class, depth, batch
):
    net, x, t = problem("step", loss_class, depth, batch)
    assert gradient_check(net, loss_class(), x, t) < 1e-6
    *hidden, last = net.dense
    assert not any(layer.dW.any() or layer.db.any() for layer in hidden)
    assert last.db.any()


@pytest.mark.parametrize("activation", SLOPING)
@pytest.mark.parametrize("loss_class", OUTPUTS)
def test_backpropagation_agrees_for_a_summed_loss(loss_class, activation):
    net, x, t = problem(activation, loss_class, depth=2, batch=7)
    assert gradient_check(net, loss_class("sum"), x, t) < 1e-6


def test_backpropagation_agrees_for_a_network_that_ends_in_an_activation():
    net, rng = Sequential(Dense(3, 2), Tanh(), Dense(2, 1), Sigmoid()), np.random.default_rng(0)
    x, t = rng.normal(size=(5, 3)), rng.integers(2, size=(5, 1)).astype(float)
    assert gradient_check(net, MeanSquaredError(), x, t) < 1e-6


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("depth", [1, 3])
@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_backward_returns_the_gradient_of_the_input(activation, loss_class, depth, batch):
    (net, x, t), loss = problem(activation, loss_class, depth, batch), loss_class()
    trace = net.forward(x)
    dx = net.backward(trace, loss.grad(trace[-1], t))
    expected = slopes(lambda moved: loss.value(net.predict(moved), t), x)
    np.testing.assert_allclose(dx, expected, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("rate", [0.2, 0.5])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "gelu"])
def test_backpropagation_with_dropout_agrees_with_finite_differences_under_the_same_mask(
    activation, rate
):
    net, loss = mlp([3, 6, 5, 2], activation, dropout=rate), MeanSquaredError()
    rng = np.random.default_rng(1)
    x, t = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))

    def value(x, theta):
        net.theta = theta
        return loss.value(net.forward(x, np.random.default_rng(7))[-1], t)

    theta = net.theta.copy()
    by_theta = slopes(lambda moved: value(x, moved), theta)
    by_x = slopes(lambda moved: value(moved, theta), x)
    net.theta = theta
    trace = net.forward(x, np.random.default_rng(7))
    dx = net.backward(trace, loss.grad(trace[-1], t))
    np.testing.assert_allclose(net.grad, by_theta, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(dx, by_x, rtol=1e-6, atol=1e-9)


def test_a_prediction_between_forward_and_backward_leaves_the_gradient_under_the_mask():
    net, x = mlp([3, 8, 1], dropout=0.5), np.random.default_rng(0).normal(size=(4, 3))
    trace = net.forward(x, np.random.default_rng(1))
    net.backward(trace, np.ones((4, 1)))
    grad = net.grad.copy()
    net.predict(x)  # as a page does while a worker trains
    net.backward(trace, np.ones((4, 1)))
    np.testing.assert_array_equal(net.grad, grad)


def test_numerical_gradient_is_the_one_derived_by_hand_for_a_straight_line():
    net = mlp([1, 1])
    net.theta = [3.0, 1.0]  # y = 3x + 1
    x, t = np.array([[1.0], [2.0]]), np.array([[5.0], [5.0]])  # off by −1 and by 2
    by_hand = [2 * (-1 * 1 + 2 * 2) / 2, 2 * (-1 + 2) / 2]
    np.testing.assert_allclose(numerical_gradient(net, MeanSquaredError(), x, t), by_hand)


def halve_the_losses_gradient(patch):
    right = BinaryCrossEntropy.grad
    patch.setattr(BinaryCrossEntropy, "grad", lambda *given: right(*given) / 2)


def forget_the_square_in_tanhs_derivative(patch):
    patch.setattr(Tanh, "derivative", lambda self, z, a: 1 - a)


def leave_the_activation_out(patch):
    patch.setattr(Tanh, "backward", lambda self, z, a, da, input_gradient=True: da)


def forget_the_biases(patch):
    def backward(self, x, z, dz, input_gradient=True):
        self.dW[:], self.db[:] = x.T @ dz, 0
        return dz @ self.W.T

    patch.setattr(Dense, "backward", backward)


def use_one_sample_only(patch):
    def backward(self, x, z, dz, input_gradient=True):
        self.dW[:], self.db[:] = x[:1].T @ dz[:1], dz.sum(axis=0)
        return dz @ self.W.T

    patch.setattr(Dense, "backward", backward)


@pytest.mark.parametrize(
    "break_it",
    [
        halve_the_losses_gradient,
        forget_the_square_in_tanhs_derivative,
        leave_the_activation_out,
        forget_the_biases,
        use_one_sample_only,
    ],
)
def test_the_check_notices_a_wrong_gradient(break_it, monkeypatch):
    net, x, t = problem("tanh", BinaryCrossEntropy, depth=2, batch=7)
    break_it(monkeypatch)
    assert gradient_check(net, BinaryCrossEntropy(), x, t) > 0.01


def test_the_check_notices_one_wrong_number_among_many(monkeypatch):
    net, x, t = problem("tanh", BinaryCrossEntropy, depth=2, batch=7)
    right = net.backward

    def backward(*given):
        right(*given)
        net.grad[5] += 0.01

    monkeypatch.setattr(net, "backward", backward)
    assert gradient_check(net, BinaryCrossEntropy(), x, t) > 0.005


def test_the_check_leaves_the_parameters_as_they_were_and_the_gradient_in_place():
    net, x, t = problem("tanh", BinaryCrossEntropy, depth=1, batch=7)
    loss, theta = BinaryCrossEntropy(), net.theta.copy()
    gradient_check(net, loss, x, t)
    np.testing.assert_array_equal(net.theta, theta)
    numerical = numerical_gradient(net, loss, x, t)
    np.testing.assert_allclose(net.grad, numerical, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("check", [gradient_check, numerical_gradient])
def test_float32_is_refused(check):
    net = mlp([2, 1], dtype=np.float32)
    x, t = np.zeros((1, 2), np.float32), np.zeros((1, 1), np.float32)
    with pytest.raises(ValueError, match=r"^net: expected .*float64.* got float32"):
        check(net, MeanSquaredError(), x, t)


# Looked at


def test_layer_norms_are_the_lengths_of_each_layers_stretch_of_the_gradient():
    net, x, t = problem("tanh", BinaryCrossEntropy, depth=2, batch=7)
    gradient_check(net, BinaryCrossEntropy(), x, t)
    lengths = [3 * 4 + 4, 4 * 4 + 4, 4 + 1]
    stretches = np.split(net.grad, np.cumsum(lengths)[:-1])
    expected = [sum(g * g for g in stretch) ** 0.5 for stretch in stretches]
    assert layer_norms(net) == pytest.approx(expected, rel=1e-14)
    assert all(type(norm) is float for norm in layer_norms(net))


def test_layer_norms_of_a_right_angled_gradient_are_known():
    net = mlp([1, 1, 1])
    net.grad[:] = [3, 4, -5, 12]
    assert layer_norms(net) == [5, 13]


@pytest.mark.parametrize("activation", SLOPING)
@pytest.mark.parametrize("output", [0, 1, 2])
def test_input_gradient_is_the_slope_of_that_logit(activation, output):
    net, x, _ = problem(activation, SoftmaxCrossEntropy, depth=2, batch=5)
    expected = slopes(lambda moved: net.predict(moved)[:, output].sum(), x)
    np.testing.assert_allclose(input_gradient(net, x, output), expected, rtol=1e-6, atol=1e-9)


def test_input_gradient_of_a_linear_network_is_its_column_of_weights():
    net, x = mlp([3, 2], seed=4), np.random.default_rng(0).normal(size=(5, 3))
    np.testing.assert_array_equal(input_gradient(net, x, 1), np.tile(net.dense[0].W[:, 1], (5, 1)))


def test_input_gradient_leaves_the_network_and_its_gradient_as_they_were():
    net, x, _ = problem("tanh", SoftmaxCrossEntropy, depth=2, batch=5)
    net.grad[:] = np.arange(net.grad.size)
    theta = net.theta.copy()
    input_gradient(net, x, 0)
    np.testing.assert_array_equal(net.grad, np.arange(net.grad.size))
    np.testing.assert_array_equal(net.theta, theta)


def test_input_gradient_is_that_of_prediction_where_there_is_dropout():
    net, bare = mlp([3, 8, 2], dropout=0.5), mlp([3, 8, 2])
    x = np.random.default_rng(0).normal(size=(5, 3))
    net.forward(x, np.random.default_rng(0))  # leaves a mask behind
    np.testing.assert_array_equal(input_gradient(net, x, 1), input_gradient(bare, x, 1))


@pytest.mark.parametrize("output", [-1, 3, 100])
def test_input_gradient_of_an_output_that_is_none_is_refused(output):
    net, x, _ = problem("tanh", SoftmaxCrossEntropy, depth=1, batch=2)
    with pytest.raises(ValueError, match=rf"^output: expected .* 0 to 2, got {output}"):
        input_gradient(net, x, output)


# One sample, all the way


def sigma(z):
    return 1 / (1 + np.exp(-z))


def test_walk_names_every_number_on_the_way_there_and_back():
    net = mlp([2, 3, 1], "sigmoid")
    net.theta = np.random.default_rng(3).normal(size=13)
    W1, b1 = net.theta[:6].reshape(2, 3), net.theta[6:9]
    W2, b2 = net.theta[9:12].reshape(3, 1), net.theta[12:]
    x, t = np.array([[0.5, -0.1]]), np.array([[1.0]])

    z1 = x @ W1 + b1
    a1 = sigma(z1)
    z2 = a1 @ W2 + b2
    p = sigma(z2)
    dz2 = p - t
    da1 = dz2 @ W2.T
    dz1 = da1 * a1 * (1 - a1)
    expected = {"x": x, "z1": z1, "a1": a1, "z2": z2, "output": p, "loss": -np.log(p[0, 0])}
    expected |= {"dz2": dz2, "dW2": a1.T @ dz2, "db2": dz2[0]}
    expected |= {"da1": da1, "dz1": dz1, "dW1": x.T @ dz1, "db1": dz1[0], "dx": dz1 @ W1.T}

    found = forward_backward(net, BinaryCrossEntropy(), x, t)
    assert list(found) == list(expected)
    for name, array in expected.items():
        assert found[name].shape == np.shape(array), name
        np.testing.assert_allclose(found[name], array, rtol=1e-14, err_msg=name)


def test_walk_prints_notebook_cs_one_sample():
    net, x, t = (
        mlp([2, 2, 1], "sigmoid", init="notebook_c"),
        np.array([[0.5, 0.1]]),
        np.ones((1, 1)),
    )
    found = forward_backward(net, BinaryCrossEntropy(), x, t)
    printed = {
        "z1": [0.00037727, 0.2420103],
        "a1": [0.50009432, 0.560209],
        "z2": [0.75020481],
        "output": [0.67922332],
        "dz2": [0.67922332 - 1],
    }
    for name, numbers in printed.items():
        np.testing.assert_allclose(found[name][0], numbers, rtol=0, atol=5.01e-9, err_msg=name)
    assert found["loss"] == pytest.approx(0.3868053036181012, rel=1e-14)


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_walks_gradients_are_backwards_own_and_have_the_shape_of_their_numbers(
    activation, loss_class, depth
):
    net, x, t = problem(activation, loss_class, depth, batch=1)
    found, loss = forward_backward(net, loss_class(), x, t), loss_class()
    trace = net.forward(x)
    np.testing.assert_array_equal(found["dx"], net.backward(trace, loss.grad(trace[-1], t)))
    for number, layer in enumerate(net.dense, start=1):
        np.testing.assert_array_equal(found[f"dW{number}"], layer.dW)
        np.testing.assert_array_equal(found[f"db{number}"], layer.db)
        assert found[f"dz{number}"].shape == found[f"z{number}"].shape


def test_walk_keeps_its_numbers_when_the_network_goes_on():
    net, x, t = problem("tanh", BinaryCrossEntropy, depth=1, batch=1)
    found = forward_backward(net, BinaryCrossEntropy(), x, t)
    before = {name: array.copy() for name, array in found.items()}
    net.theta[:] = net.grad[:] = 99
    forward_backward(net, BinaryCrossEntropy(), x, t)
    for name, array in found.items():
        np.testing.assert_array_equal(array, before[name], err_msg=name)


def test_walk_through_a_network_that_ends_in_an_activation_ends_with_a():
    net, x, t = Sequential(Dense(3, 1), Sigmoid()), np.ones((1, 3)), np.ones((1, 1))
    found = forward_backward(net, MeanSquaredError(), x, t)
    assert list(found) == ["x", "z1", "a1", "output", "loss", "da1", "dz1", "dW1", "db1", "dx"]
    np.testing.assert_array_equal(found["output"], found["a1"])


def test_walk_leaves_dropout_out_for_in_prediction_it_does_nothing():
    net, bare = mlp([3, 4, 1], dropout=0.5), mlp([3, 4, 1])
    assert any(isinstance(layer, Dropout) for layer in net.layers)
    given = BinaryCrossEntropy(), np.ones((1, 3)), np.ones((1, 1))
    found, expected = forward_backward(net, *given), forward_backward(bare, *given)
    assert list(found) == list(expected)
    for name, array in expected.items():
        np.testing.assert_array_equal(found[name], array, err_msg=name)


@pytest.mark.parametrize("rows", [0, 2])
def test_walk_wants_one_row(rows):
    with pytest.raises(ValueError, match=rf"^x: expected one row, got {rows}"):
        forward_backward(mlp([3, 1]), MeanSquaredError(), np.ones((rows, 3)), np.ones((rows, 1)))
