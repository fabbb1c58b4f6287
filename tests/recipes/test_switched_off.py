"""Units that are off answer 0: held to a network written out again, unit by unit."""

import numpy as np
import pytest

from nn_core import mlp
from recipes.hidden import passed, up_to
from recipes.switched_off import Needed, needed, scores_of, without

BENDS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}


def network(activation="tanh", hidden=(6, 5), dropout=0.0):
    net = mlp([9, *hidden, 4], activation, "glorot_uniform", 3, dropout=dropout)
    net.theta += np.random.default_rng(1).normal(0, 0.3, len(net.theta))
    return net


def scores_by_hand(net, activation, x, off):
    """Forward as in a textbook, with the answers of some units put to 0."""
    for layer, dense in enumerate(net.dense):
        x = x @ dense.W + dense.b
        if layer < len(net.dense) - 1:
            x = BENDS[activation](x)
            x[:, [unit for of, unit in off if of == layer]] = 0
    return x


@pytest.mark.parametrize("activation", BENDS)
@pytest.mark.parametrize("hidden", [(6,), (6, 5), (5, 4, 6)])
def test_a_unit_that_is_off_answers_0_in_whatever_layer(activation, hidden):
    net = network(activation, hidden, dropout=0.2)
    x = np.random.default_rng(0).normal(size=(7, 9))
    first = passed(up_to(net, 0), x)
    before = net.theta.copy()
    for off in ([], [(0, 1)], [(0, 0), (0, 4), (len(hidden) - 1, 2)]):
        expected = scores_by_hand(net, activation, x, off)
        np.testing.assert_allclose(without(net, off).predict(x), expected, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(scores_of(without(net, off), first), expected, atol=1e-12)
    np.testing.assert_array_equal(net.theta, before)


@pytest.mark.parametrize("layer", [0, 1])
def test_each_unit_alone_and_the_first_of_the_order_together_are_counted_by_hand(layer):
    net, rng = network(), np.random.default_rng(4)
    x = rng.normal(size=(300, 9))
    t = scores_by_hand(net, "tanh", x, []).argmax(axis=1)
    t[:40] = rng.integers(0, 4, 40)

    def right(off):
        return int((scores_by_hand(net, "tanh", x, off).argmax(axis=1) == t).sum())

    found = needed(net, passed(up_to(net, 0), x), t, layer)
    units = range([6, 5][layer])
    assert (found.images, found.right) == (300, right([]))
    assert found.alone.tolist() == [right([(layer, unit)]) for unit in units]
    assert found.order.tolist() == sorted(units, key=lambda unit: (-found.alone[unit], unit))
    for count in range(len(units) + 1):
        gone = [(layer, int(unit)) for unit in found.order[:count]]
        assert found.together[count] == right(gone)


def test_so_many_can_go_until_it_first_reads_more_than_one_point_less():
    def spare(*together):
        order = np.arange(len(together) - 1)
        return Needed(1000, together[0], order, order, np.array(together)).spare

    assert spare(900, 895, 890, 889, 899) == 2
    assert spare(900, 880, 900) == 0
    assert spare(900, 905, 890) == 2
    assert spare(100, 98, 95) == 2
