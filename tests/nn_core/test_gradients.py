"""Backpropagation against finite differences; and the check itself against broken gradients."""

import numpy as np
import pytest

from nn_core import (
    ACTIVATIONS,
    Activation,
    BinaryCrossEntropy,
    Dense,
    MeanSquaredError,
    Sequential,
    Sigmoid,
    SoftmaxCrossEntropy,
    Tanh,
    gradient_check,
    mlp,
    numerical_gradient,
)

OUTPUTS = {MeanSquaredError: 2, BinaryCrossEntropy: 1, SoftmaxCrossEntropy: 3}
CLEARANCE = 1e-3  # between any z and a kink at 0, a hundred times what finite differences move it


def away_from_kinks(net, x):
    trace = net.forward(x)
    bent = [z for z, layer in zip(trace, net.layers, strict=False) if isinstance(layer, Activation)]
    return all(abs(z).min() > CLEARANCE for z in bent)


def problem(activation, loss_class, depth, batch):
    """A network with `depth` hidden layers, biases not 0, and a batch for it."""
    outputs = OUTPUTS[loss_class]
    net = mlp([3, *[4] * depth, outputs], activation)
    for seed in range(100):
        rng = np.random.default_rng(seed)
        net.theta = 0.7 * rng.normal(size=net.theta.size)
        x = rng.normal(size=(batch, 3))
        if away_from_kinks(net, x):
            break
    if loss_class is SoftmaxCrossEntropy:
        t = rng.integers(outputs, size=batch)
    else:
        t = rng.integers(2, size=(batch, outputs)).astype(float)
    return net, x, t


@pytest.mark.parametrize("batch", [1, 7])
@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_backpropagation_agrees_with_finite_differences(activation, loss_class, depth, batch):
    net, x, t = problem(activation, loss_class, depth, batch)
    assert gradient_check(net, loss_class(), x, t) < 1e-6
    assert (net.grad != 0).any()


@pytest.mark.parametrize("loss_class", OUTPUTS)
def test_backpropagation_agrees_for_a_summed_loss(loss_class):
    net, x, t = problem("tanh", loss_class, depth=2, batch=7)
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
    (net, x, t), loss, h = problem(activation, loss_class, depth, batch), loss_class(), 1e-6
    trace = net.forward(x)
    dx = net.backward(trace, loss.grad(trace[-1], t))
    expected = np.empty_like(x)
    for place in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[place] = h
        above, below = (loss.value(net.predict(moved), t) for moved in (x + step, x - step))
        expected[place] = (above - below) / (2 * h)
    np.testing.assert_allclose(dx, expected, rtol=1e-6, atol=1e-8)


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
