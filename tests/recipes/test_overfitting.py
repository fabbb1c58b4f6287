"""Where overfitting begins: found on some unseen digits, tried on others and on another library."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier

from datasets.digits import bundled_digits
from nn_core import SoftmaxCrossEntropy
from recipes.mnist import MnistSettings, mnist_trainer
from recipes.overfitting import overfitting

BY_HEART = MnistSettings(
    images=100, hidden=100, activation="relu", init="he_normal", optimizer="adam", lr=0.01,
    batch=20, drawing="shuffled", epochs=100,
)  # fmt: skip


@pytest.fixture(scope="module")
def halves():
    """The bundled digits with half of the test digits, and the other half."""
    digits = bundled_digits()
    other = digits.x_test[180:], digits.t_test[180:]
    return digits._replace(x_test=digits.x_test[:180], t_test=digits.t_test[:180]), other


def loss_at(trainer, step, x, t):
    """The loss of the network of that step, in words of its own."""
    net = trainer.net.copy()
    net.theta = trainer.snapshots[step]
    p = SoftmaxCrossEntropy().output(net.predict(x).astype(float))
    return -np.log(np.maximum(p[np.arange(len(t)), t], 1e-300)).mean()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_from_there_on_digits_that_nobody_asked_gain_nothing_while_its_own_do(halves, seed):
    digits, (x, t) = halves
    trainer = mnist_trainer(replace(BY_HEART, seed=seed), digits)
    trainer.snapshot_at = frozenset(trainer.record_at)
    trainer.run(epochs=BY_HEART.epochs)
    found = overfitting(trainer.history)
    assert found is not None
    assert found.step in trainer.history["step"]
    assert found.lowest == min(trainer.history["val_loss"])
    last = trainer.history["step"][-1]
    assert found.step < last / 2
    assert loss_at(trainer, last, x, t) > 0.98 * loss_at(trainer, found.step, x, t)
    own = digits.x_train[:100], digits.t_train[:100]
    assert loss_at(trainer, last, *own) < 0.1 * loss_at(trainer, found.step, *own)


@pytest.mark.parametrize("seed", [1, 2])
def test_another_librarys_training_overfits_where_ours_does(halves, seed):
    digits, _ = halves
    other = MLPClassifier(100, learning_rate_init=0.01, batch_size=20, alpha=0, max_iter=1,
                          warm_start=True, random_state=seed)  # fmt: skip
    history = {"step": [], "loss": [], "val_loss": []}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        for epoch in range(1, 101):
            other.fit(digits.x_train[:100], digits.t_train[:100])
            history["step"].append(5 * epoch)
            history["loss"].append(other.loss_)
            history["val_loss"].append(log_loss(digits.t_test, other.predict_proba(digits.x_test)))
    ours = mnist_trainer(BY_HEART, digits)
    ours.run(epochs=BY_HEART.epochs)
    assert overfitting(history) is not None
    assert overfitting(ours.history) is not None


def test_a_training_that_does_not_get_worse_on_unseen_digits_has_none(halves):
    digits, _ = halves
    few = replace(BY_HEART, images=60_000, epochs=5)
    trainer = mnist_trainer(few, digits)
    trainer.run(epochs=few.epochs)
    assert overfitting(trainer.history) is None


ROWS = {"step": [0, 1, 2, 3], "loss": [2.0, 1.0, 0.5, 0.2], "val_loss": [2.0, 1.0, 1.5, 1.9]}


def test_what_it_says_are_the_rows_numbers():
    assert overfitting(ROWS) == (1, 1.0, 1.9, 1.0, 0.2)


@pytest.mark.parametrize(
    "changed",
    [
        {"val_loss": [2.0, 1.5, 1.2, 1.0]},  # still falling
        {"val_loss": [2.0, 1.0, 1.0, 1.01]},  # hardly risen
        {"loss": [2.0, 1.0, 1.2, 1.5]},  # the other rises, too
        {"val_loss": [2.0, 0.001, 0.01, 0.02]},  # no worry
        {"val_loss": [2.0, 1.0, float("nan"), float("nan")]},
        {"val_loss": []},
    ],
)
def test_where_it_is_not_found_nothing_is_said(changed):
    assert overfitting(ROWS | changed) is None


def test_what_ends_better_on_unseen_digits_than_on_its_own_does_not_overfit():
    history = {"step": [0, 1, 2], "loss": [1.0, 0.9, 0.8], "val_loss": [1.0, 0.4, 0.7]}
    assert overfitting(history) is None
    assert overfitting(history | {"loss": [1.0, 0.9, 0.6]}).step == 1
