"""Films: what the browser is told, and how they end, beside the trainer itself."""

import json
from functools import cache

import numpy as np
import pytest

from figures.stage import stage_film
from recipes.boundaries import (
    PRESETS,
    BoundariesSettings,
    boundaries_data,
    boundaries_trainer,
    frames_for,
)
from recipes.outcome import outcome
from tests.films import unpacked

SHORT = BoundariesSettings(epochs=30)
BY_CHANCE = BoundariesSettings(
    dataset="spiral", inputs=("x₁", "sin x₂", "x₁²"), widths="5 relu, 3", dropout=0.2, epochs=10
)
ALL_TRAINED = BoundariesSettings(train=100, layers=0, epochs=10)
FOUR = BoundariesSettings(dataset="four points", epochs=100)
NUMBER = BoundariesSettings(dataset="hills", loss="squared_error", epochs=10)
LOST = BoundariesSettings(
    lr=100.0, activation="relu", loss="squared_error", init="he_normal", epochs=100
)
ENDED = [SHORT, BY_CHANCE, ALL_TRAINED, FOUR, NUMBER]


@cache
def trained(settings):
    """The settings's points, its trainer at the end, and the film of it."""
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    trainer.run(epochs=settings.epochs)
    return data, trainer, stage_film(trainer, data, settings.inputs)


@pytest.mark.parametrize("settings", ENDED)
def test_the_message_carries_every_frame_and_every_loss(settings):
    data, trainer, film = trained(settings)
    message = json.loads(json.dumps(film.message, allow_nan=False))
    told = unpacked(message)
    assert told["steps"].tolist() == list(trainer.snapshots) == trainer.history["step"]
    thetas = np.array(list(trainer.snapshots.values()))
    np.testing.assert_array_equal(told["thetas"], thetas.astype(np.float32))
    for name, values in told["history"].items():
        np.testing.assert_array_equal(values, trainer.history[name])
    assert told["steps"][-1] == settings.epochs * told["steps_per_epoch"]
    x, t = np.vstack([data.x_train, data.x_test]), np.vstack([data.t_train, data.t_test])
    np.testing.assert_array_equal(told["points"], np.hstack([x, t]).astype(np.float32))
    assert told["trained"] == len(data.x_train)
    assert told["diverged_at"] is None
    assert told["overfitting"] is None


def test_the_message_says_what_network_it_is():
    message = trained(BY_CHANCE)[2].message
    assert message["sizes"] == [3, 5, 3, 1]
    assert message["activations"] == ["relu", "tanh"]
    assert message["inputs"] == ["x₁", "sin x₂", "x₁²"]
    assert (message["output"], message["loss"]) == ("sigmoid", "cross_entropy")
    assert trained(ALL_TRAINED)[2].message["activations"] == []
    number = trained(NUMBER)[2].message
    assert (number["output"], number["loss"]) == ("identity", "squared_error")
    assert (number["low"], number["high"], number["classes"]) == (-1, 1, False)


def test_test_histories_are_there_if_there_are_test_points_and_accuracies_if_there_are_classes():
    losses, accuracies = {"loss", "val_loss"}, {"accuracy", "val_accuracy"}
    assert trained(SHORT)[2].history.keys() == losses | accuracies
    assert trained(ALL_TRAINED)[2].history.keys() == {"loss", "accuracy"}
    assert trained(FOUR)[2].history.keys() == {"loss", "accuracy"}
    for dataset in ("slope", "hills"):
        settings = BoundariesSettings(dataset=dataset, loss="squared_error", epochs=10)
        assert trained(settings)[2].history.keys() == losses


def test_the_digest_is_the_films_own():
    digest = trained(SHORT)[2].message["digest"]
    trained.cache_clear()
    assert trained(SHORT)[2].message["digest"] == digest
    others = [{"seed": 1}, {"data_seed": 1}, {"lr": 0.1}, {"loss": "squared_error"}]
    digests = {trained(BoundariesSettings(epochs=30, **o))[2].message["digest"] for o in others}
    assert len(digests | {digest}) == 5


def test_a_film_that_diverges_ends_at_the_step_after_which_it_did():
    _, trainer, film = trained(LOST)
    assert trainer.diverged_at is not None
    message = json.loads(json.dumps(film.message, allow_nan=False))
    told = unpacked(message)
    assert message["diverged_at"] == told["steps"][-1] == trainer.diverged_at
    assert told["steps"][:-1].tolist() == trainer.history["step"]
    assert len(told["thetas"]) == len(told["steps"]) == len(told["history"]["loss"])
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(told["thetas"][-1], trainer.net.theta.astype(np.float32))
    for values in told["history"].values():
        assert np.isfinite(values[:-1]).all()
        assert np.isnan(values[-1])


def test_a_large_network_gets_fewer_frames_but_never_too_few():
    small, large = BoundariesSettings(), BoundariesSettings(layers=6, hidden=16)
    frames = [frames_for(boundaries_trainer(c, boundaries_data(c)).net) for c in (small, large)]
    assert frames == [300, 120]


@pytest.mark.parametrize("settings", ENDED)
def test_the_outcome_is_the_networks_own_answers(settings):
    data, trainer, _ = trained(settings)
    end, z = outcome(trainer, data), trainer.net.predict(trainer.x)
    assert end.step == trainer.step_count
    assert end.epochs == settings.epochs
    assert end.loss == trainer.loss.value(z, data.t_train)
    assert end.accuracy == trainer.loss.accuracy(z, data.t_train)
    np.testing.assert_allclose(end.answers, trainer.loss.output(z)[:, 0], rtol=1e-12)
    np.testing.assert_array_equal(end.targets, data.t_train[:, 0])
    assert end.first == trainer.history["loss"][0]
    assert end.classes == data.classes
    assert end.diverged_at is None
    if len(data.x_test):
        z = trainer.net.predict(trainer.validation[0])
        assert end.test_loss == trainer.loss.value(z, data.t_test)
        assert end.test_accuracy == trainer.loss.accuracy(z, data.t_test)
    else:
        assert (end.test_loss, end.test_accuracy) == (None, None)


def test_a_network_that_diverged_ends_at_its_last_finite_numbers():
    data, trainer, _ = trained(LOST)
    end = outcome(trainer, data)
    assert end.diverged_at == trainer.diverged_at > end.step
    assert np.isfinite([end.loss, end.accuracy, *end.answers]).all()


@pytest.mark.parametrize(("activation", "dead"), [("relu", 2), ("leaky_relu", 0), ("tanh", 0)])
def test_a_hidden_relu_that_is_0_at_every_point_is_dead(activation, dead):
    settings = BoundariesSettings(layers=1, hidden=4, activation=activation)
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    first = trainer.net.dense[0]
    first.W[:] = [[0, 0, 0, 1], [0, 0, 0, 0]]
    first.b[:] = [0, -1, 1, 0]  # 0 for ever, 0 for ever, 1 for ever, x₁
    trainer.snapshots = {0: trainer.net.theta.copy()}
    assert outcome(trainer, data).dead == dead


def test_a_relu_that_hears_a_test_point_is_alive():
    settings = BoundariesSettings(layers=1, hidden=1, activation="relu", points=10, train=10)
    data = boundaries_data(settings)
    trainer = boundaries_trainer(settings, data)
    seen, unseen = data.x_train[0], data.x_test[0]
    trainer.net.dense[0].W[:, 0] = unseen - seen
    trainer.net.dense[0].b[:] = -(unseen - seen) @ (unseen + seen) / 2
    trainer.snapshots = {0: trainer.net.theta.copy()}
    assert outcome(trainer, data).dead == 0


def test_a_film_says_where_the_loss_on_unseen_points_was_lowest_if_it_rose_again():
    _, trainer, film = trained(PRESETS["Noise by heart"].settings)
    message = film.message
    unseen, steps = trainer.history["val_loss"], trainer.history["step"]
    lowest = min(unseen)
    assert unseen[-1] > 1.02 * lowest
    assert message["overfitting"] == {"step": steps[unseen.index(lowest)], "lowest": lowest}
    json.dumps(message, allow_nan=False)
