"""The MNIST page's presets, each held to what it says, on MNIST itself."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from runs.config import MnistConfig
from runs.presets import MNIST_PRESETS
from runs.trainers import mnist_trainer


@pytest.fixture(scope="module")
def trained(mnist):
    @cache
    def train(name, epochs=None, **changes):
        config = replace(MNIST_PRESETS[name].config, **changes)
        trainer = mnist_trainer(config, mnist)
        trainer.run(epochs=epochs or config.epochs)
        return trainer

    return train


def test_every_preset_makes_its_point_in_sentences_and_no_two_are_the_same():
    assert all(preset.point.endswith(".") for preset in MNIST_PRESETS.values())
    configs = [preset.config for preset in MNIST_PRESETS.values()]
    assert len(set(configs)) == len(configs)


def test_notebook_b_is_what_the_page_opens_with():
    config = MNIST_PRESETS["Notebook B"].config
    assert config == MnistConfig()
    assert (config.drawing, config.init, config.optimizer) == (
        "with replacement",
        "normal × 0.01",
        "sgd",
    )


def test_keras_recipe_is_the_notebooks_baseline():
    config = MNIST_PRESETS["Keras' recipe"].config
    assert (config.optimizer, config.lr, config.batch, config.epochs) == ("adam", 0.001, 32, 10)
    assert (config.hidden, config.layers, config.activation) == (50, 1, "sigmoid")
    assert (config.drawing, config.init, config.schedule) == (
        "shuffled",
        "glorot_uniform",
        "constant",
    )


def test_97_percent_in_a_few_epochs(trained):
    trainer = trained("97 % in a few epochs")
    assert trainer.epoch <= 10
    assert trainer.history["val_accuracy"][-1] >= 0.97


def test_too_fast_the_loss_jumps_instead_of_falling(trained):
    trainer = trained("Too fast")
    assert trainer.history["loss"][-1] > trainer.history["loss"][0]
    assert (np.diff(trainer.batch_loss) > 0).mean() > 0.4
    usual = trained("Notebook B", epochs=3).history
    assert usual["step"] == trainer.history["step"]
    assert trainer.history["val_accuracy"][-1] < usual["val_accuracy"][-1] - 0.3


def test_too_slow_hardly_anything_is_learned_where_the_usual_rate_learns(trained):
    trainer = trained("Too slow")
    assert trainer.history["val_accuracy"][-1] < 0.5
    assert 0.98 * trainer.history["loss"][0] < trainer.history["loss"][-1]
    assert trainer.history["loss"][-1] < trainer.history["loss"][0]
    assert trained("Notebook B", epochs=3).history["val_accuracy"][-1] > 0.85


def test_from_zero_the_hidden_units_stay_copies_while_they_learn_and_it_reads_badly(trained):
    trainer = trained("Zero start", epochs=2)
    first, last = trainer.net.dense
    assert abs(first.W).max() > 0.05
    np.testing.assert_allclose(first.W, np.tile(first.W[:, :1], 50), atol=1e-3)
    np.testing.assert_allclose(last.W, np.tile(last.W[:1], (50, 1)), atol=1e-3)
    assert trained("Zero start").history["val_accuracy"][-1] < 0.7
    usual = trained("Notebook B", epochs=3).history["val_accuracy"]
    assert trainer.history["val_accuracy"][-1] < usual[2] - 0.4


def test_five_images_are_known_by_heart_and_hardly_any_other(trained, mnist):
    trainer = trained("Five images by heart")
    assert trainer.t.tolist() == [5, 0, 4, 1, 9]  # the notebook's five
    assert trainer.history["accuracy"][-1] == 1
    assert trainer.history["val_accuracy"][-1] < 0.5
    # The notebook's start, 5 steps: 2.428 → 2.218 → 2.058 → 1.930 → 1.826, of another seed.
    five = trainer.batch_loss[:5]
    assert (np.diff(five) < 0).all()
    assert five[0] - five[4] == pytest.approx(2.428 - 1.826, abs=0.15)
