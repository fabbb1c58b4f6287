import numpy as np
import pytest

from datasets.digits import Digits
from runs.config import BoundariesConfig, MnistConfig
from runs.presets import XOR_PRESETS
from runs.trainers import mnist_trainer, xor_trainer


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


def test_another_seed_is_another_start():
    starts = [xor_trainer(BoundariesConfig(seed=seed)).net.theta for seed in (0, 1)]
    assert not np.allclose(*starts)


def test_xor_remembers_its_first_and_its_last_step():
    trainer = xor_trainer(BoundariesConfig(steps=300))
    trainer.run(steps=300)
    assert trainer.history["step"][0] == 0
    assert trainer.history["step"][-1] == 300
    assert sorted(trainer.snapshots) == trainer.history["step"]


@pytest.mark.parametrize(
    ("preset", "solved"), [("Four units learn it", True), ("One unit cannot", False)]
)
def test_a_preset_keeps_its_word(preset, solved):
    config = XOR_PRESETS[preset]
    trainer = xor_trainer(config)
    trainer.run(steps=config.steps)
    answers = trainer.loss.output(trainer.net.predict(trainer.x))
    assert bool((abs(answers - trainer.t) < 0.1).all()) == solved  # the notebooks' "solved"


def test_one_unit_cannot_learn_xor_from_any_seed():
    for seed in range(20):
        trainer = xor_trainer(BoundariesConfig(hidden=1, seed=seed))
        trainer.run(steps=1000)
        answers = trainer.loss.output(trainer.net.predict(trainer.x))
        assert ((answers > 0.5) != (trainer.t > 0.5)).any()
