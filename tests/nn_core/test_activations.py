"""Activations against their formulas as scipy has them, and against their own slopes."""

import numpy as np
import pytest
from scipy import special

from nn_core import ACTIVATIONS, Sigmoid, activation

Z = np.linspace(-6, 6, 24)  # an even number of points, so that no kink at 0 is among them
FORMULAS = {
    "identity": lambda z: z,
    "sigmoid": special.expit,
    "tanh": lambda z: 2 * special.expit(2 * z) - 1,
    "relu": lambda z: (z + abs(z)) / 2,
}


@pytest.mark.parametrize("name", FORMULAS)
def test_is_its_formula(name):
    np.testing.assert_allclose(activation(name).forward(Z), FORMULAS[name](Z), rtol=0, atol=1e-15)


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


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_keeps_shape_and_dtype_and_leaves_its_input_alone(name, dtype):
    f, z = activation(name), np.linspace(-2, 2, 6, dtype=dtype).reshape(3, 2)
    before = z.copy()
    a = f.forward(z)
    for array in (a, f.derivative(z, a), f.backward(z, a, np.ones_like(z))):
        assert (array.shape, array.dtype) == (z.shape, z.dtype)
    np.testing.assert_array_equal(z, before)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_huge_inputs_give_finite_numbers_without_a_warning(name, dtype):
    f, z = activation(name), np.array([-1e4, 1e4], dtype)
    a = f.forward(z)
    assert np.isfinite(a).all()
    assert np.isfinite(f.derivative(z, a)).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_saturates_at_exactly_0_and_1(dtype):
    np.testing.assert_array_equal(Sigmoid().forward(np.array([-1e4, 1e4], dtype)), [0, 1])


def test_relu_has_slope_0_at_0_as_its_docstring_says():
    relu, zero = activation("relu"), np.zeros((1, 1))
    np.testing.assert_array_equal(relu.derivative(zero, relu.forward(zero)), [[0]])


@pytest.mark.parametrize(
    ("wrong", "near"), [("sigmoyd", "sigmoid"), ("Tanh", "tanh"), ("rellu", "relu")]
)
def test_unknown_name_is_refused_with_the_nearest_known_one(wrong, near):
    with pytest.raises(ValueError, match=rf"^activation: .*mean '{near}'.*{wrong}"):
        activation(wrong)


@pytest.mark.parametrize("wrong", ["xyzzy", "", None, 3, ["tanh"]])
def test_a_name_like_no_other_is_refused_with_the_list_of_known_ones(wrong):
    with pytest.raises(ValueError, match=r"^activation: ") as refusal:
        activation(wrong)
    assert all(name in str(refusal.value) for name in ACTIVATIONS)
