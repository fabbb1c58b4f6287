"""Schedules at their start, their middle, their end, and after it."""

import math

import numpy as np
import pytest

from nn_core import SGD, constant, cosine, step_decay

FIRST = 0.8


@pytest.mark.parametrize("step", [0, 1, 1_000_000])
def test_constant_stays(step):
    assert constant(FIRST)(step) == FIRST


def test_constant_for_many_networks_has_a_row_for_each():
    rates = np.array([0.1, 0.2, 3.0])
    np.testing.assert_array_equal(constant(rates)(17), [[0.1], [0.2], [3.0]])


@pytest.mark.parametrize(
    ("step", "times"), [(0, 0), (1, 0), (99, 0), (100, 1), (199, 1), (200, 2), (1050, 10)]
)
@pytest.mark.parametrize("factor", [0.5, 0.9, 0.0])
def test_step_decay_multiplies_after_every_so_many_steps(step, times, factor):
    expected = FIRST
    for _ in range(times):
        expected *= factor
    assert step_decay(FIRST, every=100, factor=factor)(step) == pytest.approx(expected, rel=1e-14)


def test_step_decay_halves_unless_told_otherwise():
    assert step_decay(FIRST, every=3)(3) == FIRST / 2


@pytest.mark.parametrize("floor", [0.0, 0.1])
@pytest.mark.parametrize(
    ("step", "share"),
    [(0, 1), (15, (2 + math.sqrt(2)) / 4), (20, 0.75), (30, 0.5), (40, 0.25), (60, 0), (600, 0)],
)
def test_cosine_falls_along_half_a_cosine_and_then_stays(step, share, floor):
    expected = floor + share * (FIRST - floor)
    assert cosine(FIRST, steps=60, floor=floor)(step) == pytest.approx(expected, abs=1e-15)


def test_cosine_never_rises():
    rates = [cosine(FIRST, steps=50, floor=0.05)(step) for step in range(100)]
    assert (np.diff(rates) <= 0).all()
    assert min(rates) == rates[-1] == 0.05


@pytest.mark.parametrize("schedule", [step_decay(FIRST, 4), cosine(FIRST, 20, 0.1)])
def test_sgd_on_a_steady_slope_goes_as_far_as_the_schedule_says_step_by_step(schedule):
    optimizer, theta, places = SGD(schedule), np.zeros(1), [0.0]
    for _ in range(30):
        optimizer.step(theta, np.ones(1))
        places.append(theta[0])
    np.testing.assert_allclose(-np.diff(places), [schedule(s) for s in range(30)], atol=1e-14)


@pytest.mark.parametrize("make", [constant, lambda lr: step_decay(lr, 5), lambda lr: cosine(lr, 5)])
@pytest.mark.parametrize("wrong", [0, -1, math.nan, math.inf, "fast", None, True, 10**400])
def test_a_first_learning_rate_that_is_no_positive_finite_number_is_refused(make, wrong):
    with pytest.raises(ValueError, match=r"^lr: expected a positive finite number, got "):
        make(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        np.array([0.1, 0.0]),
        np.array([0.1, -1.0]),
        np.array([0.1, math.nan]),
        np.array([math.inf]),
        np.array([[0.1, 0.2]]),
        np.array(["fast"]),
    ],
    ids=repr,
)
def test_learning_rates_of_many_networks_are_positive_finite_numbers_in_a_row(wrong):
    with pytest.raises(ValueError, match=r"^lr: expected positive finite numbers.* got "):
        constant(wrong)


@pytest.mark.parametrize("wrong", [0, -5, 2.5, "5", None, True])
def test_a_number_of_steps_that_is_no_positive_whole_number_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^every: expected .* got "):
        step_decay(FIRST, every=wrong)
    with pytest.raises(ValueError, match=r"^steps: expected .* got "):
        cosine(FIRST, steps=wrong)


@pytest.mark.parametrize("wrong", [1, 1.5, -0.5, math.nan, "half", None])
def test_a_factor_that_is_not_between_0_and_1_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^factor: expected .* got "):
        step_decay(FIRST, every=5, factor=wrong)


@pytest.mark.parametrize("wrong", [FIRST, 2, -0.1, math.nan, "low", None])
def test_a_floor_that_is_not_below_the_first_learning_rate_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^floor: expected .* got "):
        cosine(FIRST, steps=5, floor=wrong)
