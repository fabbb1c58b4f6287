"""The chain of slopes against the composed function."""

import numpy as np
import pytest

from nn_core import ACTIVATIONS, activation
from recipes.activations import shaped
from views.activations.learning import Numbers, caption, chain, picture


def drawn(chains):
    return picture(Numbers(chains, 1.0, 1.0))


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"step"}))
@pytest.mark.parametrize(("x", "weight"), [(1.3, 1.0), (-0.7, 2.0), (0.4, 0.5)])
def test_the_chains_product_is_the_slope_of_the_composed_function(name, x, weight):
    f, depth, h = shaped(name, 0.2, 1.5).forward, 5, 1e-6

    def composed(a):
        for _ in range(depth):
            a = f(np.array([weight * a]))[0]
        return a

    slope = (composed(x + h) - composed(x - h)) / (2 * h)
    assert chain(shaped(name, 0.2, 1.5), x, weight, depth).weighted[-1] == pytest.approx(
        slope, abs=2e-8
    )


def test_slopes_alone_leave_the_weights_out():
    one = chain(activation("tanh"), 0.5, 3.0, 8)
    np.testing.assert_allclose(one.weighted, one.slopes * 3.0 ** np.arange(1, 9))


@pytest.mark.parametrize("weight", [0.1, 1.0, 8.0])
@pytest.mark.parametrize("x", [-10.0, 0.0, 3.0])
def test_sigmoids_slopes_stay_under_the_ceiling(x, weight):
    slopes = chain(activation("sigmoid"), x, weight, 50).slopes
    assert (slopes <= 0.25 ** np.arange(1, 51)).all()
    figure = drawn([chain(activation("sigmoid"), x, weight, 50)])
    np.testing.assert_allclose(figure.data[0].y, 0.25 ** np.arange(1, 51))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_function_gives_a_picture_of_the_deepest_and_heaviest_chain(name):
    for x, weight in ((-10.0, 8.0), (10.0, 8.0), (0.0, 0.1)):
        assert len(drawn([chain(shaped(name, 1.0, 3.0), x, weight, 50)]).data) == 3


def test_a_chain_of_one_layer_has_no_half_layers_on_its_axis():
    assert drawn([chain(activation("tanh"), 1.0, 1.0, 1)]).layout.xaxis.dtick == 1


def test_a_dead_chain_is_said_to_let_nothing_through():
    assert "relu **nothing**" in caption(
        Numbers([chain(activation("relu"), -1.0, 1.0, 5)], 1.0, -1.0)
    )
