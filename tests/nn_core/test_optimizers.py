"""Optimizers against their formulas, a parameter at a time, in plain Python."""

import math

import numpy as np
import pytest

from nn_core import OPTIMIZERS, SGD, Adam, RMSprop, constant, cosine, optimizer, step_decay

START = [1.0, -2.0, 0.5]
GRADIENTS = [[0.1, -3.0, 1e-4], [0.2, 2.0, 0.0], [-0.3, 1.0, 1e-4], [0.0, -1.0, -50.0]]
GRADIENTS += np.random.default_rng(0).normal(size=(26, 3)).tolist()

NO_LEARNING_RATES = [0, -1, math.nan, math.inf, -math.inf, "abc", None, True, 1j, [0.1]]
NO_LEARNING_RATES += [pytest.param(10**400, id="an integer that no float can hold")]


# The rules, for one parameter: its start, its gradients, the learning rate of each step.


def descended(value, gradients, rates):
    for g, lr in zip(gradients, rates, strict=True):
        value -= lr * g
    return value


def rolled(value, gradients, rates, mu=0.9):
    v = 0.0
    for g, lr in zip(gradients, rates, strict=True):
        v = mu * v - lr * g
        value += v
    return value


def rolled_looking_ahead(value, gradients, rates, mu=0.9):
    v = 0.0
    for g, lr in zip(gradients, rates, strict=True):
        v = mu * v - lr * g
        value += mu * v - lr * g
    return value


def rms_propagated(value, gradients, rates, rho=0.9, epsilon=1e-7):
    v = 0.0
    for g, lr in zip(gradients, rates, strict=True):
        v = rho * v + (1 - rho) * g**2
        value -= lr * g / (math.sqrt(v) + epsilon)
    return value


def adapted(value, gradients, rates, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = v = 0.0
    for t, (g, lr) in enumerate(zip(gradients, rates, strict=True), start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        value -= lr * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + epsilon)
    return value


RULES = {
    "sgd": descended,
    "momentum": rolled,
    "nesterov": rolled_looking_ahead,
    "rmsprop": rms_propagated,
    "adam": adapted,
}
# An optimizer with settings of its own, and its rule with the same ones.
SETTINGS = [
    pytest.param(lambda lr: SGD(lr, 0.5), rolled, (0.5,), id="momentum 0.5"),
    pytest.param(lambda lr: SGD(lr, 0.5, True), rolled_looking_ahead, (0.5,), id="nesterov 0.5"),
    pytest.param(lambda lr: RMSprop(lr, 0.5, 0.01), rms_propagated, (0.5, 0.01), id="rmsprop"),
    pytest.param(lambda lr: RMSprop(lr, 0), rms_propagated, (0, 1e-7), id="rmsprop, rho 0"),
    pytest.param(lambda lr: Adam(lr, 0.5, 0.9, 0.01), adapted, (0.5, 0.9, 0.01), id="adam"),
    pytest.param(lambda lr: Adam(lr, 0, 0), adapted, (0, 0, 1e-8), id="adam, betas 0"),
]
SCHEDULES = {
    "constant": constant(0.1),
    "step_decay": step_decay(0.1, every=7),
    "cosine": cosine(0.1, steps=20, floor=0.01),
    "our own": lambda step: 0.1 / (1 + step),
}


def after_steps(optimizer, dtype=np.float64):
    theta = np.array(START, dtype)
    for grad in GRADIENTS:
        optimizer.step(theta, np.array(grad, dtype))
    return theta


def by_the_rule(rule, rates, *settings):
    columns = zip(*GRADIENTS, strict=True)
    return [rule(start, g, rates, *settings) for start, g in zip(START, columns, strict=True)]


@pytest.mark.parametrize("lr", [0.1, 0.003])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_is_its_formula(name, lr):
    expected = by_the_rule(RULES[name], [lr] * len(GRADIENTS))
    np.testing.assert_allclose(after_steps(OPTIMIZERS[name](lr)), expected, rtol=1e-11)


@pytest.mark.parametrize(("make", "rule", "settings"), SETTINGS)
def test_is_its_formula_with_other_settings_too(make, rule, settings):
    expected = by_the_rule(rule, [0.1] * len(GRADIENTS), *settings)
    np.testing.assert_allclose(after_steps(make(0.1)), expected, rtol=1e-11)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_step_uses_the_schedules_learning_rate_of_that_step(name, schedule):
    rates = [SCHEDULES[schedule](step) for step in range(len(GRADIENTS))]
    expected = by_the_rule(RULES[name], rates)
    found = after_steps(OPTIMIZERS[name](SCHEDULES[schedule]))
    np.testing.assert_allclose(found, expected, rtol=1e-11)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_learning_rate_shown_is_that_of_the_next_step(name):
    optimizer = OPTIMIZERS[name](lambda step: 1 / (1 + step))
    shown = []
    for _ in range(4):
        shown.append(optimizer.lr)
        optimizer.step(np.ones(2), np.ones(2))
    assert shown == [1, 1 / 2, 1 / 3, 1 / 4]


def test_sgd_without_momentum_is_plain():
    np.testing.assert_array_equal(after_steps(SGD(0.1)), after_steps(SGD(0.1, momentum=0.0)))


def test_momentum_on_a_steady_slope_gets_as_fast_as_a_geometric_series():
    theta, optimizer = np.zeros(1), SGD(0.1, momentum=0.8)
    for _ in range(200):
        before = theta.copy()
        optimizer.step(theta, np.ones(1))
    np.testing.assert_allclose(theta - before, -0.1 / (1 - 0.8), rtol=1e-12)


def test_nesterov_takes_the_gradient_where_the_ball_will_be():
    def slope(theta):
        return theta + theta**3

    lr, mu = 0.05, 0.9
    optimizer, ahead = SGD(lr, mu, nesterov=True), np.array([1.5])
    theta, v = 1.5, 0.0
    for _ in range(25):  # Sutskever's own form keeps θ; ours keeps θ + μ v
        v = mu * v - lr * slope(theta + mu * v)
        theta += v
        optimizer.step(ahead, slope(ahead))
        np.testing.assert_allclose(ahead, theta + mu * v, rtol=1e-10)


def test_adam_without_arguments_is_the_papers():
    np.testing.assert_array_equal(after_steps(Adam()), after_steps(Adam(0.001, 0.9, 0.999, 1e-8)))


def test_adams_first_step_is_the_learning_rate_whatever_the_gradients_size():
    theta = np.zeros(3)
    Adam(0.01).step(theta, np.array([1e-3, -5.0, 1e6]))
    np.testing.assert_allclose(theta, [-0.01, 0.01, -0.01], rtol=1e-4)


def test_rmsprops_first_step_is_the_same_whatever_the_gradients_size():
    theta = np.zeros(3)
    RMSprop(0.01, rho=0.75).step(theta, np.array([1e-3, -5.0, 1e6]))
    np.testing.assert_allclose(theta, [-0.02, 0.02, -0.02], rtol=1e-3)


def test_rmsprop_without_arguments_is_keras():
    np.testing.assert_array_equal(after_steps(RMSprop()), after_steps(RMSprop(0.001, 0.9, 1e-7)))


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_step_moves_the_vector_it_was_given_and_not_the_gradient(make):
    theta, grad = np.array(START), np.array(GRADIENTS[0])
    view = theta[:2]
    assert make(0.1).step(theta, grad) is None
    assert (view != START[:2]).all()
    np.testing.assert_array_equal(grad, GRADIENTS[0])


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_float32_stays_float32(make):
    exact, theta = after_steps(make(0.1)), after_steps(make(0.1), np.float32)
    assert theta.dtype == np.float32
    np.testing.assert_allclose(theta, exact, rtol=1e-5)


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_learning_rate_may_be_a_numpy_number(make):
    np.testing.assert_array_equal(after_steps(make(np.float64(0.5))), after_steps(make(0.5)))


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
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


@pytest.mark.parametrize("wrong", [1, -0.1, math.nan, "0.9", None])
def test_a_momentum_or_a_rho_that_is_not_between_0_and_1_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^momentum: expected .* got "):
        SGD(0.1, momentum=wrong)
    with pytest.raises(ValueError, match=r"^rho: expected .* got "):
        RMSprop(rho=wrong)


@pytest.mark.parametrize("wrong", [0, -1e-8, math.nan, "small"])
def test_rmsprop_refuses_an_epsilon_that_is_not_positive(wrong):
    with pytest.raises(ValueError, match=r"^epsilon: expected .* got "):
        RMSprop(epsilon=wrong)


def test_nesterov_without_momentum_is_refused():
    with pytest.raises(ValueError, match=r"^momentum: expected more than 0 for nesterov, got 0"):
        SGD(0.1, nesterov=True)


def test_an_unknown_name_is_refused_with_the_nearest_one_that_is_known():
    with pytest.raises(ValueError, match=r"^optimizer: did you mean 'adam'\? expected one of "):
        optimizer("adan", 0.1)
    with pytest.raises(ValueError, match=r"^lr: expected a positive finite number, got "):
        optimizer("adam", -1)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_by_its_name_is_the_one_in_the_table(name):
    np.testing.assert_array_equal(
        after_steps(optimizer(name, 0.1)), after_steps(OPTIMIZERS[name](0.1))
    )


# What the next step depends on


@pytest.mark.parametrize("steps_before", [0, 1, 13])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_another_optimizer_goes_on_from_the_state_of_the_first(name, steps_before):
    first, second = (OPTIMIZERS[name](SCHEDULES["cosine"]) for _ in range(2))
    theta = np.array(START)
    for grad in GRADIENTS[:steps_before]:
        first.step(theta, np.array(grad))
    second.load_state(first.state())
    for grad in GRADIENTS[steps_before:]:
        second.step(theta, np.array(grad))
    np.testing.assert_array_equal(theta, after_steps(OPTIMIZERS[name](SCHEDULES["cosine"])))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_state_stays_as_it_was_when_either_optimizer_goes_on(name):
    first, second = OPTIMIZERS[name](0.1), OPTIMIZERS[name](0.1)
    first.step(np.ones(3), np.ones(3))
    state = first.state()
    before = {key: array.copy() for key, array in state.items()}
    second.load_state(state)
    for one in (first, second):
        one.step(np.ones(3), np.full(3, 5.0))
    for key, array in state.items():
        np.testing.assert_array_equal(array, before[key])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_that_has_stepped_can_go_back_to_a_state_from_before_the_first_step(name):
    optimizer = OPTIMIZERS[name](0.1)
    start = optimizer.state()
    optimizer.step(np.zeros(3), np.ones(3))
    optimizer.load_state(start)
    np.testing.assert_array_equal(after_steps(optimizer), after_steps(OPTIMIZERS[name](0.1)))
