"""Activations against their formulas as scipy has them, and against their own slopes."""

import math

import numpy as np
import pytest

from nn_core import (
    ACTIVATIONS,
    ELU,
    Ensemble,
    LeakyReLU,
    Sigmoid,
    activation,
    mlp,
)
from tests.activation_formulas import FORMULAS, SLOPES

Z = np.linspace(-6, 6, 24)  # an even number of points, so that no kink at 0 is among them
TYPES = [np.float32, np.float64]


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_is_its_formula(name):
    np.testing.assert_allclose(activation(name).forward(Z), FORMULAS[name](Z), rtol=0, atol=2e-15)


@pytest.mark.parametrize("slope", [0.0, 0.2, -0.5])
def test_leaky_relu_leaks_as_much_as_asked(slope):
    f, expected = LeakyReLU(slope), np.where(Z > 0, Z, slope * Z)
    np.testing.assert_allclose(f.forward(Z), expected, rtol=1e-15)
    np.testing.assert_allclose(f.derivative(Z, f.forward(Z)), np.where(Z > 0, 1, slope))


@pytest.mark.parametrize("alpha", [0.5, 2.0])
def test_elu_levels_off_where_asked(alpha):
    f = ELU(alpha)
    np.testing.assert_allclose(f.forward(np.array([-50.0, 3.0])), [-alpha, 3])
    numerical = (f.forward(Z + 1e-6) - f.forward(Z - 1e-6)) / 2e-6
    np.testing.assert_allclose(f.derivative(Z, f.forward(Z)), numerical, rtol=1e-7, atol=1e-9)


def test_gelu_and_its_approximation_differ_in_the_fourth_decimal():
    z = np.linspace(-6, 6, 1001)
    difference = abs(activation("gelu").forward(z) - activation("gelu_tanh").forward(z)).max()
    assert 1e-4 < difference < 1e-3


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_derivative_is_the_slope_of_the_function(name):
    f, h = activation(name), 1e-5
    slope = (f.forward(Z + h) - f.forward(Z - h)) / (2 * h)
    np.testing.assert_allclose(f.derivative(Z, f.forward(Z)), slope, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_backward_is_the_blame_times_the_slope(name):
    f, rng = activation(name), np.random.default_rng(0)
    z, da = rng.normal(size=(7, 3)), rng.normal(size=(7, 3))
    a, h = f.forward(z), 1e-6
    slope = (f.forward(z + h) - f.forward(z - h)) / (2 * h)
    np.testing.assert_allclose(f.backward(z, a, da), da * slope, rtol=1e-7, atol=1e-8)
    assert f.backward(z, a, da, input_gradient=False) is None


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("shape", [(6,), (3, 2), (2, 3, 4), (0, 3), (1, 1)])
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_keeps_shape_and_dtype_and_leaves_its_input_alone(name, shape, dtype):
    f, z = activation(name), np.linspace(-2, 2, math.prod(shape), dtype=dtype).reshape(shape)
    before = z.copy()
    a = f.forward(z)
    for array in (a, f.derivative(z, a), f.backward(z, a, np.ones_like(z))):
        assert (array.shape, array.dtype) == (z.shape, z.dtype)
    np.testing.assert_array_equal(z, before)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_every_number_is_bent_by_itself_in_an_ensembles_stack_too(name):
    f, z = activation(name), np.random.default_rng(1).normal(size=(4, 3, 2))
    a = f.forward(z)
    for lane in range(4):
        np.testing.assert_array_equal(a[lane], f.forward(z[lane]))
        np.testing.assert_array_equal(f.derivative(z, a)[lane], f.derivative(z[lane], a[lane]))


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_huge_inputs_are_their_formula_without_a_warning(name, dtype):
    f, z = activation(name), np.array([-1e4, 1e4], dtype)
    a = f.forward(z)
    np.testing.assert_allclose(a, FORMULAS[name](np.array([-1e4, 1e4])), rtol=1e-6)
    np.testing.assert_allclose(
        f.derivative(z, a), [SLOPES[name](-1e4), SLOPES[name](1e4)], rtol=1e-6
    )


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_tiny_inputs_are_as_good_as_0_without_a_warning(name, dtype):
    f, z = activation(name), np.array([-1e-300, 1e-300], dtype)
    a = f.forward(z)
    np.testing.assert_allclose(a, FORMULAS[name](z.astype(float)), rtol=1e-6, atol=1e-15)
    assert np.isfinite(f.derivative(z, a)).all()


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_largest_numbers_there_are_stay_finite_without_a_warning(name, dtype):
    f, z = activation(name), np.array([np.finfo(dtype).min, np.finfo(dtype).max], dtype)
    a = f.forward(z)
    assert np.isfinite(a).all()
    assert np.isfinite(f.derivative(z, a)).all()


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_float32_agrees_with_float64_to_its_own_precision(name):
    f, z = activation(name), np.random.default_rng(0).uniform(-30, 30, 500).astype(np.float32)
    a, exact = f.forward(z), f.forward(z.astype(float))
    np.testing.assert_allclose(a, exact, rtol=1e-6, atol=1e-5)
    slope = f.derivative(z.astype(float), exact)
    np.testing.assert_allclose(f.derivative(z, a), slope, rtol=1e-6, atol=1e-5)


@pytest.mark.parametrize("dtype", TYPES)
def test_sigmoid_saturates_at_exactly_0_and_1(dtype):
    np.testing.assert_array_equal(Sigmoid().forward(np.array([-1e4, 1e4], dtype)), [0, 1])


def test_sigmoids_slope_is_at_most_a_quarter_reached_at_0():
    z = np.linspace(-5, 5, 101)
    slope = Sigmoid().derivative(z, Sigmoid().forward(z))
    assert slope.max() == 0.25 == slope[50]


@pytest.mark.parametrize(
    ("name", "value", "slope"),
    [("step", 0, 0), ("relu", 0, 0), ("leaky_relu", 0, 0.01), ("elu", 0, 1)],
)
def test_at_a_kink_the_convention_is_that_of_the_docstring(name, value, slope):
    f, zero = activation(name), np.zeros((1, 1))
    np.testing.assert_array_equal(f.forward(zero), [[value]])
    np.testing.assert_array_equal(f.derivative(zero, f.forward(zero)), [[slope]])


@pytest.mark.parametrize("wrong", [math.nan, math.inf, "0.1", None, [0.1], 10**400])
def test_a_slope_or_an_alpha_that_is_no_finite_number_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^slope: expected a finite number, got "):
        LeakyReLU(wrong)
    with pytest.raises(ValueError, match=r"^alpha: expected a finite number, got "):
        ELU(wrong)


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("sigmoyd", "sigmoid"), ("Tanh", "tanh"), ("rellu", "relu"), ("gelu-tanh", "gelu_tanh")],
)
def test_unknown_name_is_refused_with_the_nearest_known_one(wrong, near):
    with pytest.raises(ValueError, match=rf"^activation: .*mean '{near}'.*{wrong}"):
        activation(wrong)


@pytest.mark.parametrize("wrong", ["xyzzy", "", None, 3, ["tanh"]])
def test_a_name_like_no_other_is_refused_with_the_list_of_known_ones(wrong):
    with pytest.raises(ValueError, match=r"^activation: ") as refusal:
        activation(wrong)
    assert all(name in str(refusal.value) for name in ACTIVATIONS)


# An activation travels as itself


def test_two_of_one_kind_and_number_are_one_to_whoever_keeps_them():
    assert Sigmoid() == activation("sigmoid") != activation("tanh")
    assert LeakyReLU(0.2) == LeakyReLU(0.2) != LeakyReLU(0.3)
    assert ELU(0.2) != LeakyReLU(0.2)
    assert Sigmoid() != "sigmoid"
    assert {LeakyReLU(0.2): 1, ELU(2.0): 2}[LeakyReLU(0.2)] == 1
    assert len({kind() for kind in ACTIVATIONS.values()} | {LeakyReLU(), ELU(1)}) == len(
        ACTIVATIONS
    )


def test_an_activation_is_taken_wherever_its_name_is():
    assert activation(given := LeakyReLU(0.2)) is given
    x, seed = np.random.default_rng(3).normal(size=(5, 3)), 4
    named, itself = (mlp([3, 4, 4, 1], f, seed=seed) for f in ("elu", ELU(1.0)))
    np.testing.assert_array_equal(named.predict(x), itself.predict(x))
    mixed = mlp([3, 4, 4, 1], ["elu", ELU(1.0)], seed=seed)
    np.testing.assert_array_equal(named.predict(x), mixed.predict(x))
    stacked = Ensemble([3, 4, 4, 1], ELU(1.0), seeds=[seed])
    np.testing.assert_allclose(stacked.predict(x)[0], named.predict(x), rtol=1e-12)
    W = np.array([[1.0]])
    leaky = mlp([1, 1, 1], LeakyReLU(0.2))
    leaky.theta = np.array([1.0, 0.0, 1.0, 0.0])
    np.testing.assert_allclose(leaky.predict(-5 * W), -W)
