import numpy as np
import pytest

from datasets.digits import Digits
from nn_core import OPTIMIZERS, BinaryCrossEntropy, Dense, Dropout, MeanSquaredError, ReLU, Tanh
from runs.config import BoundariesConfig, MnistConfig
from runs.trainers import boundaries_data, boundaries_trainer, mnist_trainer


def small_digits(n=60, side=4):
    rng = np.random.default_rng(0)
    x = rng.random((n, side * side), np.float32)
    t = rng.integers(0, 10, n)
    return Digits("made up", x, t, x[:10], t[:10])


def test_mnist_is_notebook_bs_network_and_recipe():
    trainer = mnist_trainer(MnistConfig(), small_digits())
    assert trainer.net.sizes == [16, 50, 10]
    assert trainer.net.dtype == np.float32
    assert trainer.net.dense[0].W.std() == pytest.approx(0.01, rel=0.1)
    assert not trainer.net.dense[0].b.any()
    assert trainer.optimizer.lr == 0.1
    assert trainer.replace


def test_the_same_config_trains_the_same_network_bit_for_bit():
    first, second = (mnist_trainer(MnistConfig(batch=10), small_digits()) for _ in range(2))
    first.run(epochs=3)
    for _ in range(18):
        second.step()
    assert (first.net.theta == second.net.theta).all()
    assert first.history == second.history


def xor_trainer(**changes):
    """A trainer of the boundaries page, before its first step."""
    config = BoundariesConfig(**changes)
    return boundaries_trainer(config, boundaries_data(config))


def test_another_seed_is_another_start_and_the_same_seed_the_same():
    starts = [xor_trainer(seed=seed).net.theta for seed in (0, 0, 1)]
    np.testing.assert_array_equal(starts[0], starts[1])
    assert not np.allclose(starts[0], starts[2])


def test_the_config_is_the_recipe():
    trainer = xor_trainer(
        inputs=("x₁", "x₂", "x₁x₂"), widths="8 relu, 4", l1=0.01, l2=0.1, batch=50, seed=3
    )
    assert trainer.net.sizes == [3, 8, 4, 1]
    bends = [layer for layer in trainer.net.layers if not isinstance(layer, Dense)]
    assert [type(bend) for bend in bends] == [ReLU, Tanh]
    assert (trainer.penalty.l1, trainer.penalty.l2) == (0.01, 0.1)
    assert (trainer.batch_size, trainer.seed, trainer.optimizer.lr) == (50, 3, 0.03)
    np.testing.assert_allclose(trainer.x[:, 2], trainer.x[:, 0] * trainer.x[:, 1])
    assert isinstance(trainer.loss, BinaryCrossEntropy)
    assert isinstance(xor_trainer(loss="squared_error").loss, MeanSquaredError)
    assert [type(layer) for layer in xor_trainer(dropout=0.5, layers=1).net.layers] == [
        Dense,
        Tanh,
        Dropout,
        Dense,
    ]


@pytest.mark.parametrize(("points", "train"), [(250, 80), (10, 10), (1000, 100)])
def test_training_and_test_points_are_the_datas(points, train):
    trainer = xor_trainer(points=points, train=train)
    n = points * train // 100
    assert len(trainer.x) == n
    assert (trainer.validation is None) == (train == 100)
    if trainer.validation:
        assert len(trainer.validation[0]) == points - n


def test_the_optimizers_are_those_of_the_config_and_step_differently():
    assert OPTIMIZERS.keys() == set(BoundariesConfig.settings()["optimizer"].values)
    ends = [xor_trainer(optimizer=name) for name in OPTIMIZERS]
    for trainer in ends:
        trainer.run(steps=20)
    assert len({trainer.net.theta.tobytes() for trainer in ends}) == len(OPTIMIZERS)


def test_a_film_remembers_its_first_and_its_last_step_and_more_of_the_early_ones():
    trainer = xor_trainer(epochs=30)
    trainer.run(epochs=30)
    steps = trainer.history["step"]
    assert (steps[0], steps[-1]) == (0, 600)
    assert list(trainer.snapshots) == steps
    assert steps[:20] == list(range(20))
    assert len(steps) <= 300
