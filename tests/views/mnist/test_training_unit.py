import json
from dataclasses import replace

import numpy as np
import pytest

from nn_core import ACTIVATIONS
from recipes.mnist import MnistSettings, mnist_net, mnist_trainer
from runs.run import progress_of
from tests.saved_runs import as_saved, small_digits
from views.mnist.training.unit import MOST, opened_unit, unit_figure
from views.mnist.training.wall import weight_wall

SETTINGS = MnistSettings(hidden=5, epochs=4, batch=10, images=100, init="normal × 0.1")
DIGITS = small_digits()
X, T = DIGITS.x_train[:40], DIGITS.t_train[:40]


def opened(unit, settings=SETTINGS, steps=36, over_time=True, layer=1):
    """A unit, and the trainer whose network it is of."""
    trainer = mnist_trainer(settings, DIGITS)
    trainer.run(steps=steps)
    progress = progress_of(as_saved(settings, trainer))
    return opened_unit(progress, trainer.net, unit, X, T, over_time, layer), trainer, progress


def answers_of(W, b, activation):
    """Of a unit with weights W (pixels,) to the digits X, in float64, in words of their own."""
    z = np.array([sum(w * p for w, p in zip(W, row, strict=True)) + b for row in X.astype(float)])
    return ACTIVATIONS[activation]().forward(z)


@pytest.mark.parametrize("unit", [0, 4])
@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
def test_now_it_has_the_networks_own_weights_and_its_answers_to_the_digits(unit, activation):
    one, trainer, _ = opened(unit, replace(SETTINGS, activation=activation))
    first, second = trainer.net.dense
    np.testing.assert_array_equal(one.weights, first.W[:, unit])
    assert one.bias == first.b[unit]
    np.testing.assert_array_equal(one.outgoing, second.W[unit])
    answers = answers_of(first.W[:, unit].astype(float), float(first.b[unit]), activation)
    assert one.tried == len(X)
    np.testing.assert_allclose(one.lowest[-1], answers.min(), atol=1e-6)
    np.testing.assert_allclose(one.highest[-1], answers.max(), atol=1e-6)
    order = sorted(range(len(X)), key=lambda k: -answers[k])[:MOST]
    np.testing.assert_allclose(one.answers[-1], answers[order], atol=1e-6)
    shown = one.images[one.most[-1]]
    if one.answers[-1].min() > answers.min():  # of equal ones any may be shown
        np.testing.assert_array_equal(shown, np.rint(255 * X[order]))
        np.testing.assert_array_equal(one.labels[one.most[-1]], T[order])


def test_at_each_moment_of_the_wall_it_answers_as_the_network_of_then_did_or_nearly():
    one, trainer, progress = opened(2)
    wall = weight_wall(progress, trainer.net, X, over_time=True)
    assert one.lowest.shape == one.highest.shape == (len(wall.steps),)
    assert one.most.shape == one.answers.shape == (len(wall.steps), MOST)
    for n, step in enumerate(wall.steps):
        net = trainer.net.copy()
        net.theta = trainer.snapshots.get(step, progress.theta)
        W, b = net.dense[0].W[:, 2].astype(float), float(net.dense[0].b[2])
        most = answers_of(W, b, "sigmoid").max()
        # A weight is off by half a 127th of the largest, and the slope of the sigmoid is at most ¼.
        off = 0.25 * 0.51 * wall.ranges[n] / 127 * (X.sum(axis=1).max() + 1)
        assert abs(one.highest[n] - most) <= off
    assert len(one.images) == len(one.labels) == len(np.unique(one.most))


def test_of_a_deeper_network_only_the_last_layer_has_weights_to_the_digits():
    deep = replace(SETTINGS, layers=2)
    one, *_ = opened(1, deep)
    assert one.outgoing is None
    assert one.message()["outgoing"] is None
    last, trainer, _ = opened(1, deep, layer=2)
    np.testing.assert_array_equal(last.outgoing, trainer.net.dense[2].W[1])


def test_a_unit_of_a_deeper_layer_answers_as_the_network_says_at_each_moment_or_nearly():
    deep = replace(SETTINGS, layers=2, activation="tanh")
    one, trainer, progress = opened(3, deep, layer=2)
    assert (one.layer, one.unit, one.weights.shape) == (2, 3, (5,))
    np.testing.assert_array_equal(one.weights, trainer.net.dense[1].W[:, 3])
    wall = weight_wall(progress, trainer.net, X, True, 2)
    for n, step in enumerate(wall.steps):
        net = trainer.net.copy()
        net.theta = trainer.snapshots.get(step, progress.theta)
        first, second = net.dense[:2]
        h = np.tanh(X.astype(float) @ first.W + first.b)
        answers = np.tanh(h @ second.W[:, 3] + second.b[3])
        last = n == len(wall.steps) - 1
        np.testing.assert_allclose(one.highest[n], answers.max(), atol=1e-6 if last else 0.02)
        np.testing.assert_allclose(one.lowest[n], answers.min(), atol=1e-6 if last else 0.02)


def test_the_picture_of_a_deeper_unit_names_each_unit_of_the_layer_before():
    (heat,) = unit_figure(3, units=6).data
    assert np.array(heat.text).ravel().tolist() == list(range(1, 10))
    assert "unit %{text} of the layer before" in heat.hovertemplate


def test_what_is_no_longer_finite_is_sent_all_the_same():
    trainer = mnist_trainer(SETTINGS, DIGITS)
    progress = progress_of(as_saved(SETTINGS, trainer))
    net = mnist_net(SETTINGS, 64)
    net.theta = np.full_like(net.theta, np.nan)
    one = opened_unit(progress._replace(theta=net.theta), net, 0, X, T, over_time=True)
    assert np.isnan(one.weights).all()
    json.dumps(one.message(), allow_nan=False)


@pytest.mark.parametrize("brief", [False, True])
@pytest.mark.parametrize("side", [8, 28])
def test_its_picture_has_a_pixel_for_each_weight_and_a_named_scale(side, brief):
    (heat,) = unit_figure(side, brief).data
    assert np.shape(heat.z) == (side, side)
    assert heat.colorbar.title.text == "weight"
