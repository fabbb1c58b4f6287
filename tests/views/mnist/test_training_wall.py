import base64
import json

import numpy as np
import pytest

from nn_core import ACTIVATIONS
from recipes.mnist import MnistSettings, mnist_net, mnist_trainer
from runs.run import progress_of
from tests.saved_runs import SMALL, as_saved, small_digits, trained
from views.mnist.training.wall import importance, weight_wall

DIGITS = small_digits()


def shown(config, steps=20, side=8, over_time=True, layer=1):
    """A wall, the progress it was made from, and the net."""
    digits = small_digits(side=side)
    trainer = mnist_trainer(config, digits)
    trainer.run(steps=steps)
    progress = progress_of(as_saved(config, trainer))
    return weight_wall(progress, trainer.net, digits.x_test, over_time, layer), progress, trainer


@pytest.mark.parametrize("side", [8, 28])
def test_the_last_pictures_are_the_networks_own_weights_to_half_a_step(side):
    wall, progress, trainer = shown(SMALL, side=side)
    first, second = trainer.net.dense
    assert (wall.side, wall.hidden, wall.units.tolist()) == (side, 5, [0, 1, 2, 3, 4])
    step = wall.ranges[-1] / 127
    np.testing.assert_allclose(wall.pictures[-1] * step, first.W.T, atol=0.51 * step)
    assert wall.ranges[-1] == pytest.approx(max(abs(first.W).max(), abs(first.b).max()))
    step = wall.outgoing_ranges[-1] / 127
    np.testing.assert_allclose(wall.outgoing[-1] * step, second.W, atol=0.51 * step)
    assert wall.steps[-1] == progress.step == 20
    np.testing.assert_allclose(wall.norms, np.sqrt((first.W.astype(float) ** 2).sum(axis=0)), 1e-5)


def test_every_moment_is_the_weights_of_then():
    wall, progress, trainer = shown(SMALL, steps=36)
    steps = sorted({*trainer.snapshots, 36})
    assert wall.steps == steps
    np.testing.assert_allclose(wall.epochs, np.array(steps) / 9)
    for n, step in enumerate(steps):
        net = trainer.net.copy()
        net.theta = trainer.snapshots.get(step, progress.theta)
        size = wall.ranges[n] / 127
        np.testing.assert_allclose(wall.pictures[n] * size, net.dense[0].W.T, atol=0.51 * size)


def test_without_a_film_there_is_one_moment():
    wall, *_ = shown(SMALL, over_time=False)
    assert (wall.steps, wall.pictures.shape, wall.outgoing.shape) == ([20], (1, 5, 64), (1, 5, 10))


def test_few_pixels_lie_beyond_the_full_colour():
    wall, *_ = shown(MnistSettings(hidden=50, batch=10))
    beyond = (abs(wall.pictures.astype(int)) > wall.limits[:, None, None]).mean(axis=(1, 2))
    assert beyond.max() <= 0.005
    assert (wall.limits >= 1).all()
    assert (wall.limits <= 127).all()


def test_the_orders_are_permutations_strongest_first():
    wall, *_ = shown(MnistSettings(hidden=20, batch=10))
    assert list(wall.orders) == ["as they come", "largest weights first", "most influence first"]
    for order in wall.orders.values():
        assert sorted(order) == list(range(20))
    as_they_come, by_norm, by_influence = wall.orders.values()
    assert (np.diff(as_they_come) == 1).all()
    assert (np.diff(wall.norms[by_norm]) <= 0).all()
    assert (np.diff(wall.matters[by_influence]) <= 0).all()


def test_of_more_than_a_hundred_units_the_hundred_largest_are_shown():
    wall, _, trainer = shown(MnistSettings(hidden=150, batch=10, init="normal × 0.1"))
    norms = np.linalg.norm(trainer.net.dense[0].W.astype(float), axis=0)
    assert (wall.hidden, len(wall.units)) == (150, 100)
    assert (np.diff(wall.units) > 0).all()
    assert norms[wall.units].min() >= np.delete(norms, wall.units).max() * (1 - 1e-5)
    step = wall.ranges[-1] / 127
    own = trainer.net.dense[0].W.T[wall.units]
    np.testing.assert_allclose(wall.pictures[-1] * step, own, atol=0.51 * step)
    assert wall.outgoing.shape[1:] == (100, 10)
    assert all(sorted(order) == list(range(100)) for order in wall.orders.values())


def test_with_more_layers_the_digits_do_not_come_right_after():
    wall, *_ = shown(MnistSettings(hidden=6, layers=3, batch=10))
    assert wall.outgoing is None
    assert wall.outgoing_ranges is None
    assert wall.message()["outgoing"] is None


DEEP = MnistSettings(hidden=6, layers=3, batch=10, init="normal × 0.1", activation="relu")


@pytest.mark.parametrize("layer", [2, 3])
def test_a_deeper_layers_pictures_are_its_weights_to_the_layer_before_row_by_row(layer):
    wall, _, trainer = shown(DEEP, layer=layer)
    dense = trainer.net.dense[layer - 1]
    assert (wall.layer, wall.layers, wall.side, wall.inputs, wall.hidden) == (layer, 3, 3, 6, 6)
    step = wall.ranges[-1] / 127
    np.testing.assert_allclose(wall.pictures[-1][:, :6] * step, dense.W.T, atol=0.51 * step)
    assert wall.ranges[-1] == pytest.approx(max(abs(dense.W).max(), abs(dense.b).max()))
    assert wall.pictures.shape[2] == 9
    assert not wall.pictures[:, :, 6:].any()
    np.testing.assert_allclose(wall.norms, np.sqrt((dense.W.astype(float) ** 2).sum(axis=0)), 1e-5)
    if layer == 2:
        assert wall.outgoing is None
    else:
        step = wall.outgoing_ranges[-1] / 127
        last = trainer.net.dense[3].W
        np.testing.assert_allclose(wall.outgoing[-1] * step, last, atol=0.51 * step)
    assert wall.biases is None


def test_every_moment_of_a_deeper_layer_is_the_weights_of_then():
    wall, progress, trainer = shown(DEEP, steps=36, layer=2)
    for n, step in enumerate(wall.steps):
        net = trainer.net.copy()
        net.theta = trainer.snapshots.get(step, progress.theta)
        size = wall.ranges[n] / 127
        own = net.dense[1].W.T
        np.testing.assert_allclose(wall.pictures[n][:, :6] * size, own, atol=0.51 * size)


def test_the_message_is_json_that_holds_the_same_numbers():
    wall, *_ = shown(SMALL)
    message = json.loads(json.dumps(wall.message(), allow_nan=False))
    pictures = np.frombuffer(base64.b64decode(message["pictures"]), np.int8)
    np.testing.assert_array_equal(pictures.reshape(wall.pictures.shape), wall.pictures)
    outgoing = np.frombuffer(base64.b64decode(message["outgoing"]), np.int8)
    np.testing.assert_array_equal(outgoing.reshape(wall.outgoing.shape), wall.outgoing)
    assert message["steps"] == wall.steps
    assert message["ranges"] == wall.ranges.tolist()
    assert message["colours"] == {"negative": "#E69F00", "positive": "#0072B2"}  # Okabe–Ito


def test_all_zero_weights_are_a_wall_too():
    config = MnistSettings(hidden=5, batch=10, init="zeros")
    wall, *_ = shown(config, steps=0)
    assert not wall.pictures.any()
    assert not wall.matters.any()
    json.dumps(wall.message(), allow_nan=False)


# Importance: the spread of a unit's output, times the length of what it says to the next layer


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("more", [{}, {"layers": 2}, {"dropout": 0.5}])
def test_importance_is_what_its_formula_says(activation, more):
    net = mnist_net(MnistSettings(hidden=7, activation=activation, init="normal × 0.1", **more), 64)
    z = DIGITS.x_test @ net.dense[0].W + net.dense[0].b
    a = ACTIVATIONS[activation]().forward(z).astype(float)
    spread = np.sqrt(((a - a.mean(axis=0)) ** 2).mean(axis=0))
    length = np.sqrt((net.dense[1].W.astype(float) ** 2).sum(axis=1))
    np.testing.assert_allclose(importance(net, DIGITS.x_test), spread * length, rtol=1e-4)


def test_importance_of_a_deeper_layer_is_what_its_formula_says():
    net = mnist_net(MnistSettings(hidden=7, layers=2, activation="tanh", init="normal × 0.1"), 64)
    a = np.tanh(DIGITS.x_test @ net.dense[0].W + net.dense[0].b)
    a = np.tanh(a @ net.dense[1].W + net.dense[1].b).astype(float)
    length = np.sqrt((net.dense[2].W.astype(float) ** 2).sum(axis=1))
    np.testing.assert_allclose(importance(net, DIGITS.x_test, 2), a.std(axis=0) * length, rtol=1e-4)


def test_a_unit_that_says_the_same_to_all_or_that_nobody_hears_has_none():
    net = mnist_net(MnistSettings(hidden=7, activation="relu", init="he_normal"), 64)
    net.dense[0].W[:, 2] = 0
    net.dense[0].b[2] = 3
    net.dense[0].b[4] = -1000  # dead
    net.dense[1].W[5] = 0
    matters = importance(net, DIGITS.x_test)
    assert matters[[2, 4, 5]].tolist() == [0, 0, 0]
    assert (matters[[0, 1, 3, 6]] > 0).any()


def test_weights_that_are_no_longer_finite_are_a_wall_too():
    saved = trained(20)
    theta = np.full_like(saved.theta, np.nan)
    net = mnist_net(SMALL, 64)
    net.theta = theta
    wall = weight_wall(progress_of(saved)._replace(theta=theta), net, DIGITS.x_test, over_time=True)
    assert not wall.pictures[-1].any()
    assert not wall.matters.any()
