"""Every number on the way of an image adds up to the next, by a plain restatement."""

import numpy as np
import pytest

from nn_core import Sequential, mlp
from recipes.through import exactly, score_gradient, sum_of, through

BENDS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
}


def network(activation: str, hidden: list[int], dropout: float = 0.0) -> Sequential:
    sizes = [16, *hidden, 5]
    return mlp(sizes, activation, "glorot_uniform", 3, np.float32, dropout)


def weights(net: Sequential) -> list[tuple[np.ndarray, np.ndarray]]:
    """Each layer's weights and biases in float64, read from the flat vector by its sizes alone."""
    theta, found, start = net.theta.astype(float), [], 0
    for n_in, n_out in zip(net.sizes, net.sizes[1:], strict=False):
        W = theta[start : start + n_in * n_out].reshape(n_in, n_out)
        start += n_in * n_out + n_out
        found.append((W, theta[start - n_out : start]))
    return found


@pytest.mark.parametrize("activation", BENDS)
@pytest.mark.parametrize(("hidden", "dropout"), [([6], 0.0), ([6], 0.5), ([7, 4, 3], 0.0)])
def test_every_number_adds_up_to_the_next(activation, hidden, dropout):
    net = network(activation, hidden, dropout)
    x = np.random.default_rng(1).random(16)
    twin, values = exactly(net), x
    way = through(twin, x)
    for layer, (W, b) in enumerate(weights(net)):
        np.testing.assert_allclose(way.inputs[layer], values, rtol=1e-12)
        for unit in range(len(b)):
            part = sum_of(twin, way, layer, unit)
            adds = [value * weight for value, weight in zip(values, W[:, unit], strict=True)]
            np.testing.assert_allclose(part.adds, adds, rtol=1e-12, atol=1e-15)
            assert part.bias == b[unit]
            assert part.total == pytest.approx(sum(adds) + b[unit], rel=1e-12, abs=1e-14)
            assert sorted(part.order.tolist()) == list(range(len(adds)))
            assert (np.diff(np.abs(part.adds[part.order])) <= 0).all()
        z = np.array([sum_of(twin, way, layer, unit).total for unit in range(len(b))])
        values = BENDS[activation](z)
    np.testing.assert_allclose(way.probabilities, np.exp(z) / np.exp(z).sum(), rtol=1e-12)
    np.testing.assert_allclose(
        net.predict(x[None].astype(np.float32))[0], way.sums[-1], rtol=1e-4, atol=1e-6
    )


def test_the_gradient_says_what_a_small_change_of_a_pixel_does_to_the_score():
    net = exactly(network("tanh", [6, 4]))
    x, h = np.random.default_rng(2).random(16), 1e-6
    for score in (0, 3):
        gradient = score_gradient(net, x, score)
        for pixel in range(16):
            step = h * (np.arange(16) == pixel)
            above, below = (through(net, x + sign * step).sums[-1][score] for sign in (1, -1))
            assert gradient[pixel] == pytest.approx((above - below) / (2 * h), abs=1e-8)
