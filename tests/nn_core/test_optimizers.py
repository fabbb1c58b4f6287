"""Optimizers against their formulas, a parameter at a time, in plain Python."""

import math

import numpy as np
import pytest

from nn_core import SGD, Adam

START = [1.0, -2.0, 0.5]
GRADIENTS = [[0.1, -3.0, 1e-4], [0.2, 2.0, 0.0], [-0.3, 1.0, 1e-4], [0.0, -1.0, -50.0]]

NO_LEARNING_RATES = [0, -1, math.nan, math.inf, -math.inf, "abc", None, True, 1j, [0.1]]
NO_LEARNING_RATES += [pytest.param(10**400, id="an integer that no float can hold")]


def after_steps(optimizer, dtype=np.float64):
    theta = np.array(START, dtype)
    for grad in GRADIENTS:
        optimizer.step(theta, np.array(grad, dtype))
    return theta


def test_sgd_goes_the_learning_rate_times_the_gradient_downhill():
    expected = [start - sum(0.1 * grad[i] for grad in GRADIENTS) for i, start in enumerate(START)]
    np.testing.assert_allclose(after_steps(SGD(0.1)), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("lr", "beta1", "beta2", "epsilon"),
    [(0.001, 0.9, 0.999, 1e-8), (0.1, 0.5, 0.9, 1e-2), (0.1, 0.0, 0.0, 1e-8)],
)
def test_adam_is_its_formula(lr, beta1, beta2, epsilon):
    expected = []
    for i, value in enumerate(START):
        m = v = 0.0
        for t, grad in enumerate(GRADIENTS, start=1):
            m = beta1 * m + (1 - beta1) * grad[i]
            v = beta2 * v + (1 - beta2) * grad[i] ** 2
            value -= lr * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + epsilon)
        expected.append(value)
    np.testing.assert_allclose(after_steps(Adam(lr, beta1, beta2, epsilon)), expected, rtol=1e-12)


def test_adam_without_arguments_is_the_papers():
    np.testing.assert_array_equal(after_steps(Adam()), after_steps(Adam(0.001, 0.9, 0.999, 1e-8)))


def test_adams_first_step_is_the_learning_rate_whatever_the_gradients_size():
    theta = np.zeros(3)
    Adam(0.01).step(theta, np.array([1e-3, -5.0, 1e6]))
    np.testing.assert_allclose(theta, [-0.01, 0.01, -0.01], rtol=1e-4)


@pytest.mark.parametrize("make", [SGD, Adam])
def test_step_moves_the_vector_it_was_given_and_not_the_gradient(make):
    theta, grad = np.array(START), np.array(GRADIENTS[0])
    view = theta[:2]
    assert make(0.1).step(theta, grad) is None
    assert (view != START[:2]).all()
    np.testing.assert_array_equal(grad, GRADIENTS[0])


@pytest.mark.parametrize("make", [SGD, Adam])
def test_float32_stays_float32(make):
    exact, theta = after_steps(make(0.1)), after_steps(make(0.1), np.float32)
    assert theta.dtype == np.float32
    np.testing.assert_allclose(theta, exact, rtol=1e-5)


@pytest.mark.parametrize("make", [SGD, Adam])
def test_a_learning_rate_may_be_a_numpy_number(make):
    np.testing.assert_array_equal(after_steps(make(np.float64(0.5))), after_steps(make(0.5)))


@pytest.mark.parametrize("make", [SGD, Adam])
@pytest.mark.parametrize("lr", NO_LEARNING_RATES)
def test_a_learning_rate_that_is_no_positive_finite_number_is_refused(make, lr):
    with pytest.raises(ValueError, match=r"^lr: expected a positive finite number, got "):
        make(lr)


@pytest.mark.parametrize("name", ["beta1", "beta2"])
@pytest.mark.parametrize("wrong", [1, -0.1, math.nan, "0.9", None])
def test_adam_refuses_a_beta_that_is_not_between_0_and_1(name, wrong):
    with pytest.raises(ValueError, match=f"^{name}: expected .* got "):
        Adam(**{name: wrong})


@pytest.mark.parametrize("wrong", [0, -1e-8, math.nan, "small"])
def test_adam_refuses_an_epsilon_that_is_not_positive(wrong):
    with pytest.raises(ValueError, match=r"^epsilon: expected .* got "):
        Adam(epsilon=wrong)
