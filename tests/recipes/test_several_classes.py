"""More classes than two: softmax's training, restated, and what is made of it."""

import numpy as np
import pytest

from nn_core import gradient_check
from recipes.aside import Aside
from recipes.boundaries import (
    BoundariesSettings,
    boundaries_data,
    boundaries_net,
    boundaries_trainer,
)
from recipes.lottery import DIVERGED, LEARNED, ONE_CLASS, SIDE, ending, lane
from recipes.outcome import answers_of, outcome
from recipes.reasons import alike
from tests.several import around, settings_of


def trained(points, **changed):
    settings = settings_of(points, **changed)
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    trainer.run(epochs=settings.epochs)
    return settings, data, trainer


def probabilities(trainer, theta, x):
    """Softmax of what the network with these parameters says to x."""
    net = trainer.net.copy()
    net.theta = theta
    powers = np.exp(net.predict(x))
    return powers / powers.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("classes", [3, 4, 10])
def test_loss_and_accuracy_are_those_of_softmax_restated(classes):
    _, data, trainer = trained(around(classes), epochs=10, widths="5 relu")
    assert trainer.net.sizes == [2, 5, classes]
    of, history = data.t_train[:, 0].astype(int), trainer.history
    for at, (_, theta) in list(enumerate(trainer.snapshots.items()))[::20]:
        p = probabilities(trainer, theta, data.x_train)
        assert history["loss"][at] == pytest.approx(-np.log(p[np.arange(len(of)), of]).mean())
        assert history["accuracy"][at] == (p.argmax(axis=1) == of).mean()
        unseen = probabilities(trainer, theta, data.x_test).argmax(axis=1)
        assert history["val_accuracy"][at] == (unseen == data.t_test[:, 0]).mean()


def test_the_gradient_is_that_of_the_loss():
    _, _, trainer = trained(around(3), epochs=10, widths="4 tanh, 3")
    assert gradient_check(trainer.net, trainer.loss, trainer.x, trainer.t) < 1e-6


def test_clouds_apart_are_told_apart():
    _, data, trainer = trained(around(6), epochs=300)
    assert outcome(trainer, data).accuracy == 1
    assert Aside(settings_of(around(6)), data, trainer, None).good


def test_two_classes_are_one_output_as_ever():
    points = around(2)
    assert boundaries_net(settings_of(points)).sizes[-1] == 1
    data = boundaries_data(settings_of(points))
    assert (data.low, data.high, data.classes) == (0, 1, 2)


def test_a_guess_costs_the_entropy_of_the_shares():
    points = around(3)
    points = points._replace(x=points.x[:17], label=points.label[:17])  # 8, 8 and 1
    settings, data, trainer = trained(points, epochs=10, train=100)
    shares = np.array([8, 8, 1]) / 17
    guess = Aside(settings, data, trainer, None).guess()
    assert guess == pytest.approx(-(shares * np.log(shares)).sum())


def test_points_of_three_classes_on_one_spot():
    x = np.array([[0, 0], [0, 0], [0, 0], [0, 0], [1, 1], [2, 2], [2, 2]])
    found = alike(x, np.array([0, 1, 1, 2, 2, 0, 1]))
    assert (found.spots, found.best) == (2, pytest.approx((2 + 1 + 1) / 7))
    assert alike(x[4:6], np.array([2, 0])) is None


def test_a_tile_says_which_class_is_likeliest_and_how_sure():
    settings, data, trainer = trained(around(3), epochs=30)
    found = lane(settings, data, trainer, [0])
    along = -6 + 12 * (np.arange(SIDE) + 0.5) / SIDE
    for row in range(0, SIDE, 3):
        x = np.column_stack([along, np.full(SIDE, -along[row])])
        p = probabilities(trainer, trainer.net.theta, x)
        kind, level = np.divmod(found.tile[row].astype(int) + 127, 25)
        np.testing.assert_array_equal(kind, p.argmax(axis=1))
        np.testing.assert_allclose(level / 24, (p.max(axis=1) - 1 / 3) * 1.5, atol=0.5 / 24 + 1e-9)


def test_a_start_has_learned_it_calls_all_the_same_or_diverged():
    settings, data, trainer = trained(around(4), epochs=300)
    assert lane(settings, data, trainer, [0]).ending == LEARNED
    _, _, idle = trained(around(4), epochs=10, lr=1e-4, init="zeros")
    said = answers_of(data, idle.loss, idle.net.predict(idle.x))
    assert len(set(said)) == 1
    assert ending(data, idle, said) == ONE_CLASS
    lost = settings_of(
        around(4), epochs=100, lr=100.0, activation="relu", layers=6, init="he_normal"
    )
    trainer = boundaries_trainer(lost, data)
    with np.errstate(all="ignore"):
        trainer.run(epochs=100)
        if trainer.diverged_at is not None:
            found = lane(lost, data, trainer, [0])
            assert found.ending == DIVERGED


def test_what_it_calls_every_point_is_a_class():
    _, data, trainer = trained(around(5), epochs=10, lr=1e-4, init="zeros")
    end = outcome(trainer, data)
    assert end.one_class == int(end.answers[0])
    assert (end.classes, end.accuracy) == (5, pytest.approx(1 / 5))


def test_settings_say_how_many_classes_there_are():
    asked = {"xor": 2, "four points": 2, "slope": 0, "hills": 0, "your own": 2}
    for dataset, classes in asked.items():
        assert BoundariesSettings(dataset=dataset).classes() == classes
    assert settings_of(around(7)).classes() == 7
