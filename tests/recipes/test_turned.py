"""The few pixels that turn an answer: enough, each needed, and the fewest where that is known."""

import numpy as np
import pytest

from nn_core import mlp
from recipes.turned import turned


def network(hidden: list[int], seed: int, activation: str = "relu", classes: int = 5):
    """A network on 6×6 pixels whose weights are as large as trained ones."""
    net = mlp([36, *hidden, classes], activation, "glorot_uniform", seed, np.float64)
    net.theta = 3 * net.theta + np.random.default_rng(seed).normal(0, 0.05, len(net.theta))
    return net


def fewest_of_a_linear_network(W: np.ndarray, b: np.ndarray, x: np.ndarray) -> int:
    """How many pixels must change: for each class the largest gains until they exceed the lead.

    A pixel alone can move a difference of two scores by w(1 − x) if w, the difference of its two
    weights, is above 0, and by −wx if it is below; what several do adds up.
    """
    scores = x @ W + b
    said, needed = int(scores.argmax()), []
    for other in range(len(b)):
        w = W[:, other] - W[:, said]
        gains = np.sort(np.maximum(w * (1 - x), -w * x))[::-1]
        enough = np.cumsum(gains) > scores[said] - scores[other]
        if other != said and enough.any():
            needed.append(int(enough.argmax()) + 1)
    return min(needed)


@pytest.mark.parametrize("seed", range(20))
def test_of_a_linear_network_they_are_the_fewest_there_are(seed):
    net, x = network([], seed), np.random.default_rng(seed).random(36).round(2)
    found = turned(net, x)
    assert found is not None
    (dense,) = net.dense
    assert len(found.pixels) == fewest_of_a_linear_network(dense.W, dense.b, x)


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh", "gelu"])
@pytest.mark.parametrize("hidden", [[12], [10, 8, 6]])
@pytest.mark.parametrize("classes", [2, 5])
def test_they_are_enough_and_each_of_them_is_needed(activation, hidden, classes):
    some = 0
    for seed in range(12):
        net = network(hidden, seed, activation, classes)
        x = np.random.default_rng(seed).random(36) * (np.arange(36) % 3 > 0)
        found = turned(net, x)
        if found is None:
            continue
        some += 1
        before = net.predict(x[np.newaxis])[0]
        np.testing.assert_array_equal(found.before, before)
        after = net.predict(found.image[np.newaxis])[0]
        assert after.argmax() == found.says != found.said == before.argmax()
        assert set(np.flatnonzero(found.image != x)) == set(found.pixels.tolist())
        assert set(found.image[found.pixels]) <= {0, 1}
        steps = np.abs(found.image - x)[found.pixels]
        assert (np.diff(steps) <= 0).all()
        for pixel in found.pixels:
            back = found.image.copy()
            back[pixel] = x[pixel]
            assert net.predict(back[np.newaxis])[0].argmax() == found.said
    assert some


def test_an_image_of_one_grey_can_be_turned_and_what_has_no_slope_or_no_other_class_cannot():
    grey = np.full(36, 0.5)
    found = turned(network([12], 1), grey)
    assert found is not None
    assert found.says != found.said
    assert turned(network([12], 1, "step"), grey) is None
    assert turned(network([12], 1, classes=1), grey) is None
    net = network([12], 1)
    net.theta = net.theta * 0  # every image has the same answer
    assert turned(net, grey) is None
    assert turned(network([12], 1), grey, most=0) is None
