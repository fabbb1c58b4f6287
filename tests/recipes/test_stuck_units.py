"""Units through which hardly any error comes: counted against a count by hand."""

import math

import numpy as np
import pytest

from nn_core import ACTIVATIONS, mlp
from recipes.stuck_units import Stuck, steepest, stuck_units

# Found by setting f′′ to 0, by hand or in the papers; the others are steepest at an end.
LARGEST = {
    "identity": 1.0,
    "step": 0.0,
    "sigmoid": 0.25,
    "tanh": 1.0,
    "relu": 1.0,
    "leaky_relu": 1.0,
    "elu": 1.0,
    "softplus": 1.0,
    "silu": 1.0998394,
    "gelu": 0.5 * (1 + math.erf(1)) + math.sqrt(2) * math.exp(-1) / math.sqrt(2 * math.pi),
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_slope_is_the_one_known(name):
    assert steepest(ACTIVATIONS[name]()) == pytest.approx(LARGEST[name], abs=1e-6)


def layer_with_sums(activation, z):
    """A network whose hidden units sum up just these numbers z (images, units), and the images."""
    net = mlp([z.shape[1], z.shape[1], 2], activation, "zeros")
    net.dense[0].W[:] = np.eye(z.shape[1])
    return net, z


def test_a_relu_is_dead_if_it_answers_0_to_every_image():
    z = np.full((40, 3), -1.0)
    z[0, 1], z[:, 2] = 0.001, 5  # one image wakes the second unit
    assert stuck_units(*_in_parts(*layer_with_sums("relu", z))) == [Stuck(1, 3)]
    z[:, 0] = 0  # at the corner it answers 0, too
    assert stuck_units(*_in_parts(*layer_with_sums("relu", z))) == [Stuck(1, 3)]


@pytest.mark.parametrize(("name", "slope"), [("sigmoid", 0.25), ("tanh", 1.0)])
def test_others_are_saturated_where_their_slope_is_small_on_nearly_all_images(name, slope):
    far = np.sqrt(1 - 0.05) if name == "tanh" else 0.5 + math.sqrt(0.25 - 0.05 * slope)
    edge = math.atanh(far) if name == "tanh" else math.log(far / (1 - far))  # slope 5 % there
    z = np.zeros((100, 4))
    z[:, 0] = edge + 0.01
    z[:, 1] = -edge + 0.01  # steep enough
    z[:96, 2] = -edge - 0.01
    z[:95, 3] = edge + 0.01  # no more than 95 of 100
    assert stuck_units(*_in_parts(*layer_with_sums(name, z))) == [Stuck(2, 4)]


def test_every_hidden_layer_is_counted_and_a_straight_line_or_a_step_never_is_flatter():
    net = mlp([3, 4, 5, 2], "relu", "zeros", dropout=0.3)
    net.dense[0].b[:] = [1, -1, -1, 1]
    net.dense[1].b[:] = [-1, 1, 1, 1, 0]
    assert stuck_units(net, [np.ones((2, 3))]) == [Stuck(2, 4), Stuck(2, 5)]
    for name in ("identity", "step"):
        assert stuck_units(
            *layer_with_sums(name, np.full((1, 2), -90.0))[:1], [np.zeros((1, 2))]
        ) == [Stuck(0, 2)]


def _in_parts(net, x):
    return net, [x[:7], x[7:]]
