"""Compiled chance is NumPy's own, bit for bit."""

import numpy as np
import pytest

from kernels.compiled import chance
from kernels.train import train
from nn_core import Trainer
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer

SEEDS = (0, 1, 399, 2**16, 2**31 - 1, 2**32 - 1)
COUNTS = (1, 2, 3, 4, 5, 8, 9, 31, 200, 257, 1000)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("epoch", [0, 7, 2**31 - 3])
def test_an_epochs_order_is_numpys(seed, epoch):
    for n in COUNTS:
        orders = np.empty((5, n), np.int64)
        chance().shuffle(seed, epoch, orders)
        for i, order in enumerate(orders):
            expected = np.random.default_rng([seed, epoch + i]).permutation(n)
            np.testing.assert_array_equal(order, expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_dropouts_draws_are_numpys(seed):
    counts, draws = np.array([3, 0, 1, 40]), np.empty(44)
    chance().draw(seed, 11, counts, draws)
    steps = [np.random.default_rng([seed, 11 + s, 1]).random(n) for s, n in enumerate(counts)]
    np.testing.assert_array_equal(draws, np.concatenate(steps))


@pytest.mark.parametrize("dropout", [0.0, 0.2])
def test_a_training_makes_no_generator_while_others_wait_for_pythons_lock(monkeypatch, dropout):
    settings = BoundariesSettings(dropout=dropout, epochs=10)
    trainer = boundaries_trainer(settings, boundaries_data(settings))
    monkeypatch.setattr(Trainer, "order", None)
    monkeypatch.setattr(Trainer, "dropout_rng", None)
    train(trainer, 10 * trainer.steps_per_epoch)
    assert trainer.step_count == 10 * trainer.steps_per_epoch


@pytest.mark.parametrize("dropout", [0.0, 0.2])
def test_a_seed_that_is_no_small_number_is_numpys_to_begin_with(dropout):
    settings = BoundariesSettings(dropout=dropout)
    ours, theirs = (boundaries_trainer(settings, boundaries_data(settings)) for _ in range(2))
    ours.seed = theirs.seed = 2**40 + 3
    train(ours, 30)
    theirs.run(steps=30)
    np.testing.assert_allclose(ours.net.theta, theirs.net.theta, rtol=1e-9, atol=1e-12)
